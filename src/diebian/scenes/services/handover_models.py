from django.db import models
from django.db.models import Q


class Handover(models.Model):
    """颁发、送达: how the applicant has the licence on paper, and whether that is still owed.

    A row where somebody said how, and for each licence that was applied for at a window and is
    granted. The electronic one is in the account as soon as it is issued: for it nothing is owed.
    """

    class Way(models.TextChoices):
        COLLECT = "collect", "到窗口领纸质的"
        MAIL = "mail", "把纸质的寄来"
        ONLINE = "online", "电子的就够了，不要纸质的"

    case = models.OneToOneField("services.Case", on_delete=models.PROTECT, related_name="handover")
    way = models.CharField(max_length=10, choices=Way.choices)
    to_name = models.CharField(max_length=100, blank=True)
    address = models.CharField(max_length=200, blank=True)
    said_by_name = models.CharField(max_length=100, blank=True)  # nobody: it came by the window
    said_at = models.DateTimeField()
    is_licence = models.BooleanField(default=False)  # then the law counts its days
    since = models.DateTimeField(null=True)  # granted and issued, and wanted on paper
    ended_at = models.DateTimeField(null=True)  # fetched, or in the carrier's hands
    reminded = models.CharField(max_length=10, blank=True)  # the rung that was told last

    class Meta:
        indexes = [
            models.Index(
                fields=["-is_licence", "since", "case"],
                condition=Q(since__isnull=False, ended_at=None),
                name="handover_open",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(way="mail") | (~Q(address="") & ~Q(to_name="")),
                name="handover_mail_has_address",
            ),
            models.CheckConstraint(
                condition=~Q(way="online") | Q(since=None), name="handover_online_owes_nothing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.way}"
