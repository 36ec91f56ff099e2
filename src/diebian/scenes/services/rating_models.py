"""Tables of the room `ratings`. It leans on the cases, whose `models` lists every table of the
scene: so these stand beside them.
"""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from diebian.standards.ratings import BAD_GRADES, Grade

LONGEST_WORDS = 500


class RatingTerms(models.Model):
    """What the city promises from a day on, and its words to tick. Rows are added, never changed:
    what began under them is counted by them.
    """

    since = models.DateField(unique=True)
    days = models.JSONField(default=dict)  # working days by `standards.ratings.Step`
    tags = models.JSONField(default=dict)  # words by grade
    mark = models.CharField(max_length=20, default="SAMPLE")

    def __str__(self) -> str:
        return f"{self.since}"


class Service(models.TextChoices):
    """What is rated: the case as a whole (一事一评), or one visit to a window (一次一评)."""

    CASE = "case", "办件全程"
    VISIT = "visit", "窗口服务"


class Invitation(models.Model):
    """One service that its applicant may rate once: everybody is invited, not only the happy.

    `code` is printed on the slip of a visit: whoever has it rates without signing in. `served_by`
    is the official's name, so that the one who is rated is not the one who deals with it.
    """

    case = models.ForeignKey("services.Case", on_delete=models.PROTECT, related_name="invitations")
    service = models.CharField(max_length=10, choices=Service.choices, default=Service.CASE)
    department = models.ForeignKey(
        "identity.Department", on_delete=models.PROTECT, related_name="+"
    )
    served_by = models.CharField(max_length=100, blank=True)
    code = models.CharField(max_length=12, unique=True)
    terms = models.ForeignKey(RatingTerms, on_delete=models.PROTECT, null=True, related_name="+")
    invited_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["invited_at"], condition=Q(reminded_at=None), name="invitation_unreminded"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["case", "service"], name="invitation_once_per_service")
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.service}"


class Showing(models.TextChoices):
    """Words are shown to everybody only after somebody has looked whether they name a person."""

    NONE = "none", "没有写话"
    WAITING = "waiting", "等审看"
    SHOWN = "shown", "已公开"
    WITHHELD = "withheld", "不公开"


class Rating(models.Model):
    """好差评 of one service, five grades, once (国办发〔2019〕51号).

    `void_reason`: found mistaken or malicious by the authority; it counts no more, and stays.
    """

    invitation = models.OneToOneField(Invitation, on_delete=models.PROTECT, related_name="rating")
    grade = models.PositiveSmallIntegerField(choices=Grade.choices)
    tags = ArrayField(models.CharField(max_length=30), default=list)
    words = models.CharField(max_length=LONGEST_WORDS, blank=True)
    showing = models.CharField(max_length=10, choices=Showing.choices, default=Showing.NONE)
    is_by_code = models.BooleanField(default=False)
    at = models.DateTimeField()
    second_grade = models.PositiveSmallIntegerField(choices=Grade.choices, null=True)
    second_words = models.CharField(max_length=LONGEST_WORDS, blank=True)
    second_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=LONGEST_WORDS, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["at"], name="rating_at"),
            models.Index(
                fields=["at"], condition=Q(showing="waiting"), name="rating_words_waiting"
            ),
        ]
        constraints = [
            models.CheckConstraint(name="rating_grade", condition=Q(grade__gte=1, grade__lte=5)),
            models.CheckConstraint(
                name="rating_second_has_moment",
                condition=Q(second_grade__isnull=True, second_at__isnull=True)
                | Q(second_grade__isnull=False, second_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grade}"

    @property
    def is_bad(self) -> bool:
        return self.grade in BAD_GRADES


class OrderState(models.TextChoices):
    OPEN = "open", "待回访"
    CALLED = "called", "整改中"
    ANSWERED = "answered", "已答复，等再评价"
    CONTESTED = "contested", "部门申诉，待决定"
    AGAIN = "again", "再次差评，待主管部门决定"
    CLOSED = "closed", "已办结"
    VOID = "void", "评价不计入"


WITH_DEPARTMENT = (OrderState.OPEN, OrderState.CALLED)
WITH_AUTHORITY = (OrderState.CONTESTED, OrderState.AGAIN)
UNSETTLED = (*WITH_DEPARTMENT, *WITH_AUTHORITY, OrderState.ANSWERED)


class Responsibility(models.TextChoices):
    STAFF = "staff", "工作人员服务"
    PROCESS = "process", "流程或时限"
    PAPERS = "papers", "要的材料"
    SYSTEM = "system", "系统或设备"
    RULES = "rules", "政策规定"
    NONE = "none", "查无责任"


class RatingOrder(models.Model):
    """差评工单: of the department, never of the rated person alone. Called back, put right and
    answered in the days that were promised when the service was given.
    """

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    rating = models.OneToOneField(Rating, on_delete=models.PROTECT, related_name="order")
    state = models.CharField(max_length=10, choices=OrderState.choices, default=OrderState.OPEN)
    handler = models.CharField(max_length=64, blank=True)  # an official's key
    handler_name = models.CharField(max_length=100, blank=True)
    opened_at = models.DateTimeField()
    since = models.DateTimeField("这一步从何时起")
    reminded = models.CharField("已提醒到哪一级", max_length=10, blank=True)
    responsibility = models.CharField(max_length=10, choices=Responsibility.choices, blank=True)
    fix = models.CharField("整改了什么", max_length=LONGEST_WORDS, blank=True)
    answer = models.CharField("给评价人的答复", max_length=LONGEST_WORDS, blank=True)
    answered_at = models.DateTimeField(null=True)  # the first time
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "since"], name="rating_order_state")]
        constraints = [
            models.CheckConstraint(
                name="rating_order_answered_says_what",
                condition=Q(answered_at=None)
                | (~Q(fix="") & ~Q(answer="") & ~Q(responsibility="")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.public_id}"

    @property
    def audit_subject(self) -> str:
        return f"rating_order:{self.public_id}"


class OrderWhat(models.TextChoices):
    OPENED = "opened", "转为工单"
    ASSIGNED = "assigned", "交办"
    REVEALED = "revealed", "取得联系方式，准备回访"
    CALLED = "called", "回访"
    MISSED = "missed", "没有联系上"
    ANSWERED = "answered", "整改并答复"
    CONTESTED = "contested", "申诉：误评或恶意"
    VOIDED = "voided", "申诉成立，评价不计入"
    UPHELD = "upheld", "申诉不成立，继续办理"
    RATED_AGAIN = "rated_again", "再次评价"
    SENT_BACK = "sent_back", "退回重办"
    CLOSED = "closed", "办结"


class OrderEvent(models.Model):
    """What was done about a bad rating, in words. Rows are added, never changed."""

    order = models.ForeignKey(RatingOrder, on_delete=models.PROTECT, related_name="events")
    what = models.CharField(max_length=15, choices=OrderWhat.choices)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=100)
    text = models.CharField(max_length=LONGEST_WORDS, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.order} {self.what}"
