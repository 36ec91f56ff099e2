from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from .carried_models import Carried, CarriedEvent
from .face_models import ItemMonth
from .handover_models import Handover
from .items.models import ItemVersion, ServiceItem
from .materials.models import Material
from .paper_models import HandedIn, Promise
from .rating_models import Invitation, OrderEvent, Rating, RatingOrder, RatingTerms
from .receptions.models import Reception
from .system_models import CaseSystem, Difference, Follow, Followed, Heard, Push
from .themes.models import (
    Application,
    ApplicationPaper,
    ApplicationPromise,
    Theme,
    ThemeDraft,
    ThemeVersion,
)
from .window_models import Guest, Handout, PaperScanned, PaperSheet, PaperTaken

__all__ = [
    "OPEN",
    "Application",
    "ApplicationPaper",
    "ApplicationPromise",
    "Carried",
    "CarriedEvent",
    "Case",
    "CaseEvent",
    "CaseSystem",
    "Channel",
    "Difference",
    "Fetched",
    "Follow",
    "Followed",
    "Guest",
    "HandedIn",
    "Handout",
    "Handover",
    "Heard",
    "Invitation",
    "ItemMonth",
    "ItemVersion",
    "KeptOutlook",
    "LedgerDay",
    "Material",
    "OrderEvent",
    "PaperScanned",
    "PaperSheet",
    "PaperTaken",
    "Promise",
    "Push",
    "Rating",
    "RatingOrder",
    "RatingTerms",
    "Reception",
    "ServiceItem",
    "State",
    "SupplementNotice",
    "Theme",
    "ThemeDraft",
    "ThemeVersion",
    "Verified",
]  # all tables, for Django


class State(models.TextChoices):
    DRAFT = "draft", "填写中"
    RECEIVED = "received", "已收件"
    UNDER_REVIEW = "under_review", "审核中"
    SUPPLEMENT = "supplement_requested", "等您补正"
    SPECIAL = "special_procedure", "特别程序中"
    SUSPENDED = "suspended", "已中止"
    APPROVED = "approved", "已准予"
    REFUSED = "refused", "不予办理"
    WITHDRAWN = "withdrawn", "已撤回"
    LAPSED = "lapsed", "草稿已到期"


class Channel(models.TextChoices):
    ONLINE = "online", "网上"
    WINDOW = "window", "窗口"


STOPPED = (State.SPECIAL, State.SUSPENDED)  # by the department; a supplement is the person's turn
OPEN = (State.RECEIVED, State.UNDER_REVIEW, State.SUPPLEMENT, *STOPPED)


class Case(models.Model):
    """办件. Its clock is derived from its events, never stored.

    It begins as a draft: the number exists before departments are asked, so that every read of
    the person's data stands under the case that it was made for.
    """

    case_no = models.CharField(max_length=30, unique=True)
    item = models.ForeignKey(ServiceItem, on_delete=models.PROTECT, related_name="cases")
    version = models.ForeignKey(  # as it was in force when the case was begun
        ItemVersion, on_delete=models.PROTECT, related_name="cases"
    )
    applicant_key = models.CharField(max_length=40)
    applicant_name = models.CharField(max_length=100)
    department = models.ForeignKey(  # who decides, as `competence` says; kept when the item moves
        "identity.Department", on_delete=models.PROTECT, related_name="+"
    )
    place = models.CharField(max_length=6, blank=True)  # where it is decided; empty: not asked
    competence = models.CharField(max_length=200, blank=True)  # why there, in words
    county = models.CharField(max_length=6, blank=True)
    chosen = models.JSONField(default=dict)  # answers to the item's questions
    form = models.JSONField(default=dict)
    stated_at = models.DateTimeField(null=True)  # when the form was filled and declared true
    journey = models.JSONField(null=True)  # as handed in, where its version declares none
    state = models.CharField(max_length=30, choices=State.choices, default=State.DRAFT)
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.ONLINE)
    opened_by = models.CharField(max_length=64)  # the key of a person, or the clerk's username
    true_will_at = models.DateTimeField(null=True)  # when an old applicant said it herself
    acted_by = models.CharField(max_length=40, blank=True)  # who acted for the applicant, last
    opened_at = models.DateTimeField()
    lapses_at = models.DateTimeField(null=True)  # when a draft goes that nobody has handed in
    received_at = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField(null=True)  # waiting for a department's system
    tries = models.PositiveIntegerField(default=0)
    waits_for = models.CharField(max_length=200, blank=True)
    attention = models.TextField(blank=True)  # what the reviewer should look at
    application = models.ForeignKey(  # of the theme that it is a member of
        Application, on_delete=models.PROTECT, null=True, related_name="cases"
    )

    class Meta:
        indexes = [
            models.Index(fields=["state", "received_at"], name="case_state"),
            models.Index(fields=["applicant_key"], name="case_applicant"),
            models.Index(fields=["received_at", "item"], name="case_received_item"),
            models.Index(fields=["department", "state", "received_at"], name="case_of_department"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["applicant_key", "item"],
                condition=Q(state=State.DRAFT),
                name="case_one_draft_per_item",
            ),
            models.UniqueConstraint(fields=["application", "item"], name="case_one_per_member"),
            models.CheckConstraint(
                name="case_received_has_moment",
                condition=Q(state__in=[State.DRAFT, State.LAPSED, State.WITHDRAWN])
                | Q(received_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.case_no

    def answers(self) -> dict[str, Any]:
        """What the departments have answered so far: rows by the slug of the ask."""
        return {fetched.resource: fetched.rows for fetched in self.fetched.all()}


class CaseEvent(models.Model):
    """What happened to a case, when, by whom. Rows are added, never changed.

    `cause` and `days`: what a stop is for and the working days that were told, the days of an
    extension, the kind of reason why a decision is late.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=30)
    at = models.DateTimeField()
    actor = models.CharField(max_length=100)
    reason = models.CharField(max_length=500, blank=True)
    cause = models.CharField(max_length=30, blank=True)
    days = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.case} {self.kind}"


class Fetched(models.Model):
    """What one resource answered for one case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="fetched")
    resource = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    call_id = models.CharField(max_length=64)
    rows = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "resource"], name="fetched_once_per_case")
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.resource}"


class Verified(models.Model):
    """核验: what a reviewer had compared, and how it came out; never a value, said or kept."""

    class Outcome(models.TextChoices):
        MATCHES = "matches", "一致"
        DIFFERS = "differs", "不一致"
        NONE = "none", "查无"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="verified")
    title = models.CharField(max_length=200)
    label = models.CharField(max_length=100)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    by_name = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "pk"]

    def __str__(self) -> str:
        return f"{self.case} {self.label}: {self.outcome}"


class SupplementNotice(models.Model):
    """补正: one list, once (行政许可法 第三十二条)."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="supplement")
    wanted = models.CharField(max_length=500)
    materials = ArrayField(models.CharField(max_length=40), default=list)  # codes, as chosen
    answer = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.wanted


class LedgerDay(models.Model):
    """免提交台账 on a day on which it changed: what was still brought, and what changed it."""

    day = models.DateField(unique=True)
    demanded = models.PositiveIntegerField()  # pairs of an item and a paper
    spared = models.PositiveIntegerField()
    brought = models.PositiveIntegerField()  # the same, weighted by the cases of twelve months
    open_pairs = models.JSONField()  # ["I0001 M003", …]
    changes = models.JSONField()  # sentences
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.day} {self.demanded}"


class Overran(models.TextChoices):
    """The kind of reason why a decision came after the promised day: public, so a fixed list."""

    SYSTEM = "system", "系统故障"
    OTHERS = "others", "等别的部门答复"
    COMPLEX = "complex", "情况复杂，核查用时长"
    VOLUME = "volume", "办件集中，人手不够"
    MISTAKE = "mistake", "经办疏忽"


class Extension(models.Model):
    """延长 (行政许可法 第四十二条): asked by the reviewer, decided by the head, granted once."""

    class State(models.TextChoices):
        ASKED = "asked", "等负责人决定"
        GRANTED = "granted", "已同意"
        DECLINED = "declined", "没有同意"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="extensions")
    days = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=500)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    asked_by = models.CharField(max_length=64)  # the key: nobody agrees to what they asked for
    asked_by_name = models.CharField(max_length=100)
    asked_at = models.DateTimeField()
    decided_by_name = models.CharField(max_length=100, blank=True)
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state__in=["asked", "granted"]),
                name="extension_once_per_case",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case} +{self.days}"


class Reminder(models.Model):
    """How far up its ladder of reminders one limit of a case is. A moved day begins anew."""

    class Limit(models.TextChoices):
        PROMISE = "promise", "承诺办结日"
        STATUTE = "statute", "法定办结日"
        STOP = "stop", "告知申请人的日子"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reminders")
    limit = models.CharField(max_length=10, choices=Limit.choices)
    due = models.DateField()
    reminded = models.CharField(max_length=10)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "limit", "due"], name="reminder_once_per_day")
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.limit} {self.reminded}"


class KeptOutlook(models.Model):
    """When the card of an open case changes and its next reminder is due, if nothing happens to it.

    Derived from its events, in the transaction that writes them, and derived again every night:
    the events are the truth, this is their index. A case that is over has none.
    """

    case = models.OneToOneField(
        Case, on_delete=models.PROTECT, primary_key=True, related_name="outlook"
    )
    yellow_from = models.DateField(null=True)
    red_from = models.DateField(null=True)
    look_on = models.DateField(null=True)  # the next day on which a rung of the ladder begins
    looked_on = models.DateField(null=True)  # by the last round; since the last event by none
    is_derived = models.BooleanField(default=False)  # not before its years have a calendar

    class Meta:
        indexes = [
            models.Index(fields=["red_from", "case"], name="outlook_red_since"),
            models.Index(fields=["yellow_from", "case"], name="outlook_yellow_since"),
            models.Index(fields=["look_on"], name="outlook_look"),
            models.Index(fields=["case"], condition=Q(is_derived=False), name="outlook_open"),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.look_on}"
