from django.db import models


class CarriedState(models.TextChoices):
    TAKEN = "taken", "已代收，还没有转出"
    SENT = "sent", "已转出，等对方办"
    RETURNED = "returned", "对方退回"
    DONE = "done", "对方办结，结果已交本人"


class Carried(models.Model):
    """代收代办: what a window here took in for another city, which decides it.

    No other city is connected: what became of it is written by the window, with its evidence.
    """

    number = models.CharField(max_length=30, unique=True)
    item = models.ForeignKey("services.ServiceItem", on_delete=models.PROTECT, related_name="+")
    applicant = models.CharField("申请人", max_length=100)
    phone = models.CharField("电话", max_length=20)
    to_place = models.CharField("哪个城市", max_length=60)
    to_body = models.CharField("那里的哪个机关", max_length=100)
    papers = models.TextField("收下的材料")  # one a line
    send_by = models.DateField()
    state = models.CharField(
        max_length=10, choices=CarriedState.choices, default=CarriedState.TAKEN
    )
    department = models.ForeignKey(  # whose window it is
        "identity.Department", on_delete=models.PROTECT, related_name="+"
    )
    taken_by_name = models.CharField(max_length=100)
    taken_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["department", "state"], name="carried_of_window")]

    def __str__(self) -> str:
        return self.number

    @property
    def audit_subject(self) -> str:
        return f"carried:{self.number}"

    @property
    def paper_names(self) -> list[str]:
        return [line.strip() for line in self.papers.splitlines() if line.strip()]


class CarriedEvent(models.Model):
    """A state and what shows it: the number of a parcel, who said it on the telephone. Rows are
    added, never changed.
    """

    carried = models.ForeignKey(Carried, on_delete=models.PROTECT, related_name="events")
    state = models.CharField(max_length=10, choices=CarriedState.choices)
    evidence = models.CharField("凭证", max_length=300, blank=True)
    by_name = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.carried} {self.state}"
