"""证照归集: which collected tables hold licences, and each licence that came from them."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from .states import Doubt, State


class LicenceTable(models.Model):
    """A collected table that is declared to hold licences: `versions` say which column is what."""

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    department = models.ForeignKey(
        "identity.Department", on_delete=models.PROTECT, related_name="+"
    )
    collection = models.SlugField(max_length=60)  # its slug in the lake
    types = models.ManyToManyField("licences.LicenceType", related_name="tables")
    registered_at = models.DateTimeField(null=True)  # its newest rows that are in

    def __str__(self) -> str:
        return self.title

    @property
    def audit_subject(self) -> str:
        return f"licences.table:{self.slug}"


class TableVersion(models.Model):
    table = models.ForeignKey(LicenceTable, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    plan = models.JSONField()
    declared_by = models.CharField(max_length=100)
    declared_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["table", "number"], name="licence_table_version")
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.number}"


class Outcome(models.TextChoices):
    DONE = "done", "已登记"
    REFUSED = "refused", "没有登记"


class Registration(models.Model):
    """One reading of the whole table at one snapshot: all of it is in, or nothing."""

    table = models.ForeignKey(LicenceTable, on_delete=models.PROTECT, related_name="registrations")
    version = models.ForeignKey(TableVersion, on_delete=models.PROTECT, related_name="+")
    snapshot = models.BigIntegerField()
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    sentence = models.CharField(max_length=500, blank=True)
    counts = models.JSONField(default=dict)  # rows, fresh, renewed, turned, doubted, faults

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "snapshot"], name="licence_registration_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.snapshot}"


class Held(models.Model):
    """One version of one licence that its issuer's table tells of.

    The holder's number is the 公民身份号码 or the credit code; `serial` stays over all versions.
    """

    # Three million rows, all written in one go: an index that nobody asks is left out.
    table = models.ForeignKey(
        LicenceTable, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    type = models.ForeignKey(
        "licences.LicenceType", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    row_key = models.TextField()
    serial = models.BigIntegerField()
    version = models.PositiveSmallIntegerField(default=1)
    is_current = models.BooleanField(default=True)
    identifier = models.CharField(max_length=120)
    number = models.CharField(max_length=100)
    holder_number = models.CharField(max_length=18)
    holder_name = models.CharField(max_length=200)
    issued_on = models.DateField(null=True)
    valid_until = models.DateField(null=True)  # nothing: without an end
    state = models.CharField(max_length=10, choices=State.choices)
    doubt = models.CharField(max_length=10, choices=Doubt.choices, blank=True)
    fields = models.JSONField(default=dict)
    registered = models.ForeignKey(
        Registration, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["identifier"], name="held_by_identifier"),
            models.UniqueConstraint(
                fields=["table", "row_key"], condition=Q(is_current=True), name="held_once_by_row"
            ),
        ]
        indexes = [models.Index(fields=["holder_number"], name="held_by_holder")]

    def __str__(self) -> str:
        return self.identifier


class HeldTurn(models.Model):
    """What a later collection changed of a licence: `was` and `now` in the words of `State`, or of
    `Doubt`, or empty where a doubt ended.
    """

    held = models.ForeignKey(Held, on_delete=models.PROTECT, related_name="turns")
    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="+")
    was = models.CharField(max_length=10, blank=True)
    now = models.CharField(max_length=10, blank=True)

    def __str__(self) -> str:
        return f"{self.held}: {self.was} → {self.now}"


class HeldFault(models.Model):
    """A row that was set aside: of the newest reading of its table."""

    table = models.ForeignKey(LicenceTable, on_delete=models.CASCADE, related_name="faults")
    row_key = models.TextField()
    reason = models.CharField(max_length=40)  # a key of `reasons.REASONS`

    def __str__(self) -> str:
        return f"{self.table} {self.row_key}: {self.reason}"


class Copy(models.Model):
    """加注件: a licence as it stood when it was copied for one use, signed by the platform.

    `purpose` and `for_whom` stand on each page of it; it is no licence of its own.
    """

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    held = models.ForeignKey(Held, on_delete=models.PROTECT, related_name="copies")
    purpose = models.CharField(max_length=200)
    for_whom = models.CharField(max_length=100)
    case_no = models.CharField(max_length=40, blank=True)
    made_by = models.CharField(max_length=64)  # key of whoever made it
    made_by_name = models.CharField(max_length=100)
    department = models.CharField(max_length=18, blank=True)  # whose official; empty: the holder
    made_at = models.DateTimeField()
    header = models.TextField()
    body = models.TextField()
    signature = models.CharField(max_length=128)

    class Meta:
        constraints = [
            models.UniqueConstraint(  # the same reviewer of the same case opens the same copy
                fields=["held", "case_no", "department"],
                condition=~Q(case_no=""),
                name="copy_once_for_a_case",
            )
        ]

    def __str__(self) -> str:
        return f"{self.held} {self.purpose}"
