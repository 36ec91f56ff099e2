from uuid import uuid4

from django.db import models
from django.db.models import Q


class State(models.TextChoices):
    OPEN = "open", "待核实"
    CONFIRMED = "confirmed", "属实，待改正"
    FIXED = "fixed", "已改正"
    REJECTED = "rejected", "核实无误"


UNSETTLED = [State.OPEN, State.CONFIRMED]


class Correction(models.Model):
    """校核申请: one value that somebody says is wrong (国务院令第809号 第二十六条)."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    resource = models.ForeignKey("catalogue.Resource", on_delete=models.PROTECT, related_name="+")
    item = models.CharField("哪一项", max_length=100)
    seen = models.CharField("现在的内容", max_length=300, blank=True)
    says = models.CharField("应当是什么", max_length=500)
    case_no = models.CharField("办件", max_length=40, blank=True)
    row = models.CharField("哪一行", max_length=100, blank=True)  # of what is about no person
    person_key = models.CharField(max_length=40, blank=True)  # empty: has no account here
    id_number = models.CharField(max_length=40, blank=True)  # only of whom there is no account
    subject = models.CharField(max_length=64)  # blind: identity.subject_ref
    asking = models.CharField(max_length=18, blank=True)  # credit code; empty: a person asks
    opened_by = models.CharField(max_length=64)
    opened_by_name = models.CharField(max_length=100)
    request_key = models.CharField(max_length=100, blank=True)  # a system's own Idempotency-Key
    opened_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=State.choices, default=State.OPEN)
    answer = models.CharField("核实的结果", max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True)
    fixed_at = models.DateTimeField(null=True)
    ruling = models.CharField("按裁定改正", max_length=1000, blank=True)  # how a dispute ended
    reopened_at = models.DateTimeField("重新打开", null=True)  # the clock starts anew
    reminded = models.CharField("已提醒到哪一级", max_length=10, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "opened_at"], name="correction_state")]
        constraints = [
            models.UniqueConstraint(
                name="correction_open_once",
                fields=["resource", "item", "subject"],
                condition=Q(state__in=["open", "confirmed"]),
            ),
            models.UniqueConstraint(
                name="correction_key_once",
                fields=["opened_by", "request_key"],
                condition=~Q(request_key=""),
            ),
            models.CheckConstraint(
                name="correction_settled_says_how",
                condition=Q(state__in=["open", "confirmed"]) | ~Q(answer=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource}: {self.item}"

    @property
    def audit_subject(self) -> str:
        return f"correction:{self.public_id}"


class Told(models.Model):
    """告知: a department that had used the value hears that it was put right. Once each."""

    correction = models.ForeignKey(Correction, on_delete=models.PROTECT, related_name="told")
    department = models.ForeignKey(
        "identity.Department", on_delete=models.PROTECT, related_name="+"
    )
    cases = models.JSONField("为这些办件查过", default=list)
    requests = models.JSONField("按这些共享申请收过", default=list)
    through = models.JSONField("经比对、基础库用过", default=list)  # words and href of each
    people = models.PositiveSmallIntegerField("告知了几人")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="correction_told_once", fields=["correction", "department"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.department}: {self.correction}"
