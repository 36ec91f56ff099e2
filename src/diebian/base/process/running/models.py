"""The schema of the state. The engine itself reads and writes it by the statements in `rows`."""

from django.db import models
from django.db.models import Q

from diebian.base.process.definitions.models import Version


class CaseState(models.TextChoices):
    OPEN = "open", "办理中"
    CLOSED = "closed", "已办结"


class Case(models.Model):
    """事项的一件: it keeps the version that it began under.

    `business_key` is what the component that owns the matter calls it: opened once under it.
    """

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="cases")
    business_key = models.CharField(max_length=100, unique=True)
    title = models.CharField(max_length=200)
    department = models.CharField(max_length=18)  # credit code: who answers for it
    person = models.CharField(max_length=64, blank=True)  # key of whom it is about
    parent = models.BigIntegerField(null=True)
    parent_token = models.IntegerField(null=True)
    depth = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=6, choices=CaseState.choices, default=CaseState.OPEN)
    outcome = models.CharField(max_length=100, blank=True)
    sequence = models.IntegerField(default=0)  # numbers tokens and lines of the log
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "process_case"
        indexes = [
            models.Index(
                fields=["parent"], name="process_case_parent", condition=Q(parent__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="process_case_closed_says_how",
                condition=Q(state=CaseState.OPEN) | (Q(closed_at__isnull=False) & ~Q(outcome="")),
            ),
        ]

    def __str__(self) -> str:
        return self.business_key


class Standing(models.TextChoices):
    """What a token does where it stands."""

    TASK = "task", "待人办理"
    ASIDE = "aside", "待人会签"
    SERVICE = "service", "待系统办理"
    MESSAGE = "message", "等消息"
    TIMER = "timer", "等时间"
    CALL = "call", "等另一件"
    FORK = "fork", "等并行分支"
    MANY = "many", "等各份办完"
    SCOPE = "scope", "子流程办理中"
    QUEUED = "queued", "等前一份办完"
    STUCK = "stuck", "走不下去"


WORKED_ON = [Standing.TASK, Standing.ASIDE]


class Token(models.Model):
    """Where a case is. Those that people work on carry what a work list asks."""

    pk = models.CompositePrimaryKey("case_id", "number")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False)
    number = models.IntegerField()
    parent = models.IntegerField(null=True)  # the fork, the sub-process or the list around it
    element = models.CharField(max_length=100)
    standing = models.CharField(max_length=8, choices=Standing.choices)
    item = models.CharField(max_length=200, blank=True)  # of a multi-instance, from outside in
    round = models.PositiveIntegerField()
    wanted = models.PositiveIntegerField(null=True)  # branches or items
    arrived = models.PositiveIntegerField(null=True)
    child = models.BigIntegerField(null=True)  # the called case
    outcome = models.CharField(max_length=100, blank=True)  # that a scope has come to so far
    department = models.CharField(max_length=18, blank=True)
    post = models.CharField(max_length=40, blank=True)
    holder = models.CharField(max_length=64, blank=True)  # who claimed it
    since = models.DateTimeField()

    class Meta:
        db_table = "process_token"
        indexes = [
            models.Index(
                fields=["department", "post", "since", "case", "number"],
                name="process_token_desk",
                condition=Q(standing__in=["task", "aside"]),
            ),
            models.Index(
                fields=["holder", "since", "case", "number"],
                name="process_token_holder",
                condition=~Q(holder=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}:{self.number} {self.element}"


class Decision(models.Model):
    """What an element came to: a row for each round and item. A new round forgets nothing."""

    pk = models.CompositePrimaryKey("case_id", "element", "round", "item")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False)
    element = models.CharField(max_length=100)
    round = models.PositiveIntegerField()
    item = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=100)
    token = models.IntegerField()  # the task that it was
    by_key = models.CharField(max_length=64, blank=True)
    by_name = models.CharField(max_length=100)
    department = models.CharField(max_length=18, blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    evidence = models.JSONField(null=True)  # which rules fired, what a system answered
    at = models.DateTimeField()

    class Meta:
        db_table = "process_decision"

    def __str__(self) -> str:
        return f"{self.case_id} {self.element} {self.outcome}"


class Revision(models.Model):
    """The case's form, numbered: what was decided on is still there when it has changed."""

    pk = models.CompositePrimaryKey("case_id", "number")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False)
    number = models.PositiveIntegerField()
    form = models.JSONField()
    by_name = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        db_table = "process_revision"

    def __str__(self) -> str:
        return f"{self.case_id} {self.number}"


class StepLog(models.Model):
    """One step: who did what, and all that happened to the case by it, in order."""

    pk = models.CompositePrimaryKey("case_id", "number")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False)
    number = models.IntegerField()
    at = models.DateTimeField()
    action = models.CharField(max_length=40)
    by_key = models.CharField(max_length=64, blank=True)
    by_name = models.CharField(max_length=100)
    events = models.JSONField()

    class Meta:
        db_table = "process_steplog"

    def __str__(self) -> str:
        return f"{self.case_id} {self.number} {self.action}"


class JobKind(models.TextChoices):
    SERVICE = "service", "调用系统"
    TIMER = "timer", "到时间"
    CHILD = "child", "另一件办结"
    WITHDRAW = "withdraw", "撤回另一件"


class JobState(models.TextChoices):
    DUE = "due", "待办"
    DONE = "done", "已办"
    CANCELLED = "cancelled", "不必再办"
    ILL = "ill", "待人处理"


class Job(models.Model):
    """The outbox and the timers: what is to be done for a case outside of the step that wants it.

    `key` is handed to whoever is called: the same call twice is recognised by it.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False)
    token = models.IntegerField(null=True)
    kind = models.CharField(max_length=8, choices=JobKind.choices)
    key = models.CharField(max_length=160, unique=True)
    facts = models.JSONField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=JobState.choices, default=JobState.DUE)
    tries = models.PositiveIntegerField(default=0)
    lease = models.UUIDField(null=True)  # whose turn it is; a turn that came to nothing ends
    ended_at = models.DateTimeField(null=True)
    said = models.CharField(max_length=500, blank=True)

    class Meta:
        db_table = "process_job"
        indexes = [
            models.Index(fields=["due_at"], name="process_job_due", condition=Q(state="due")),
            models.Index(fields=["case"], name="process_job_case", condition=Q(state="due")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Incident(models.Model):
    """A case cannot go on by itself: why, in a sentence, until a person has seen to it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="incidents")
    token = models.IntegerField(null=True)
    job = models.BigIntegerField(null=True)
    element = models.CharField(max_length=100, blank=True)
    sentence = models.CharField(max_length=1000)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=100, blank=True)

    class Meta:
        db_table = "process_incident"
        indexes = [
            models.Index(
                fields=["at"], name="process_incident_open", condition=Q(settled_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.sentence


class Received(models.Model):
    """A message that was taken, under its sender's number: the second time is no second one."""

    pk = models.CompositePrimaryKey("case_id", "message", "number")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False)
    message = models.CharField(max_length=100)
    number = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        db_table = "process_received"

    def __str__(self) -> str:
        return f"{self.case_id} {self.message} {self.number}"
