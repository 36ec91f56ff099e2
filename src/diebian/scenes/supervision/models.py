from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

LONGEST_WORDS = 1000


class Terms(models.Model):
    """The city's days from a day on; what began before is counted by those that stood then."""

    since = models.DateField(unique=True)
    days = models.JSONField(default=dict)  # working days by `standards.supervision.Step`

    def __str__(self) -> str:
        return f"{self.since}"


class Programme(models.Model):
    """A set of tasks with one purpose."""

    slug = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=100)
    source = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return self.title


class State(models.TextChoices):
    RAISED = "raised", "待立项"
    REGISTERED = "registered", "已立项，待交办"
    ASSIGNED = "assigned", "待签收"
    ACCEPTED = "accepted", "已签收"
    REPORTING = "reporting", "推进中"
    CLAIMED = "claimed", "报完成，待核实"
    VERIFIED = "verified", "已核实，待销号"
    CLOSED = "closed", "已销号"
    DECLINED = "declined", "不予立项"


WITH_LEAD = (State.ASSIGNED, State.ACCEPTED, State.REPORTING)
UNDER_WAY = (State.ACCEPTED, State.REPORTING)
WITH_SUPERVISOR = (State.RAISED, State.REGISTERED, State.CLAIMED, State.VERIFIED)
OVER = (State.CLOSED, State.DECLINED)


class Origin(models.TextChoices):
    PLAN = "plan", "工作部署"
    MINUTES = "minutes", "会议纪要"
    INSTRUCTION = "instruction", "领导批示"
    PROPOSAL = "proposal", "建议提案"
    FINDING = "finding", "自查发现的问题"


class Task(models.Model):
    """督办事项. Claimed is not closed: the lead says that it is done, the supervisor verifies and
    closes (销号). `wanted`: what counts as done. `due` moves only by an extension, asked in time.
    """

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    code = models.CharField(max_length=40, unique=True)
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, null=True, related_name="tasks"
    )
    origin = models.CharField(max_length=12, choices=Origin.choices)
    origin_says = models.CharField(max_length=500, blank=True)
    title = models.CharField(max_length=200)
    wanted = models.CharField(max_length=LONGEST_WORDS)
    lead = models.ForeignKey(
        "identity.Department", on_delete=models.PROTECT, null=True, related_name="+"
    )
    co = ArrayField(models.CharField(max_length=18), default=list)  # credit codes
    owner = models.CharField(max_length=64, blank=True)  # an official's key
    owner_name = models.CharField(max_length=100, blank=True)
    due = models.DateField(null=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.RAISED)
    since = models.DateTimeField("这一步从何时起")
    reminded = models.CharField("已提醒到哪一级", max_length=10, blank=True)
    mark = models.CharField(max_length=20, default="REAL")
    raised_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "due"], name="task_state_due")]
        constraints = [
            models.CheckConstraint(
                name="task_assigned_has_lead_and_day",
                condition=Q(state__in=["raised", "registered", "declined"])
                | Q(lead__isnull=False, due__isnull=False),
            ),
            models.CheckConstraint(
                name="task_closed_has_moment",
                condition=~Q(state="closed") | Q(closed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def audit_subject(self) -> str:
        return f"task:{self.public_id}"


class TaskStep(models.Model):
    """分步: a part of a task with a day of its own."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="steps")
    title = models.CharField(max_length=200)
    due = models.DateField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due", "pk"]

    def __str__(self) -> str:
        return self.title


class What(models.TextChoices):
    RAISED = "raised", "提出"
    REGISTERED = "registered", "立项"
    DECLINED = "declined", "不予立项"
    ASSIGNED = "assigned", "交办"
    ACCEPTED = "accepted", "签收"
    HANDED_BACK = "handed_back", "退回，不是本单位的事"
    REPORTED = "reported", "反馈进展"
    STEP_DONE = "step_done", "完成一步"
    CLAIMED = "claimed", "报完成"
    VERIFIED = "verified", "核实完成"
    FAILED = "failed", "核实未完成，继续推进"
    CLOSED = "closed", "销号"
    URGED = "urged", "催办"
    ASKED_LONGER = "asked_longer", "申请延期"
    LONGER = "longer", "同意延期"
    NOT_LONGER = "not_longer", "不同意延期"


class TaskEvent(models.Model):
    """What was said or done, with evidence: a link into the platform. Rows are added alone."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="events")
    what = models.CharField(max_length=15, choices=What.choices)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=100)
    department = models.CharField(max_length=18, blank=True)  # credit code
    text = models.CharField(max_length=LONGEST_WORDS, blank=True)
    link = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(  # evidence never leads away from this site
                name="task_event_link_is_ours",
                condition=Q(link="") | Q(link__regex=r"^/([^/\\]|$)"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.what}"


class TaskFile(models.Model):
    """佐证: a file that came with an event, seen by whoever sees the task."""

    event = models.ForeignKey(TaskEvent, on_delete=models.PROTECT, related_name="files")
    paper = models.ForeignKey("papers.Paper", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.event} {self.paper}"


class TaskExtension(models.Model):
    """延期: asked for and decided before the day, or not at all."""

    class State(models.TextChoices):
        ASKED = "asked", "等决定"
        GRANTED = "granted", "已同意"
        DECLINED = "declined", "没有同意"

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="extensions")
    was = models.DateField()
    until = models.DateField()
    reason = models.CharField(max_length=LONGEST_WORDS)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    asked_by_name = models.CharField(max_length=100)
    asked_at = models.DateTimeField()
    decided_by_name = models.CharField(max_length=100, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["task"], condition=Q(state="asked"), name="task_extension_asked_once"
            ),
            models.CheckConstraint(name="task_extension_later", condition=Q(until__gt=F("was"))),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.until}"


class Site(models.Model):
    """A service centre, a branch or a station (驿站), which assesses itself each quarter."""

    class Kind(models.TextChoices):
        CENTRE = "centre", "政务服务中心"
        BRANCH = "branch", "分中心"
        STATION = "station", "驿站"

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    department = models.ForeignKey(
        "identity.Department", on_delete=models.PROTECT, related_name="+"
    )
    county = models.CharField(max_length=6, blank=True)
    mark = models.CharField(max_length=20, default="SAMPLE")
    retired_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.name


class Criterion(models.Model):
    """One line of the sheet: what is looked at, how, and how many points it gives at most."""

    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=200)
    how = models.CharField(max_length=500)
    points = models.PositiveSmallIntegerField()
    retired_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.title


class Sheet(models.Model):
    """自查自评表 of one site for one quarter. `is_sampled`: drawn, so it is scored again."""

    class State(models.TextChoices):
        OPEN = "open", "待填"
        SUBMITTED = "submitted", "已提交"
        CHECKED = "checked", "已复核"

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="sheets")
    period = models.CharField(max_length=6)  # 2026Q4
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    is_sampled = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    reminded = models.CharField("已提醒到哪一级", max_length=10, blank=True)
    submitted_at = models.DateTimeField(null=True)
    submitted_by_name = models.CharField(max_length=100, blank=True)
    checked_at = models.DateTimeField(null=True)
    checked_by_name = models.CharField(max_length=100, blank=True)

    class Meta:
        indexes = [models.Index(fields=["period", "state"], name="sheet_period_state")]
        constraints = [
            models.UniqueConstraint(fields=["site", "period"], name="sheet_once_per_period"),
            models.CheckConstraint(
                name="sheet_checked_was_sampled", condition=~Q(state="checked") | Q(is_sampled=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site} {self.period}"

    @property
    def audit_subject(self) -> str:
        return f"sheet:{self.public_id}"


class Score(models.Model):
    """One line of a sheet, as the criterion was then: the site's own points, the second look."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    how = models.CharField(max_length=500)
    most = models.PositiveSmallIntegerField()
    points = models.PositiveSmallIntegerField(null=True)
    says = models.CharField(max_length=500, blank=True)
    checked_points = models.PositiveSmallIntegerField(null=True)
    finding = models.CharField(max_length=500, blank=True)
    task = models.OneToOneField(
        Task, on_delete=models.PROTECT, null=True, related_name="finding"
    )  # 整改

    class Meta:
        ordering = ["criterion__code"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion"], name="score_once_per_criterion"),
            models.CheckConstraint(
                name="score_within_points",
                condition=(Q(points=None) | Q(points__lte=F("most")))
                & (Q(checked_points=None) | Q(checked_points__lte=F("most"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} {self.title}"
