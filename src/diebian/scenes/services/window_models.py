"""What a window keeps: who sits there, papers on paper, their sheets, what was handed out."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

__all__ = ["Guest", "Handout", "PaperScanned", "PaperSheet", "PaperTaken"]


class Guest(models.Model):
    """Who sits at a clerk's window. While they do, the clerk sees their cases, and no longer."""

    clerk_key = models.CharField(max_length=64, unique=True)
    person_key = models.CharField(max_length=40)
    seated_at = models.DateTimeField()
    is_by_card = models.BooleanField()  # else typed by the clerk from the card

    def __str__(self) -> str:
        return f"{self.clerk_key} {self.seated_at}"


class PaperSheet(models.Model):
    """交接单: papers that leave a window for the department that decides. Both sides sign it."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    department = models.ForeignKey(
        "identity.Department", on_delete=models.PROTECT, related_name="+"
    )
    handed_by = models.CharField(max_length=64)
    handed_by_name = models.CharField(max_length=100)
    handed_from = models.CharField(max_length=100)  # the department of the window, as it was called
    handed_at = models.DateTimeField()
    confirmed_by_name = models.CharField(max_length=100, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["department", "handed_at"],
                condition=Q(confirmed_at=None),
                name="paper_sheet_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.public_id}"


class PaperTaken(models.Model):
    """纸质材料 that somebody handed in at a window, and where it is: here, on its way, arrived."""

    case = models.ForeignKey("services.Case", on_delete=models.PROTECT, related_name="papers_taken")
    name = models.CharField(max_length=100)
    copies = models.PositiveSmallIntegerField()
    is_original = models.BooleanField()
    taken_by = models.CharField(max_length=64)
    taken_by_name = models.CharField(max_length=100)
    taken_at = models.DateTimeField()
    sheet = models.ForeignKey(
        PaperSheet, on_delete=models.PROTECT, null=True, related_name="papers"
    )
    has_arrived = models.BooleanField(null=True)  # told by the department that confirms the sheet

    def __str__(self) -> str:
        return f"{self.case} {self.name}"


class PaperScanned(models.Model):
    """扫描: a paper of which the window made a file; its original was seen and given back at once,
    or nobody showed one.
    """

    case = models.ForeignKey(
        "services.Case", on_delete=models.PROTECT, related_name="papers_scanned"
    )
    name = models.CharField(max_length=200)
    paper = models.ForeignKey(  # taken out of a draft, it was not scanned
        "papers.Paper", on_delete=models.CASCADE, related_name="+"
    )
    pages = models.PositiveSmallIntegerField()
    is_original_seen = models.BooleanField()
    by_key = models.CharField(max_length=64)
    by_name = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.case} {self.name}"


class Handout(models.Model):
    """出证: the decision on paper, handed over against a signature or sent."""

    class Way(models.TextChoices):
        SIGNED = "signed", "当面领取"
        MAILED = "mailed", "邮寄"

    case = models.OneToOneField("services.Case", on_delete=models.PROTECT, related_name="handout")
    way = models.CharField(max_length=10, choices=Way.choices)
    to_name = models.CharField(max_length=100)
    relation = models.CharField(max_length=40, blank=True)  # of whoever fetches it for another
    carrier = models.CharField(max_length=40, blank=True)
    parcel_no = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=200, blank=True)
    by_key = models.CharField(max_length=64)
    by_name = models.CharField(max_length=100)
    at = models.DateTimeField()
    sent_on = models.DateField("交给快递的日子", null=True)
    arrived_at = models.DateTimeField(null=True)  # of a parcel
    returned_at = models.DateTimeField(null=True)  # of one that came back: the paper is here again
    returned_why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(way="signed", parcel_no="") | (Q(way="mailed") & ~Q(parcel_no="")),
                name="handout_parcel_has_number",
            ),
            models.CheckConstraint(
                condition=Q(arrived_at=None) | Q(returned_at=None), name="handout_arrived_or_back"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.way}"
