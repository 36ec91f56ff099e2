from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class BuildState(models.TextChoices):
    WAITING = "waiting", "排队中"
    RUNNING = "running", "进行中"
    DONE = "done", "完成"
    FAILED = "failed", "未成功"
    STOPPED = "stopped", "已停止"


class Stage(models.TextChoices):
    READING = "reading", "读来源"
    MATCHING = "matching", "认是不是同一个"
    CHOOSING = "choosing", "选值"
    WRITING = "writing", "写下结果"


class TurnKind(models.TextChoices):
    """What became of an entity between two builds, beyond its values."""

    MERGED = "merged", "并入"
    SPLIT = "split", "分出自"
    ENDED = "ended", "来源里不再有"


class Verdict(models.TextChoices):
    SAME = "same", "同一个"
    DIFFERENT = "different", "不是同一个"
    UNSURE = "unsure", "暂不定"


OPEN = [BuildState.WAITING, BuildState.RUNNING]


class Base(models.Model):
    """基础库: what is declared stands in its versions, what was built in its records.

    `built`: the number of the build whose records are read; nought before the first. `forgotten`:
    what ended with this build, or before, is not told any more (`keeping`).
    """

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=100)
    owner = models.ForeignKey("identity.Department", on_delete=models.PROTECT, related_name="+")
    built = models.PositiveIntegerField(default=0)
    forgotten = models.PositiveIntegerField(default=0)
    next_number = models.PositiveBigIntegerField(default=1)  # of the next new entity

    def __str__(self) -> str:
        return self.title

    @property
    def audit_subject(self) -> str:
        return f"masterdata:{self.slug}"


class BaseVersion(models.Model):
    """A declaration, never altered. `plan`: `plan.Plan` as data."""

    base = models.ForeignKey(Base, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    plan = models.JSONField()
    sources = models.ManyToManyField("lake.Collection", related_name="+")
    declared_by = models.CharField(max_length=100)
    declared_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["base", "number"], name="masterdata_version_number")
        ]

    def __str__(self) -> str:
        return f"{self.base} 第 {self.number} 版"


class Leave(models.Model):
    """By which share request a source of another department is read: the newest is meant.

    `columns`: those of the collected table that were asked for.
    """

    base = models.ForeignKey(Base, on_delete=models.PROTECT, related_name="leaves")
    collection = models.ForeignKey("lake.Collection", on_delete=models.PROTECT, related_name="+")
    request = models.ForeignKey("exchange.ShareRequest", on_delete=models.PROTECT, related_name="+")
    columns = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["base", "collection", "request"], name="masterdata_leave_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.base_id}: {self.collection_id}"


class Build(models.Model):
    """One building, from snapshots. `sources`: table → snapshot and when it was collected; a table
    of the version that does not stand there was left out, because nobody gave leave for it.

    `chunks_done` of `chunks` are written; they are read only when the base's `built` says so.
    """

    base = models.ForeignKey(Base, on_delete=models.PROTECT, related_name="builds")
    number = models.PositiveIntegerField()
    version = models.ForeignKey(BaseVersion, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=BuildState.choices, default=BuildState.WAITING)
    stage = models.CharField(max_length=10, choices=Stage.choices, blank=True)
    sources = models.JSONField()
    counts = models.JSONField(default=dict)
    first_number = models.PositiveBigIntegerField(default=0)  # of the entities that are new
    chunk_rows = models.PositiveIntegerField(default=0)  # kept, so that going on cuts alike
    chunks = models.PositiveIntegerField(default=0)
    chunks_done = models.PositiveIntegerField(default=0)
    asked_by = models.CharField(max_length=100)
    asked_at = models.DateTimeField()  # decisions up to this moment count
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    sentence = models.CharField(max_length=500, blank=True)
    is_stopping = models.BooleanField(default=False)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["base", "number"], name="masterdata_build_number"),
            models.UniqueConstraint(
                name="masterdata_build_open_once",
                fields=["base"],
                condition=Q(state__in=["waiting", "running"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.base} 第 {self.number} 次"


class GoldenRecord(models.Model):
    """A state of an entity: from the build that wrote it until the one that ended it.

    `chosen`: column → [source, row key]; `said`: column → [[source, row key, value]] where they do
    not agree; `members`: [[source, row key]]. A source is its place in the version's plan.
    """

    base = models.ForeignKey(Base, on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveBigIntegerField()  # of the entity
    since = models.PositiveIntegerField()  # build
    until = models.PositiveIntegerField(null=True)  # build, exclusive
    version = models.ForeignKey(
        BaseVersion, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    identifier = models.CharField(max_length=40, blank=True)
    values = models.JSONField()
    chosen = models.JSONField()
    said = models.JSONField()
    members = models.JSONField()
    tokens = ArrayField(models.TextField())  # by what it is known again: `records.token`
    digest = models.CharField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["base", "number", "since"], name="masterdata_record_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["base", "identifier"],
                name="masterdata_record_identifier",
                condition=~Q(identifier=""),
            ),
            models.Index(
                fields=["base", "number"],
                name="masterdata_record_disputed",
                condition=~Q(said={}),
            ),
            models.Index(fields=["base", "since"], name="masterdata_record_since"),
            models.Index(
                fields=["base", "until"],
                name="masterdata_record_until",
                condition=Q(until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.base_id}/{self.number}"


class Turn(models.Model):
    base = models.ForeignKey(Base, on_delete=models.PROTECT, related_name="+", db_index=False)
    build = models.PositiveIntegerField()
    number = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=6, choices=TurnKind.choices)
    other = models.PositiveBigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["base", "number", "build", "kind", "other"],
                name="masterdata_turn_once",
                nulls_distinct=False,
            )
        ]
        indexes = [models.Index(fields=["base", "other"], name="masterdata_turn_other")]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"


class UncertainPair(models.Model):
    """A pair that the last build could not tell. `left`, `right`: tokens, as decisions name them.

    `levels`: a digit for each field, `weights.Level`; `told`: the values that were compared.
    """

    base = models.ForeignKey(Base, on_delete=models.PROTECT, related_name="pairs", db_index=False)
    left = models.TextField()
    right = models.TextField()
    score = models.IntegerField()  # hundredths
    levels = models.CharField(max_length=30)
    told = models.JSONField()
    digest = models.CharField(max_length=32)  # of `told`
    why = models.CharField(max_length=10)  # `clustering.Why`
    build = models.PositiveIntegerField()
    version = models.ForeignKey(BaseVersion, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["base", "left", "right"], name="masterdata_pair_once")
        ]

    def __str__(self) -> str:
        return f"{self.base_id}: {self.pk}"

    @property
    def audit_subject(self) -> str:
        return f"masterdata:{self.base_id}:pair:{self.pk}"


class Decision(models.Model):
    """Of a person, about two sides with these values. Revoked, it stays to be read."""

    base = models.ForeignKey(Base, on_delete=models.PROTECT, related_name="+", db_index=False)
    left = models.TextField()
    right = models.TextField()
    digest = models.CharField(max_length=32)
    verdict = models.CharField(max_length=9, choices=Verdict.choices)
    reason = models.CharField(max_length=300)
    score = models.IntegerField()
    levels = models.CharField(max_length=30)
    version = models.ForeignKey(BaseVersion, on_delete=models.PROTECT, related_name="+")
    decided_by = models.CharField(max_length=100)
    decided_at = models.DateTimeField()
    revoked_by = models.CharField(max_length=100, blank=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="masterdata_decision_once",
                fields=["base", "left", "right"],
                condition=Q(revoked_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.base_id}: {self.verdict}"

    @property
    def audit_subject(self) -> str:
        return f"masterdata:{self.base_id}:decision:{self.pk}"
