from uuid import uuid4

from django.db import models
from django.db.models import Q


class State(models.TextChoices):
    TALKING = "talking", "双方协商中"
    COORDINATION = "coordination", "待数据主管部门协调"
    COORDINATED = "coordinated", "协调意见已出"
    GOVERNMENT = "government", "待政府决定"
    DECIDED = "decided", "已有结果"
    WITHDRAWN = "withdrawn", "已撤回"


UNSETTLED = [State.TALKING, State.COORDINATION, State.COORDINATED, State.GOVERNMENT]


class Outcome(models.TextChoices):
    UPHELD = "upheld", "维持原来的答复"
    OVERTURNED = "overturned", "改变原来的答复"


class How(models.TextChoices):
    """By what it came to an end."""

    TALK = "talk", "双方协商一致"
    COORDINATION = "coordination", "按数据主管部门的协调意见"
    GOVERNMENT = "government", "按政府的决定"


class Dispute(models.Model):
    """数据共享争议 (国务院令第809号 第二十六、二十八条): one answer that is not accepted.

    `kind` and `about` name the matter in the component whose it is; what it was called and whose
    it is are kept, so that the dispute can be read when the matter is gone.
    """

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.SlugField(max_length=40)
    about = models.CharField(max_length=64)
    title = models.CharField(max_length=300)
    answer = models.CharField("原来的答复", max_length=1000)
    link = models.CharField(max_length=200)
    asking = models.ForeignKey(
        "identity.Department", on_delete=models.PROTECT, null=True, related_name="+"
    )  # none where a person asks
    provider = models.ForeignKey("identity.Department", on_delete=models.PROTECT, related_name="+")
    bench = models.CharField("由哪里协调", max_length=6, blank=True)  # a county; empty: the city
    is_common = models.BooleanField("由共同的上级协调", default=False)
    opened_by = models.CharField(max_length=64)
    opened_by_name = models.CharField(max_length=100)
    opened_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=State.choices, default=State.TALKING)
    since = models.DateTimeField("这一步从何时起")
    reminded = models.CharField("已提醒到哪一级", max_length=20, blank=True)
    opinion = models.CharField("协调意见", max_length=20, choices=Outcome.choices, blank=True)
    document_no = models.CharField("政府决定的文号", max_length=60, blank=True)
    decided_on = models.DateField("政府决定的日期", null=True)
    outcome = models.CharField("结果", max_length=20, choices=Outcome.choices, blank=True)
    how = models.CharField("怎样了结", max_length=20, choices=How.choices, blank=True)
    ruling = models.CharField("结果的理由", max_length=1000, blank=True)
    carried_out_at = models.DateTimeField("已经落实", null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "since"], name="dispute_state")]
        constraints = [
            models.UniqueConstraint(
                name="dispute_open_once",
                fields=["kind", "about", "asking"],
                condition=Q(state__in=UNSETTLED),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="dispute_decided_says_how",
                condition=~Q(state=State.DECIDED) | (~Q(outcome="") & ~Q(how="") & ~Q(ruling="")),
            ),
            models.CheckConstraint(
                name="dispute_government_has_document",
                condition=~Q(how=How.GOVERNMENT)
                | (~Q(document_no="") & Q(decided_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def audit_subject(self) -> str:
        return f"dispute:{self.public_id}"

    @property
    def asker(self) -> str:
        return self.asking.name if self.asking else self.opened_by_name


class What(models.TextChoices):
    OPENED = "opened", "提出争议"
    SAID = "said", "说明"
    GAVE_WAY = "gave_way", "提供部门改变答复"
    WITHDRAWN = "withdrawn", "撤回争议"
    REFERRED = "referred", "协商不成，请求协调"
    ADVISED = "advised", "提出协调意见"
    PASSED_ON = "passed_on", "报政府决定"
    ACCEPTED = "accepted", "接受协调意见"
    OBJECTED = "objected", "不接受协调意见"
    STOOD = "stood", "期满没有异议，协调意见生效"
    RECORDED = "recorded", "登记政府的决定"
    CARRIED_OUT = "carried_out", "结果已经落实"


class Event(models.Model):
    """What was said or done, in its words. Both sides and the authority read all of it."""

    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="events")
    what = models.CharField(max_length=20, choices=What.choices)
    at = models.DateTimeField()
    by_key = models.CharField(max_length=64)
    by_name = models.CharField(max_length=100)
    department = models.CharField(max_length=18, blank=True)  # credit code
    text = models.CharField(max_length=1000, blank=True)

    def __str__(self) -> str:
        return f"{self.at:%F %T} {self.what}"
