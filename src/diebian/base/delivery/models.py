from secrets import token_hex
from uuid import uuid4

from django.db import models
from django.db.models import Q


def _salt() -> str:
    return token_hex(32)


class Schedule(models.TextChoices):
    FOLLOW = "follow", "有变化就送"
    DAILY = "daily", "每天"
    MANUAL = "manual", "手动"


class State(models.TextChoices):
    RUNNING = "running", "进行中"
    DONE = "done", "完成"
    FAILED = "failed", "未成功"


class Target(models.Model):
    """接收库: a consumer's own PostgreSQL. `secret` names a password, it holds none."""

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=100)
    department = models.ForeignKey(
        "identity.Department", on_delete=models.PROTECT, related_name="+"
    )
    address = models.JSONField()
    schema = models.CharField(max_length=63, default="public")
    secret = models.CharField(max_length=60, blank=True)
    checked_at = models.DateTimeField("最近一次连上")
    is_sample = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.title

    @property
    def audit_subject(self) -> str:
        return f"delivery.target:{self.slug}"


class Delivery(models.Model):
    """库表交付 under one grant: into which table of the consumer's, how often.

    How far it has come stands in the consumer's database, beside the rows (`consumer`): `snapshot`
    and `total` here only show it.
    """

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    grant = models.OneToOneField("exchange.Grant", on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="deliveries")
    salt = models.CharField(max_length=64, default=_salt, editable=False)
    table = models.CharField("接收的表", max_length=63)
    schedule = models.CharField(max_length=20, choices=Schedule.choices, default=Schedule.FOLLOW)
    arranged_by = models.CharField(max_length=100)
    arranged_at = models.DateTimeField()
    snapshot = models.BigIntegerField(null=True)
    total = models.BigIntegerField("接收库里的行数", null=True)
    looked_at = models.DateTimeField("上次看有没有变化", null=True)
    stalled_at = models.DateTimeField("接收库从何时起没有答应", null=True)
    stalled_says = models.CharField(max_length=300, blank=True)
    waits_until = models.DateTimeField("授权的量何时接着有", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["target", "table"], name="delivery_table_once")
        ]

    def __str__(self) -> str:
        return f"{self.target} {self.table}"

    @property
    def audit_subject(self) -> str:
        return f"delivery.delivery:{self.public_id}"


class DeliveryRun(models.Model):
    """One batch: known by `batch` in both databases."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="runs")
    batch = models.UUIDField(default=uuid4, unique=True, editable=False)
    state = models.CharField(max_length=20, choices=State.choices, default=State.RUNNING)
    is_whole = models.BooleanField("全部重送", default=False)
    snapshot_from = models.BigIntegerField(null=True)
    snapshot_to = models.BigIntegerField(null=True)
    written = models.BigIntegerField("写入的行", default=0)
    removed = models.BigIntegerField("删除的行", default=0)
    total = models.BigIntegerField("送完后的行", default=0)
    checksum = models.CharField("写入的行的 SM3", max_length=64, blank=True)
    started_by = models.CharField(max_length=100)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    milliseconds = models.BigIntegerField(default=0)
    sentence = models.CharField(max_length=500, blank=True)
    tries = models.PositiveIntegerField("试了几次", default=1)  # in vain, until `ended_at`

    class Meta:
        indexes = [models.Index(fields=["delivery", "-id"], name="run_of_delivery")]
        constraints = [
            models.CheckConstraint(
                name="delivery_run_done_has_snapshot",
                condition=~Q(state=State.DONE) | Q(snapshot_to__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.delivery} {self.started_at:%F %T}"


class Download(models.Model):
    """下载 under a grant: who, for what, how much. `digest`: SM3 of what was handed over."""

    grant = models.ForeignKey("exchange.Grant", on_delete=models.PROTECT, related_name="+")
    by_key = models.CharField(max_length=64)
    by_name = models.CharField(max_length=100)
    purpose = models.CharField("办什么事", max_length=200)
    name = models.CharField(max_length=200)
    rows = models.BigIntegerField(null=True)
    size = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["grant", "-id"], name="download_of_grant")]

    def __str__(self) -> str:
        return f"{self.name} {self.at:%F %T}"
