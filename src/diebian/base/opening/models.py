from uuid import uuid4

from django.db import models
from django.db.models import Q

from diebian.standards.metadata import UpdateCycle


class State(models.TextChoices):
    OFFICE_REVIEW = "office_review", "待本部门审核"
    SUBMITTED = "submitted", "待主管部门发布"
    RETURNED = "returned", "已退回"
    PUBLISHED = "published", "已开放"
    WITHDRAWN = "withdrawn", "已停止开放"


class Outcome(models.TextChoices):
    OPENED = "opened", "已经开放"
    PLANNED = "planned", "准备开放"
    REFUSED = "refused", "不能开放"


class Dataset(models.Model):
    """开放数据集: chosen columns of one lake table, for everybody.

    `columns`: a list of what `columns.OpenColumn` says of each.
    """

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    entry = models.ForeignKey("catalogue.Entry", on_delete=models.PROTECT, related_name="+")
    collection = models.ForeignKey("lake.Collection", on_delete=models.PROTECT, related_name="+")
    title = models.CharField("名称", max_length=200)
    summary = models.CharField("说明", max_length=1000)
    licence = models.CharField("使用许可", max_length=40)
    update_cycle = models.CharField("更新", max_length=20, choices=UpdateCycle.choices)
    about_people = models.BooleanField("一行说的是一个人或与人有关的事", default=True)
    leave_out_small = models.BooleanField("略去太小的组", default=False)
    columns = models.JSONField()
    state = models.CharField(max_length=20, choices=State.choices)
    proposed_by = models.CharField(max_length=100)
    proposed_key = models.CharField(max_length=64)
    proposed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    reason = models.CharField("退回或停止开放的理由", max_length=300, blank=True)
    looked_at = models.DateTimeField("最近一次核对新的一批", null=True)
    trouble = models.CharField("新的一批没有放出的原因", max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "title"], name="dataset_state_title")]
        constraints = [
            models.UniqueConstraint(
                name="dataset_title_once",
                fields=["collection", "title"],
                condition=~Q(state="withdrawn"),
            ),
            models.CheckConstraint(
                name="dataset_published_has_moment",
                condition=~Q(state="published") | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="dataset_withdrawn_says_why",
                condition=~Q(state="withdrawn") | (~Q(reason="") & Q(withdrawn_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def audit_subject(self) -> str:
        return f"opening.dataset:{self.public_id}"


class Check(models.Model):
    """What the k-anonymity check found, of which snapshot: the evidence behind a decision."""

    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="checks")
    at = models.DateTimeField()
    snapshot = models.BigIntegerField()
    is_good = models.BooleanField()
    found = models.JSONField()  # checking.Finding, as data

    def __str__(self) -> str:
        return f"{self.dataset} {self.at:%F}"


class Release(models.Model):
    """One snapshot as everybody gets it, written once.

    `files`: format to digest and size; the shelf keeps them by digest. `preview`, `profile` and
    `plots` are what the page shows, counted when it was written: a visitor asks no engine.
    """

    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField()
    snapshot = models.BigIntegerField()
    made_at = models.DateTimeField()
    rows = models.BigIntegerField()
    left_out = models.BigIntegerField(default=0)
    columns = models.JSONField()  # as they were when it was written
    files = models.JSONField()
    preview = models.JSONField()
    profile = models.JSONField()
    plots = models.JSONField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["dataset", "number"], name="release_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.dataset} #{self.number}"


class DownloadDay(models.Model):
    """How often; by whom nobody notes."""

    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="downloads")
    format = models.CharField(max_length=10)
    day = models.DateField()
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dataset", "format", "day"], name="download_day_once")
        ]

    def __str__(self) -> str:
        return f"{self.dataset} {self.format} {self.day}: {self.count}"


class DataRequest(models.Model):
    """向政府要数据: what somebody wants opened. Public, but for who asked."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    number = models.CharField("编号", max_length=20, unique=True)
    wanted = models.CharField("要什么数据", max_length=100)
    purpose = models.CharField("用来做什么", max_length=500)
    provider = models.ForeignKey(
        "identity.Department", on_delete=models.PROTECT, related_name="+", null=True
    )
    asked_at = models.DateTimeField()
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    answer = models.CharField("答复", max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField("答复的部门", max_length=100, blank=True)
    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="+", null=True)
    reminded = models.CharField("已提醒到哪一级", max_length=10, blank=True)

    class Meta:
        indexes = [models.Index(fields=["outcome", "asked_at"], name="data_request_open")]
        constraints = [
            models.CheckConstraint(
                name="data_request_answer_has_reason",
                condition=Q(outcome="") | (~Q(answer="") & Q(answered_at__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.wanted}"

    @property
    def audit_subject(self) -> str:
        return f"opening.request:{self.public_id}"


class Voice(models.Model):
    """One person who asks for it: the first one and whoever joins. Never shown."""

    request = models.ForeignKey(DataRequest, on_delete=models.CASCADE, related_name="voices")
    person_key = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "person_key"], name="voice_once")]

    def __str__(self) -> str:
        return f"{self.request.number} {self.at:%F}"
