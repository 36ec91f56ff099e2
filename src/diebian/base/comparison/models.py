from django.db import models
from django.db.models import Q


class Outcome(models.TextChoices):
    """Of one person in one run. Left is the first table, right the second."""

    SAME = "same", "两边都有，一致"
    DIFFERS = "differs", "两边都有，不一致"
    LEFT_ONLY = "left_only", "只在左表"
    RIGHT_ONLY = "right_only", "只在右表"


class RunState(models.TextChoices):
    WAITING = "waiting", "排队中"
    RUNNING = "running", "进行中"
    DONE = "done", "完成"
    FAILED = "failed", "未成功"
    STOPPED = "stopped", "已停止"


class Stage(models.TextChoices):
    LEFT = "left", "读左表"
    RIGHT = "right", "读右表"
    COMPARING = "comparing", "比对"
    WRITING = "writing", "记下结果"


OPEN = [RunState.WAITING, RunState.RUNNING]


class Comparison(models.Model):
    """比对任务: two collected tables, how persons and attributes are compared, and by what leave.

    `plan` is `plan.Plan` as data. A side that is another department's has the share request under
    which it may be compared; the department's own has none. `seen_by`: posts of the consumer.
    """

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=100)
    consumer = models.ForeignKey("identity.Department", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=200)
    legal_basis = models.CharField(max_length=300)
    left = models.ForeignKey("lake.Collection", on_delete=models.PROTECT, related_name="+")
    right = models.ForeignKey("lake.Collection", on_delete=models.PROTECT, related_name="+")
    left_request = models.ForeignKey(
        "exchange.ShareRequest", on_delete=models.PROTECT, related_name="+", null=True
    )
    right_request = models.ForeignKey(
        "exchange.ShareRequest", on_delete=models.PROTECT, related_name="+", null=True
    )
    plan = models.JSONField()
    seen_by = models.JSONField()
    declared_by = models.CharField(max_length=64)
    declared_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title

    @property
    def audit_subject(self) -> str:
        return f"comparison:{self.slug}"


class Run(models.Model):
    """One comparing of the two tables as they stood at two snapshots of the lake.

    `chunks_done` of `chunks` are written; each chunk's rows, counts and persons are in together.
    """

    comparison = models.ForeignKey(Comparison, on_delete=models.PROTECT, related_name="runs")
    number = models.PositiveIntegerField()  # of this comparison, from 1
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.WAITING)
    stage = models.CharField(max_length=10, choices=Stage.choices, blank=True)
    left_snapshot = models.BigIntegerField()
    right_snapshot = models.BigIntegerField()
    repeats = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    counts = models.JSONField(default=dict)
    chunk_rows = models.PositiveIntegerField(default=0)  # kept, so that going on cuts alike
    chunks = models.PositiveIntegerField(default=0)
    chunks_done = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=16, blank=True)  # of persons and outcomes, in any order
    asked_by = models.CharField(max_length=64)
    asked_by_name = models.CharField(max_length=100)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    sentence = models.CharField(max_length=500, blank=True)
    is_stopping = models.BooleanField(default=False)
    tries = models.PositiveSmallIntegerField(default=0)
    rows_gone_at = models.DateTimeField("结果已清除", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comparison", "number"], name="comparison_run_number"),
            models.UniqueConstraint(
                name="comparison_run_open_once",
                fields=["comparison"],
                condition=Q(state__in=["waiting", "running"]),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """What people quote, and what stands in 谁查过我."""
        return f"BD{self.comparison_id}-{self.number}"

    @property
    def reading(self) -> str:
        """Its one entry among the readings of many."""
        return f"comparison:{self.pk}"


class Result(models.Model):
    """One person of one run, as far as the outcome was asked for. Nothing of the other side."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="results", db_index=False)
    id_number = models.CharField(max_length=18)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    differing = models.PositiveSmallIntegerField()  # bit n: the plan's rule n does not agree
    handed_at = models.DateTimeField("交给提供部门校核", null=True)

    class Meta:
        constraints = [
            # The index also gives the pages: a run's persons of one outcome in order.
            models.UniqueConstraint(
                fields=["run", "outcome", "id_number"], name="comparison_result_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.outcome}"
