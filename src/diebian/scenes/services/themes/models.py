from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from diebian.standards.marks import Mark

from .document import read
from .facts import Compiled, Place, Plan, Wording


class Kind(models.TextChoices):
    CROSS = "cross", "跨部门"
    PERSONAL = "personal", "一个部门"


class Theme(models.Model):
    """一件事, as the city's folder has it. What comes of it is its newest version."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    objects_of = models.CharField("服务对象", max_length=40)  # 自然人;法人
    department = models.ForeignKey(
        "identity.Department", on_delete=models.PROTECT, related_name="+"
    )
    mark = models.CharField(max_length=20, default=Mark.SAMPLE.value)
    members_mark = models.CharField(max_length=20, default=Mark.SAMPLE.value)
    places = models.JSONField()  # of its members, in order: code, after
    wordings = models.JSONField(default=dict)  # of questions, by slug: question, says
    of_folder = models.JSONField(null=True)  # the folder's places, where others were published
    fault = models.TextField(blank=True)  # why it cannot be compiled; its last version stays
    retired_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.name

    @property
    def plan(self) -> Plan:
        return plan_of(self.code, self.name, self.places, self.wordings)


def plan_of(code: str, name: str, places: Any, wordings: Any) -> Plan:
    """As JSON keeps them."""
    return Plan(
        code,
        name,
        tuple(Place(one["code"], tuple(one["after"])) for one in places),
        {slug: Wording(**said) for slug, said in wordings.items()},
    )


class ThemeVersion(models.Model):
    """What a theme was compiled to, from a moment on: never rewritten, whatever runs keeps it."""

    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    drawing = models.TextField()
    digest = models.CharField(max_length=64)
    compiler = models.PositiveSmallIntegerField(default=1)  # which made it: see `actions.COMPILER`
    compiled_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["theme", "number"], name="theme_version_number"),
        ]

    def __str__(self) -> str:
        return f"{self.theme} 第 {self.number} 版"

    @property
    def compiled(self) -> Compiled:
        return read(self.document, self.drawing)


class DraftState(models.TextChoices):
    WRITTEN = "written", "草稿"
    SUBMITTED = "submitted", "待主管部门审核"
    PUBLISHED = "published", "已发布"


class ThemeDraft(models.Model):
    """What the department that leads a theme wants it to be; who wrote it does not publish it."""

    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="drafts")
    places = models.JSONField()
    wordings = models.JSONField(default=dict)
    why = models.CharField("修改的理由", max_length=300)
    state = models.CharField(max_length=20, choices=DraftState.choices, default=DraftState.WRITTEN)
    written_by = models.CharField(max_length=100)
    written_by_key = models.CharField(max_length=64)
    written_at = models.DateTimeField()
    reason = models.CharField("退回的理由", max_length=300, blank=True)
    published_by = models.CharField(max_length=100, blank=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["theme"],
                condition=~Q(state=DraftState.PUBLISHED),
                name="theme_one_draft",
            )
        ]

    def __str__(self) -> str:
        return f"{self.theme} {self.get_state_display()}"

    @property
    def plan(self) -> Plan:
        return plan_of(self.theme.code, self.theme.name, self.places, self.wordings)


class ApplicationState(models.TextChoices):
    DRAFT = "draft", "填写中"
    RUNNING = "running", "办理中"
    ALL_DONE = "all_done", "都办成了"
    PARTLY_DONE = "partly_done", "办成了一部分"
    FAILED = "failed", "没有办成"
    WITHDRAWN = "withdrawn", "已撤回"
    LAPSED = "lapsed", "草稿已到期"


class Application(models.Model):
    """一件事的申请: the parent of its members' cases, which are ordinary ones of their departments.

    How far each member is, is told by the engine's case and by the member's own, never kept twice.
    """

    number = models.CharField(max_length=30, unique=True)
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="applications")
    version = models.ForeignKey(ThemeVersion, on_delete=models.PROTECT, related_name="+")
    applicant_key = models.CharField(max_length=40)
    applicant_name = models.CharField(max_length=100)
    members = ArrayField(models.CharField(max_length=40))  # codes of the items that were chosen
    dropped = ArrayField(models.CharField(max_length=40), default=list)  # taken back before begun
    answers = models.JSONField(default=dict)  # slug of a situation to what was chosen
    values = models.JSONField(default=dict)  # of the one form
    places = models.JSONField(default=dict)  # code of each member to where it is decided
    window = models.ForeignKey(  # that took it in
        "identity.Department", on_delete=models.PROTECT, null=True, related_name="+"
    )
    clerk_name = models.CharField(max_length=100, blank=True)
    state = models.CharField(
        max_length=20, choices=ApplicationState.choices, default=ApplicationState.DRAFT
    )
    is_at_window = models.BooleanField(default=False)
    opened_by = models.CharField(max_length=64)  # the applicant's key, or the clerk's username
    opened_at = models.DateTimeField()
    lapses_at = models.DateTimeField(null=True)  # when a draft goes that nobody has handed in
    true_will_at = models.DateTimeField(null=True)  # when an old applicant said it herself
    acted_by = models.CharField(max_length=40, blank=True)  # who acted for the applicant, last
    stated_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    asked_told_at = models.DateTimeField(null=True)  # the last notice of what has to be supplied
    ended_at = models.DateTimeField(null=True)
    runs_as = models.BigIntegerField(null=True)  # the engine's case

    class Meta:
        indexes = [models.Index(fields=["applicant_key"], name="application_applicant")]
        constraints = [
            models.UniqueConstraint(
                fields=["applicant_key", "theme"],
                condition=Q(state=ApplicationState.DRAFT),
                name="application_one_draft_per_theme",
            ),
            models.CheckConstraint(
                name="application_received_runs",
                condition=Q(
                    state__in=[
                        ApplicationState.DRAFT,
                        ApplicationState.LAPSED,
                        ApplicationState.WITHDRAWN,
                    ]
                )
                | Q(received_at__isnull=False, runs_as__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def audit_subject(self) -> str:
        return f"application:{self.number}"


class ApplicationPromise(models.Model):
    """容缺: a paper that follows until that day, promised once for all members that want it; it
    stands in the case of each of them. `identity` as of an `ApplicationPaper`.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="promises")
    identity = models.CharField(max_length=200)
    title = models.CharField(max_length=200)
    until = models.DateField()
    made_at = models.DateTimeField()
    by_name = models.CharField(max_length=100)

    class Meta:
        ordering = ["until", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "identity"], name="application_promises_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.title}"


class ApplicationPaper(models.Model):
    """A file of one paper that several members may want. `identity`: of the paper in the theme,
    whatever each member calls it."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="papers")
    identity = models.CharField(max_length=200)
    paper = models.ForeignKey("papers.Paper", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by_name = models.CharField(max_length=100)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "identity", "paper"], name="application_paper_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.identity}"
