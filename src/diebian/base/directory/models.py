from django.db import models
from django.db.models import F, Q


class City(models.Model):
    """The one city of this database, as its folder tells it."""

    code = models.CharField(max_length=6, unique=True)
    name = models.CharField(max_length=50)
    short_name = models.CharField(max_length=20)
    hotline = models.CharField(max_length=20)
    lead = models.CharField(max_length=18)  # credit code of the organisation that leads data work
    is_sample = models.BooleanField(default=True)
    map = models.JSONField(default=dict)
    topics = models.JSONField(default=list)  # fields of life on the home page, in the city's words
    dispute_days = models.JSONField(default=dict)  # by step of a dispute: `standards.disputes`
    draft_days = models.JSONField(default=dict)  # by whose draft it is: `standards.drafts`
    # For the steps of a share request, each with the day it begins: `standards.promises`.
    sharing_promises = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.name


class Division(models.Model):
    """行政区划, a version in time: a new name or parent is a new row, the old one gets an end."""

    code = models.CharField(max_length=12)
    name = models.CharField(max_length=60)
    parent = models.CharField(max_length=12, blank=True)
    level = models.CharField(max_length=10)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=Q(valid_to=None), name="division_one_current"
            ),
            models.CheckConstraint(
                name="division_ends_after_it_begins",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationVersion(models.Model):
    """What a department was called, whom it was under, and when (ADR 3)."""

    code = models.CharField(max_length=20)
    department = models.ForeignKey(
        "identity.Department", on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=100)
    short_name = models.CharField(max_length=100)
    parent = models.CharField(max_length=20, blank=True)
    division = models.CharField(max_length=12)
    counterpart = models.CharField(max_length=20, blank=True)  # 对口: whose work it does there
    mark = models.CharField(max_length=20)  # REAL, PATTERN or SAMPLE
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=Q(valid_to=None), name="organisation_one_current"
            ),
            models.CheckConstraint(
                name="organisation_ends_after_it_begins",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CalendarDay(models.Model):
    day = models.DateField(primary_key=True)
    is_workday = models.BooleanField()
    is_official = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.day}"
