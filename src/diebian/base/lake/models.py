from uuid import uuid4

from django.db import models
from django.db.models import Q


class SourceKind(models.TextChoices):
    POSTGRESQL = "postgresql", "PostgreSQL 数据库"
    MYSQL = "mysql", "MySQL、MariaDB 数据库"
    KINGBASE = "kingbase", "人大金仓数据库"
    DM = "dm", "达梦数据库"
    FILE = "file", "文件（CSV、XLSX）"
    HTTP = "http", "接口（JSON、XML）"
    PUSH = "push", "由部门推送"


class Mode(models.TextChoices):
    FULL = "full", "全量"
    WATERMARK = "watermark", "按水位增量"
    CHANGES = "changes", "按变更记录"


class Schedule(models.TextChoices):
    MANUAL = "manual", "手动"
    QUARTER = "quarter", "每 15 分钟"
    HOURLY = "hourly", "每小时"
    DAILY = "daily", "每天"


class RunState(models.TextChoices):
    RUNNING = "running", "进行中"
    DONE = "done", "完成"
    HELD = "held", "等人决定"
    FAILED = "failed", "未成功"
    STOPPED = "stopped", "已停止"


class Trouble(models.TextChoices):
    """What the data manager is told of, once for as long as it lasts."""

    HELD = "held", "源变了，等您决定"
    FAILED = "failed", "没有收成"
    BAD = "bad", "隔离的行太多"


PAST_DAYS, PUSH_DAYS, BAD_PERCENT = 30, 30, 1
MINUTES = 30  # fifty million rows of a quick source take some ten
MOST_MINUTES = 720


class Source(models.Model):
    """A department's system that rows are taken from. `secret` names a secret, it holds none."""

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=100)
    department = models.ForeignKey(
        "identity.Department", on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=20, choices=SourceKind.choices)
    address = models.JSONField(default=dict)
    secret = models.CharField(max_length=60, blank=True)
    is_sample = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.title

    @property
    def audit_subject(self) -> str:
        return f"lake.source:{self.slug}"


class Collection(models.Model):
    """归集: what of a source fills which table of the lake, and how often.

    `columns`: a list of {name, type, source_type}; the first two are the lake's, the last is what
    the source said when a person last looked. `ignored`: columns that a person left out.
    """

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="collections")
    entry = models.ForeignKey(
        "catalogue.Entry",
        to_field="public_id",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
    )
    table = models.CharField("源表、文件或路径", max_length=300)
    lake_table = models.CharField(max_length=63, unique=True)
    mode = models.CharField(max_length=20, choices=Mode.choices, default=Mode.FULL)
    key = models.JSONField(default=list)
    watermark_column = models.CharField(max_length=63, blank=True)
    columns = models.JSONField(default=list)
    ignored = models.JSONField(default=list)
    options = models.JSONField(default=dict)
    schedule = models.CharField(max_length=20, choices=Schedule.choices, default=Schedule.MANUAL)
    version = models.PositiveIntegerField(default=1)  # of the definition: `Version`
    minutes = models.PositiveSmallIntegerField("最多收多少分钟", default=MINUTES)
    keep_days = models.PositiveSmallIntegerField("隔离的行留多少天", null=True)
    past_days = models.PositiveSmallIntegerField("湖里的过去至少留多少天", default=PAST_DAYS)
    push_days = models.PositiveSmallIntegerField("推送的原文进湖后留多少天", default=PUSH_DAYS)
    bad_percent = models.PositiveSmallIntegerField("隔离超过百分之几告诉人", default=BAD_PERCENT)
    trouble = models.CharField(max_length=20, choices=Trouble.choices, blank=True)  # told of last
    watermark = models.CharField(max_length=200, blank=True)  # of the last batch that is in
    collected_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="collection_increment_has_watermark",
                condition=Q(mode=Mode.FULL) | ~Q(watermark_column=""),
            ),
            models.CheckConstraint(
                name="collection_increment_has_key", condition=Q(mode=Mode.FULL) | ~Q(key=[])
            ),
            models.CheckConstraint(
                name="collection_minutes_bounded",
                condition=Q(minutes__gte=1, minutes__lte=MOST_MINUTES),
            ),
            models.CheckConstraint(
                name="collection_percent_bounded", condition=Q(bad_percent__lte=100)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def audit_subject(self) -> str:
        return f"lake.collection:{self.slug}"


class Version(models.Model):
    """What a collection's definition said before a change and after it: who, when, why."""

    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()  # of what it says after the change; the first is 1
    before = models.JSONField()
    after = models.JSONField()
    why = models.CharField(max_length=300)
    by_key = models.CharField(max_length=64)
    by_name = models.CharField(max_length=100)
    at = models.DateTimeField()
    is_whole = models.BooleanField("从头收一遍", default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["collection", "number"], name="version_once")
        ]

    def __str__(self) -> str:
        return f"{self.collection} v{self.number}"


class Run(models.Model):
    """One try at one collection. `batch` names its snapshot before it is written."""

    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="runs")
    state = models.CharField(max_length=20, choices=RunState.choices, default=RunState.RUNNING)
    stage = models.CharField(max_length=20, default="waiting")
    version = models.PositiveIntegerField(default=1)  # of the definition that it goes by
    writer = models.CharField(max_length=64)  # the process
    batch = models.UUIDField(null=True)
    snapshot = models.BigIntegerField(null=True)
    started_by = models.CharField(max_length=100)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    window_from = models.CharField(max_length=200, blank=True)
    window_to = models.CharField(max_length=200, blank=True)
    read = models.BigIntegerField(default=0)
    taken = models.BigIntegerField(default=0)
    quarantined = models.BigIntegerField(default=0)
    changed = models.BigIntegerField(default=0)
    checksum = models.CharField(max_length=32, blank=True)
    watermark_before = models.CharField(max_length=200, blank=True)
    watermark_after = models.CharField(max_length=200, blank=True)
    milliseconds = models.BigIntegerField(default=0)
    sentence = models.CharField(max_length=500, blank=True)
    is_stopping = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["collection", "-id"], name="run_of_collection"),
            models.Index(
                fields=["collection"], name="run_open", condition=Q(state=RunState.RUNNING)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="run_done_has_snapshot",
                condition=~Q(state=RunState.DONE) | Q(snapshot__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.collection} #{self.pk}"

    @property
    def seconds(self) -> float:
        return round(self.milliseconds / 1000, 1)


class QuarantinedRow(models.Model):
    """隔离的行: not taken, with the reason, so that the department can mend it."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="bad_rows")
    number = models.BigIntegerField()
    reason = models.CharField(max_length=300)
    row = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["run", "number"], name="bad_row_of_run")]

    def __str__(self) -> str:
        return f"{self.number}: {self.reason}"


class DriftHold(models.Model):
    """The source looks different: nothing is taken until somebody decides, or it is as before."""

    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="holds")
    found = models.JSONField()
    since = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=100, blank=True)
    decision = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="hold_open_once", fields=["collection"], condition=Q(decided_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.collection}: {self.since:%F}"


class PushedBatch(models.Model):
    """What a department pushed, as it came. Its number is the watermark of a pushed collection."""

    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="pushes")
    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    key = models.CharField("幂等键", max_length=100)
    digest = models.CharField(max_length=64)
    rows = models.JSONField()
    row_count = models.IntegerField()
    received_at = models.DateTimeField()
    rows_gone_at = models.DateTimeField(null=True)  # its rows are in the lake and nowhere else

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["collection", "key"], name="push_once_per_key")
        ]

    def __str__(self) -> str:
        return self.key


class ColumnElement(models.Model):
    """A column of a lake table holds this 数据元. It outlives a change of the definition."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="elements")
    column = models.CharField(max_length=63)
    element = models.ForeignKey(
        "elements.Element", to_field="identifier", on_delete=models.PROTECT, related_name="+"
    )
    named_by = models.CharField(max_length=100)
    named_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "column"], name="column_is_of_one_element"
            )
        ]

    def __str__(self) -> str:
        return f"{self.collection} {self.column}"
