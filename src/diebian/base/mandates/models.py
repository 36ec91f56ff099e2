from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Kind(models.TextChoices):
    RELATIVE = "relative", "亲友代办"
    AGENT = "agent", "企业经办"


class State(models.TextChoices):
    PROPOSED = "proposed", "等授权人同意"
    AGREED = "agreed", "已授权"
    DECLINED = "declined", "没有同意"
    ENDED = "ended", "已收回"


class Way(models.TextChoices):
    """How the giver agreed."""

    ONLINE = "online", "本人登录后同意"
    CARD = "card", "在窗口出示身份证，听读条款后复述口令"
    PAPER = "paper", "在窗口签纸质授权书"


class Tells(models.TextChoices):
    """How the giver learns of each act. Nobody needs a phone for it."""

    NOTICE = "notice", "在“消息”里告诉我"
    PAPER = "paper", "打电话或给我纸条，我不看手机"


class Mandate(models.Model):
    """授权: who lets whom act, for what, until which day (民法典 第一百六十五条).

    For named matters or for one field, never for everything. Its words are what was agreed to:
    they change no more, an end is added.
    """

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.RELATIVE)
    giver_key = models.CharField(max_length=40)
    giver_name = models.CharField("授权人", max_length=100)
    holder_key = models.CharField(max_length=40)
    holder_name = models.CharField("代办人", max_length=100)
    matters = ArrayField(models.CharField(max_length=40), default=list)  # codes
    titles = ArrayField(models.CharField(max_length=200), default=list)  # as they were read then
    field = models.CharField(max_length=18, blank=True)  # or all of one body: its credit code
    until = models.DateField("最后一天")
    tells = models.CharField(max_length=10, choices=Tells.choices, default=Tells.NOTICE)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    proposed_by = models.CharField(max_length=64)  # giver, holder, or the clerk's username
    proposed_by_name = models.CharField(max_length=100)
    proposed_at = models.DateTimeField()
    way = models.CharField(max_length=10, choices=Way.choices, blank=True)
    read_back = models.CharField("口令", max_length=6, blank=True)  # on the sheet that she reads
    paper = models.CharField("签名的纸质件在哪里", max_length=200, blank=True)
    agreed_at = models.DateTimeField(null=True)
    agreed_by_name = models.CharField(max_length=100, blank=True)  # the giver, or the clerk
    ended_at = models.DateTimeField(null=True)
    ended_by_name = models.CharField(max_length=100, blank=True)
    ended_why = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["holder_key", "giver_key"], name="mandate_holder"),
            models.Index(fields=["giver_key"], name="mandate_giver"),
        ]
        constraints = [
            models.CheckConstraint(
                name="mandate_never_everything",
                condition=(Q(field="") & Q(matters__len__gt=0)) | (~Q(field="") & Q(matters=[])),
            ),
            models.CheckConstraint(
                name="mandate_to_another", condition=~Q(giver_key=models.F("holder_key"))
            ),
            models.CheckConstraint(
                name="mandate_agreed_says_how",
                condition=~Q(state="agreed") | (Q(agreed_at__isnull=False) & ~Q(way="")),
            ),
            models.UniqueConstraint(  # a form posted twice is one proposal
                name="mandate_proposed_once",
                fields=["giver_key", "holder_key", "matters", "field"],
                condition=Q(state="proposed"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver_name} → {self.holder_name}"

    @property
    def audit_subject(self) -> str:
        return f"mandate:{self.public_id}"


class Signed(models.Model):
    """The paper that the giver signed, scanned at the window. Added, never taken away."""

    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="signed")
    paper = models.ForeignKey("papers.Paper", on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.mandate} {self.at}"


class CompanyRegister(models.Model):
    """Where it is asked who represents a company: an interface that was granted. One, at most."""

    resource = models.CharField(max_length=60)
    system = models.CharField(max_length=64)
    purpose = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.resource


class Use(models.Model):
    """One act under a mandate: what was done, in which matter."""

    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="uses")
    at = models.DateTimeField()
    act = models.CharField(max_length=60)
    about = models.CharField(max_length=200)
    link = models.CharField(max_length=200, blank=True)
    told_at = models.DateTimeField(null=True)  # to a giver without a phone: by call or on paper
    told_by_name = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.mandate} {self.act}"
