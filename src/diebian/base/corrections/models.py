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
    case_no = models.CharField("办件", max_length=40)
    person_key = models.CharField(max_length=40, blank=True)  # empty: has no account here
    id_number = models.CharField(max_length=40, blank=True)  # only of whom there is no account
    subject = models.CharField(max_length=64)  # blind: identity.subject_ref
    opened_by = models.CharField(max_length=64)
    opened_by_name = models.CharField(max_length=100)
    opened_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=State.choices, default=State.OPEN)
    answer = models.CharField("核实的结果", max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True)
    fixed_at = models.DateTimeField(null=True)
    ruling = models.CharField("按裁定改正", max_length=1000, blank=True)  # how a dispute ended
    reopened_at = models.DateTimeField("重新打开", null=True)  # the clock starts anew

    class Meta:
        indexes = [models.Index(fields=["state", "opened_at"], name="correction_state")]
        constraints = [
            models.UniqueConstraint(
                name="correction_open_once",
                fields=["resource", "item", "subject"],
                condition=Q(state__in=["open", "confirmed"]),
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
