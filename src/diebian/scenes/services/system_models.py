from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Means(models.TextChoices):
    """What a state of a department's own system means here."""

    RECEIVED = "received", "已收件"
    ACCEPTED = "accepted", "已受理"
    SUPPLEMENT = "supplement", "要补正"
    GRANTED = "granted", "准予"
    REFUSED = "refused", "不予"


ENDED = (Means.GRANTED, Means.REFUSED)


class CaseSystem(models.Model):
    """自建系统: a department's own system that handles cases, as the city's folder declares it."""

    name = models.CharField(max_length=40, unique=True)  # as items name it
    department = models.ForeignKey(
        "identity.Department", on_delete=models.PROTECT, related_name="+"
    )
    caller = models.CharField(max_length=64)  # the system code under which we ask
    purpose = models.CharField(max_length=200)
    push = models.CharField(max_length=60)  # interface that takes cases in
    changes = models.CharField(max_length=60)  # interface that tells what became of them
    states = models.JSONField()  # its own words → Means
    here = ArrayField(models.CharField(max_length=40), default=list)  # items decided on our desk
    retired_on = models.DateField(null=True)
    heard_seq = models.BigIntegerField(default=0)  # how far its log was read
    heard_at = models.DateTimeField(null=True)
    away = models.CharField(max_length=200, blank=True)  # why it could not be read the last time
    compared_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Push(models.Model):
    """What a department's system has to be told of a case: kept before it is sent, sent until it
    is answered. `key` is the same at each try: there it is one case, however often it comes.
    """

    class Kind(models.TextChoices):
        OPENED = "opened", "新办件"
        SUPPLEMENT = "supplement", "补正到了"
        WITHDRAWN = "withdrawn", "申请人撤回"

    class State(models.TextChoices):
        WAITING = "waiting", "等着推送"
        SENT = "sent", "对方已收"
        DROPPED = "dropped", "不用推送了"

    system = models.ForeignKey(CaseSystem, on_delete=models.PROTECT, related_name="pushes")
    case = models.ForeignKey("services.Case", on_delete=models.PROTECT, related_name="pushes")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    number = models.CharField("对方的编号", max_length=60, blank=True)
    tries = models.PositiveIntegerField(default=0)
    why = models.CharField(max_length=200, blank=True)  # of the last try that failed
    made_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "kind"], name="push_once_per_case_and_kind")
        ]
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(state="waiting"), name="push_waiting")
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.kind}"


class Heard(models.Model):
    """One line of a system's log, as it came; whatever came of it here."""

    class Outcome(models.TextChoices):
        TAKEN = "taken", "照此办了"
        NOTED = "noted", "只记下"
        LATE = "late", "晚到，后面的已经办了"
        UNKNOWN = "unknown", "这里没有这件"
        UNFIT = "unfit", "不能照此办"

    system = models.ForeignKey(CaseSystem, on_delete=models.PROTECT, related_name="heard")
    seq = models.BigIntegerField()
    number = models.CharField(max_length=60, blank=True)
    case_no = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=40)
    says = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["system", "seq"], name="heard_once")]
        indexes = [models.Index(fields=["system", "case_no", "seq"], name="heard_of_case")]

    def __str__(self) -> str:
        return f"{self.system} {self.seq}"


class Difference(models.Model):
    """对账: what stands differently here and there, until it does no more."""

    class Kind(models.TextChoices):
        NOT_THERE = "not_there", "推送过，对方没有"
        NOT_HERE = "not_here", "对方有，这里没有"
        ENDED_THERE = "ended_there", "对方办结，这里没有办结"
        ENDED_HERE = "ended_here", "这里办结，对方没有办结"
        UNSENT = "unsent", "一直没有推送出去"

    system = models.ForeignKey(CaseSystem, on_delete=models.PROTECT, related_name="differences")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    case_no = models.CharField(max_length=40)
    note = models.CharField(max_length=300, blank=True)
    found_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["system", "kind", "case_no"],
                condition=Q(settled_at=None),
                name="difference_open_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.system} {self.kind} {self.case_no}"


class Follow(models.Model):
    """一并办理: what begins by itself when another item was granted, as the folder declares it."""

    after = models.CharField(max_length=40)  # code of the item that is granted
    then = models.CharField(max_length=40)  # code of the item that is begun
    says = models.CharField(max_length=200)  # what stands in its form, and is told the applicant
    retired_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["after", "then"], name="follow_once")]

    def __str__(self) -> str:
        return f"{self.after} {self.then}"


class Followed(models.Model):
    """A case that was begun because another one was granted; its result goes back there."""

    first = models.ForeignKey("services.Case", on_delete=models.PROTECT, related_name="followed")
    second = models.OneToOneField("services.Case", on_delete=models.PROTECT, related_name="follows")
    follow = models.ForeignKey(Follow, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "follow"], name="followed_once_per_case")
        ]

    def __str__(self) -> str:
        return f"{self.first} {self.second}"
