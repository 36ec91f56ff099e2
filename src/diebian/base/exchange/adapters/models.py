"""Nodes above the city whose interfaces we pass on, and how often they were asked."""

import re
from urllib.parse import urlsplit

from django.db import models

ADDRESS = r"^https?://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?(/[A-Za-z0-9_.~-]+)*\Z"


def is_address(told: str) -> bool:
    """Of a service: no user, query or fragment in it, and a port that there is."""
    try:
        return bool(re.match(ADDRESS, told)) and urlsplit(told).port != 0
    except ValueError:
        return False


class Level(models.TextChoices):
    NATIONAL = "national", "国家级"
    PROVINCE = "province", "省级"


class Circuit(models.TextChoices):
    """Whether the broker lets calls through to a node."""

    CLOSED = "closed", "正常转发"
    OPEN = "open", "已停止转发"
    HALF_OPEN = "half_open", "正在试探"


class Upstream(models.Model):
    """上级节点. A resource whose contract names this `system` is passed on (代理).

    `address` is empty for a node that is set like a department's system: by the environment. The
    key itself is with `security.keys`, under `held_as`: a key that came with another address has
    another name, so that no call goes with the one to the other.
    """

    system = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=100)
    level = models.CharField(max_length=20, choices=Level.choices)
    address = models.CharField("地址", max_length=200, blank=True)
    key_id = models.CharField("密钥编号", max_length=60)
    held_as = models.CharField(max_length=80)  # under which name `security.keys` holds the key
    key_since = models.DateTimeField("这把密钥自")
    opens_after = models.PositiveSmallIntegerField("连续失败几次就停止转发", default=5)
    rests_seconds = models.PositiveSmallIntegerField("停多久再试探", default=30)
    circuit = models.CharField(max_length=10, choices=Circuit.choices, default=Circuit.CLOSED)
    circuit_since = models.DateTimeField(null=True)
    circuit_reason = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.title

    @property
    def audit_subject(self) -> str:
        return f"exchange.upstream:{self.system}"


def key_name(system: str) -> str:
    return f"upstream-{system}"


class UpstreamDay(models.Model):
    """How often one interface of a node was asked on a day of the city: counted before it is sent.

    `told_out`: the node itself said that the day's calls are used up.
    """

    upstream = models.ForeignKey(Upstream, on_delete=models.PROTECT, related_name="days")
    interface = models.CharField(max_length=200)  # the path at the node
    day = models.DateField()
    used = models.PositiveIntegerField(default=0)
    told_out = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["upstream", "interface", "day"], name="upstream_day_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.upstream_id} {self.interface} {self.day} {self.used}"


class UpstreamAddress(models.Model):
    """Where a node was from when on, by whose word and why. The newest is the one that is used."""

    upstream = models.ForeignKey(Upstream, on_delete=models.PROTECT, related_name="addresses")
    address = models.CharField(max_length=200, blank=True)
    key_id = models.CharField(max_length=60)
    since = models.DateTimeField()
    by = models.CharField(max_length=100)
    reason = models.CharField(max_length=300)

    def __str__(self) -> str:
        return f"{self.upstream} {self.since:%F %T} {self.address}"
