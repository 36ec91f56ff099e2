from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from diebian.standards.marks import Mark

from .facts import ItemFacts, facts_in


class ServiceItem(models.Model):
    """事项, as it is in force. Its columns and `journey` are made from its version."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    department = models.ForeignKey(
        "identity.Department", on_delete=models.PROTECT, related_name="+"
    )
    national_code = models.CharField("国家编码", max_length=33, blank=True)
    national_mark = models.CharField(max_length=20, blank=True)  # how sure the code is
    statutory_days = models.PositiveSmallIntegerField(null=True)
    statutory_unit = models.CharField(max_length=10, blank=True)
    statutory_source = models.CharField(max_length=200, blank=True)
    promised_days = models.PositiveSmallIntegerField(null=True)
    promised_mark = models.CharField(max_length=20, blank=True)  # how sure the promise is
    statutory_check = models.CharField(max_length=20, default="unknown")
    mark = models.CharField(max_length=20, default=Mark.SAMPLE.value)  # how sure the row is
    retired_on = models.DateField(null=True)  # no longer in the city's list; its cases stay
    fee = models.CharField(max_length=100, blank=True)
    words = models.TextField(blank=True)  # what people call it, for searching
    city_wide = models.BooleanField("全市通办", default=False)
    cross_region = models.BooleanField("跨省通办", default=False)
    asks_true_will = models.BooleanField("要问本人真实意愿", default=False)
    is_joint = models.BooleanField("几个部门统一、联合或集中办理", default=False)
    system = models.CharField("自建系统", max_length=40, blank=True)
    materials = ArrayField(models.CharField(max_length=40), default=list)  # codes, as in force
    journey = models.JSONField(null=True)  # None: the guide can be read, applying comes later
    digest = models.CharField(max_length=64, blank=True)  # of the city's row, as it was taken in

    def __str__(self) -> str:
        return self.name


class State(models.TextChoices):
    DRAFT = "draft", "草稿"
    OFFICE_REVIEW = "office_review", "待本部门审核"
    SUBMITTED = "submitted", "待主管部门审核"
    PASSED = "passed", "已通过，等生效日"
    IN_FORCE = "in_force", "正在执行"
    REPLACED = "replaced", "已被替代"


FIXED = (State.PASSED, State.IN_FORCE, State.REPLACED)  # its words change no more: see the trigger
UNDER_WAY = (State.DRAFT, State.OFFICE_REVIEW, State.SUBMITTED, State.PASSED)


class ItemVersion(models.Model):
    """What an item says from a day on: the whole of it, whoever wrote it."""

    item = models.ForeignKey(ServiceItem, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    journey = models.JSONField(null=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    why = models.CharField("修改的理由", max_length=300)
    written_by = models.CharField(max_length=100)
    written_at = models.DateTimeField()
    is_of_folder = models.BooleanField(default=False)  # taken in with the city's folder
    approved_by = models.CharField(max_length=100, blank=True)
    passed_by = models.CharField(max_length=100, blank=True)
    submitted_at = models.DateTimeField(null=True)
    valid_from = models.DateField("生效日", null=True)
    valid_until = models.DateField("最后一天", null=True)  # of one that was replaced
    reason = models.CharField("退回的理由", max_length=300, blank=True)

    class Meta:
        ordering = ["item", "number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="item_version_number"),
            models.UniqueConstraint(
                fields=["item"], condition=Q(state=State.IN_FORCE), name="item_one_in_force"
            ),
            models.UniqueConstraint(
                fields=["item"], condition=Q(state__in=UNDER_WAY), name="item_one_under_way"
            ),
            models.CheckConstraint(
                name="item_version_in_force_has_day",
                condition=~Q(state__in=FIXED) | Q(valid_from__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} 第 {self.number} 版"

    @property
    def facts(self) -> ItemFacts:
        return facts_in(self.document)

    @property
    def audit_subject(self) -> str:
        return f"item:{self.item.code}:{self.number}"
