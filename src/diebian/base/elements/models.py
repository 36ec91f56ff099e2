from uuid import uuid4

from django.db import models
from django.db.models import Q

from diebian.standards.elements import Check
from diebian.standards.metadata import ItemType


class State(models.TextChoices):
    """注册状态, those of GB/T 18391.6 that a city needs; `DECLINED` is this project's own."""

    CANDIDATE = "candidate", "候选"
    STANDARD = "standard", "标准"
    RETIRED = "retired", "退役"
    DECLINED = "declined", "未采纳"


class Element(models.Model):
    """数据元 (GB/T 18391, GB/T 19488): one kind of value, defined once for every department.

    What it means is never altered by a page: it is retired, and another one is proposed. Only the
    city's folder renews its own. `identifier` is given when it is registered.
    """

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    identifier = models.CharField("标识符", max_length=40, unique=True, null=True, blank=True)
    name = models.CharField("名称", max_length=100)
    aliases = models.JSONField("同义名称", default=list)
    definition = models.CharField("定义", max_length=500)
    type = models.CharField("类型", max_length=2, choices=ItemType.choices)
    format = models.CharField("表示格式", max_length=20, blank=True)
    check_kind = models.CharField("校验", max_length=20, choices=Check.choices, blank=True)
    codes = models.JSONField("值域", default=list)  # [code, meaning], in their order
    source = models.CharField("出处", max_length=300)
    mark = models.CharField(max_length=20)  # how sure it is; of the city's folder
    state = models.CharField(max_length=20, choices=State.choices, default=State.CANDIDATE)
    from_city = models.BooleanField(default=False)
    proposer = models.ForeignKey(
        "identity.Department", on_delete=models.PROTECT, null=True, related_name="+"
    )  # none where the city's folder says it
    proposed_by = models.CharField(max_length=100, blank=True)
    why = models.CharField("为什么需要", max_length=300, blank=True)
    reason = models.CharField("不采纳或退役的理由", max_length=300, blank=True)
    since = models.DateTimeField("这一状态从何时起")
    reminded = models.CharField(max_length=10, blank=True)  # the rung of the ladder told of last
    initials = models.CharField(max_length=200, blank=True)  # of name and aliases, for searching
    search_text = models.TextField(blank=True)  # the name in its first line, in small letters

    class Meta:
        ordering = ["identifier", "pk"]
        constraints = [
            models.CheckConstraint(
                name="element_registered_has_identifier",
                condition=~Q(state__in=[State.STANDARD, State.RETIRED])
                | Q(identifier__isnull=False),
            ),
            models.CheckConstraint(
                name="element_ended_has_reason",
                condition=~Q(state__in=[State.RETIRED, State.DECLINED]) | ~Q(reason=""),
            ),
            models.UniqueConstraint(
                name="element_name_once", fields=["name"], condition=Q(state=State.STANDARD)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_subject(self) -> str:
        return f"element:{self.public_id}"
