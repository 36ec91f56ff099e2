from uuid import uuid4

from django.db import models
from django.db.models import Q

from diebian.standards.sharing import CORRECTION


class RunState(models.TextChoices):
    DONE = "done", "完成"
    FAILED = "failed", "没有查成"


class OrderState(models.TextChoices):
    OPEN = "open", "待整改"
    MENDED = "mended", "已改，等复查"
    DISPUTED = "disputed", "有异议，等裁定"
    CLOSED = "closed", "复查通过"
    EXCUSED = "excused", "异议成立"
    DROPPED = "dropped", "规则已停用"


UNSETTLED = [OrderState.OPEN, OrderState.MENDED, OrderState.DISPUTED]


class Rule(models.Model):
    """质量规则: what must be true of a table of the lake. Declared, never code.

    `told` is what its kind keeps (`kinds/`). A rule is not altered: one that means something else
    is another rule, so that results say for good what they were results of.
    """

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    collection = models.ForeignKey("lake.Collection", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    told = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)  # of `told`, which may be too long for an index
    says = models.CharField("规则", max_length=600)  # in words, as its kind puts it
    basis = models.CharField("依据", max_length=200, blank=True)
    days = models.PositiveSmallIntegerField("整改期限（工作日）", default=CORRECTION.days)
    from_city = models.BooleanField(default=False)  # declared by the city's folder
    excused = models.BigIntegerField(default=0)  # failing rows that the authority let stand
    declared_by = models.CharField(max_length=100)
    declared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="rule_declared_once",
                fields=["collection", "kind", "digest"],
                condition=Q(ended_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.says

    @property
    def audit_subject(self) -> str:
        return f"quality.rule:{self.public_id}"


class Run(models.Model):
    """One pass over one table: all of its rules at once, at one snapshot of the lake."""

    collection = models.ForeignKey("lake.Collection", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=RunState.choices)
    asked_by = models.CharField(max_length=100)
    started_at = models.DateTimeField()
    milliseconds = models.BigIntegerField(default=0)
    snapshot = models.BigIntegerField(null=True)
    collected_at = models.DateTimeField(null=True)  # of the rows that were looked at
    rows = models.BigIntegerField(default=0)
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True)  # of 100, rounded down
    sentence = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["collection", "-id"], name="quality_run_of_table")]
        constraints = [
            models.CheckConstraint(
                name="quality_run_done_has_snapshot",
                condition=~Q(state=RunState.DONE) | Q(snapshot__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.collection} #{self.pk}"


class Result(models.Model):
    """What one rule found in one run. `keys`: of some failing rows, in the last run only.

    Each of `keys` is {"key": {column: value}, "shown": {column: value}, "person": value or ""}.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="results")
    rule = models.ForeignKey(Rule, on_delete=models.PROTECT, related_name="results")
    checked = models.BigIntegerField()
    failed = models.BigIntegerField()
    keys = models.JSONField(default=list)
    sentence = models.CharField(max_length=300, blank=True)  # where the rule could not be asked

    class Meta:
        indexes = [models.Index(fields=["rule", "-id"], name="quality_result_of_rule")]
        constraints = [
            models.UniqueConstraint(name="quality_result_once", fields=["run", "rule"]),
            models.CheckConstraint(
                name="quality_failed_within_checked",
                condition=Q(failed__gte=0) & Q(failed__lte=models.F("checked")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.failed}/{self.checked}"


class Order(models.Model):
    """质量工单: the provider mends at the source what a rule found. One open for each rule."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    rule = models.ForeignKey(Rule, on_delete=models.PROTECT, related_name="orders")
    state = models.CharField(max_length=20, choices=OrderState.choices, default=OrderState.OPEN)
    opened_at = models.DateTimeField()
    since = models.DateTimeField()  # from here the days of whoever acts now are counted
    failed = models.BigIntegerField()  # when it was opened
    failed_now = models.BigIntegerField()  # in the last run
    times_reopened = models.PositiveSmallIntegerField(default=0)
    answer = models.CharField("整改情况或异议", max_length=500, blank=True)
    answered_by = models.CharField(max_length=100, blank=True)
    answered_at = models.DateTimeField(null=True)
    ruling = models.CharField("裁定的理由", max_length=500, blank=True)
    closed_at = models.DateTimeField(null=True)
    reminded = models.CharField(max_length=10, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "since"], name="quality_order_state")]
        constraints = [
            models.UniqueConstraint(
                name="quality_order_open_once",
                fields=["rule"],
                condition=Q(state__in=["open", "mended", "disputed"]),
            ),
            models.CheckConstraint(
                name="quality_order_closed_has_moment",
                condition=Q(state__in=["open", "mended", "disputed"]) | Q(closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="quality_order_answer_says_how",
                condition=~Q(state__in=["mended", "disputed", "excused"]) | ~Q(answer=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.get_state_display()}"

    @property
    def audit_subject(self) -> str:
        return f"quality.order:{self.public_id}"
