"""Requests for data and the grants that come of them."""

from django.db import models
from django.db.models import Q

from diebian.standards.sharing import SharingType

from .volume import Per


class RequestState(models.TextChoices):
    OFFICE_REVIEW = "office_review", "待本单位审核"
    DECLINED = "declined", "本单位未同意"
    SUBMITTED = "submitted", "待提供部门答复"
    SUPPLEMENTING = "supplementing", "待申请部门补充"
    AGREED = "agreed", "已同意，待开通"
    REFUSED = "refused", "未同意"
    ACTIVE = "active", "已开通"
    CLOSING = "closing", "已停用，待处置数据"
    CLOSED = "closed", "已办结"


OPEN_STATES = [
    RequestState.OFFICE_REVIEW,
    RequestState.SUBMITTED,
    RequestState.SUPPLEMENTING,
    RequestState.AGREED,
]


ANSWERABLE = (RequestState.SUBMITTED, RequestState.SUPPLEMENTING)  # the provider's days run
REFUSAL = "share-refusal"  # what a refused request is called in a dispute


class Tier(models.TextChoices):
    """How fast one may call; the numbers are the gateway's."""

    TRIAL = "trial", "试用"
    STANDARD = "standard", "常规"
    BULK = "bulk", "批量"


class Mode(models.TextChoices):
    """怎样用. Through the gateway: 取数据 gives the rows, 核验 says of a claim only whether it is
    right. Else: the table's changes into a database, downloads, or 比对, where the platform
    compares whole tables and tells the outcome alone (`base/comparison`), or 合进基础库, where it
    makes one record of what several tables say (`base/masterdata`).
    """

    ROWS = "rows", "接口取数据"
    VERIFY = "verify", "接口只核验对不对"
    TABLE = "table", "库表送到本单位的库"
    FILE = "file", "文件由本单位下载"
    COMPARE = "compare", "批量比对"
    BASE = "base", "合进基础库"


CALLED = (Mode.ROWS, Mode.VERIFY)  # what the gateway serves
# Done by the platform itself over collected tables. Asked for by declaring it; no form offers it.
BY_PLATFORM = (Mode.COMPARE, Mode.BASE)


class Standing(models.TextChoices):
    ACTIVE = "active", "生效"
    SUSPENDED = "suspended", "暂停"
    ENDED = "ended", "已到期"
    RENEWED = "renewed", "已续期"
    REVOKED = "revoked", "已撤销"


class Extension(models.TextChoices):
    """延长答复: once, at most ten working days, with the authority's consent (第二十二条)."""

    ASKED = "asked", "待主管部门同意"
    GIVEN = "given", "已同意延长"
    DENIED = "denied", "未同意延长"


class ShareRequest(models.Model):
    """共享申请. States and days: 国务院令第809号 第二十至二十二条."""

    resource = models.ForeignKey("catalogue.Resource", on_delete=models.PROTECT, related_name="+")
    consumer = models.ForeignKey("identity.Department", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=200)  # a call under the grant must name the same one
    legal_basis = models.CharField(max_length=300)
    scene = models.CharField(max_length=200)
    columns = models.JSONField()
    tier = models.CharField(max_length=20, choices=Tier.choices)
    valid_to = models.DateField()
    mode = models.CharField(max_length=10, choices=Mode.choices, default=Mode.ROWS)
    daily_limit = models.PositiveIntegerField("每天最多次数", null=True)
    volume = models.PositiveBigIntegerField(
        "最多给多少", null=True
    )  # rows of a table, bytes of a file
    volume_per = models.CharField(max_length=5, choices=Per.choices, blank=True)
    masked = models.JSONField("脱敏后给的信息项", default=list)
    region = models.CharField("只给这个行政区划的", max_length=12, blank=True)
    sharing = models.CharField(  # the strictest of its columns when it was made: by it they reply
        "按哪一种答复", max_length=20, choices=SharingType.choices
    )
    renews = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="renewals")
    state = models.CharField(
        max_length=20, choices=RequestState.choices, default=RequestState.OFFICE_REVIEW
    )
    requested_by = models.CharField(max_length=64)
    reason = models.CharField("未同意的理由", max_length=300, blank=True)
    requested_at = models.DateTimeField()
    submitted_at = models.DateTimeField("提供部门收到", null=True)  # the reply clock starts
    agreed_at = models.DateTimeField(null=True)  # the provision clock starts
    supplement_wanted = models.CharField("请补充", max_length=300, blank=True)
    supplement_answer = models.CharField("补充", max_length=500, blank=True)
    extension_days = models.PositiveSmallIntegerField("要求延长的工作日", null=True)
    extension_reason = models.CharField("要求延长的理由", max_length=300, blank=True)
    extension = models.CharField(max_length=10, choices=Extension.choices, blank=True)
    extension_at = models.DateTimeField("要求延长", null=True)
    disposal = models.CharField("数据怎样处置了", max_length=300, blank=True)
    ruling = models.CharField("按裁定同意", max_length=1000, blank=True)  # how a dispute ended
    closing_at = models.DateTimeField("停用", null=True)  # the clock of the disposal starts

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="request_refused_has_reason",
                condition=~Q(state__in=[RequestState.REFUSED, RequestState.DECLINED])
                | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="request_extension_up_to_ten_days",
                condition=Q(extension_days=None)
                | (Q(extension_days__gte=1) & Q(extension_days__lte=10) & ~Q(extension_reason="")),
            ),
            models.CheckConstraint(
                name="request_volume_of_a_period",
                condition=Q(volume=None, volume_per="") | (Q(volume__gte=1) & ~Q(volume_per="")),
            ),
            models.UniqueConstraint(
                name="request_open_once",
                fields=["resource", "consumer", "purpose"],
                condition=Q(state__in=OPEN_STATES),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource} → {self.consumer}"

    @property
    def audit_subject(self) -> str:
        return f"exchange.request:{self.pk}"


class Grant(models.Model):
    """授权: this system may ask this resource, for this purpose, these columns, until this day.

    A column that the catalogue has come to withhold is not given from that moment on, whatever
    stands here; `withheld` only remembers of which ones the consumer has been told.
    `revoked_at` is all that the gateway asks: set, it serves no more. `standing` says whether that
    may be taken back (暂停, until what is wrong has been put right) or not (撤销).
    """

    request = models.OneToOneField(ShareRequest, on_delete=models.PROTECT, related_name="grant")
    system = models.CharField(max_length=64)
    granted_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    standing = models.CharField(max_length=20, choices=Standing.choices, default=Standing.ACTIVE)
    reason = models.CharField("暂停或撤销的理由", max_length=300, blank=True)
    rectified = models.CharField("怎样整改的", max_length=300, blank=True)  # else to be put right
    step_at = models.DateTimeField("整改或核实从何时起", null=True)
    withheld = models.JSONField("已告知不再给的信息项", default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="grant_serves_while_active",
                condition=Q(standing=Standing.ACTIVE, revoked_at__isnull=True)
                | (~Q(standing=Standing.ACTIVE) & Q(revoked_at__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.system} → {self.request.resource.slug}"

    @property
    def audit_subject(self) -> str:
        return f"exchange.grant:{self.pk}"
