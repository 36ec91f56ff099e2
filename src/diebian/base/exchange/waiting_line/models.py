"""Times in which very many people ask one interface at once, as after an examination."""

from django.db import models
from django.db.models import F, Q

COUNTED = ("admitted", "kept", "told_to_wait", "turned_away")  # of a `SeasonPulse`


class Season(models.Model):
    """高峰期 of one resource: calls stand in line instead of failing, answers may be kept.

    `each_second`: what the department's system answers a second; the line moves that fast.
    """

    resource = models.ForeignKey("catalogue.Resource", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=100)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    each_second = models.PositiveIntegerField("系统每秒答几次")
    waiting_most = models.PositiveIntegerField("最多多少人排队")
    kept_minutes = models.PositiveIntegerField("同一个人的答复留用几分钟", default=0)
    ended_at = models.DateTimeField("提前结束", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="season_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(
                name="season_line_moves", condition=Q(each_second__gt=0, waiting_most__gt=0)
            ),
            models.UniqueConstraint(
                name="season_one_open", fields=["resource"], condition=Q(ended_at=None)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def audit_subject(self) -> str:
        return f"exchange.season:{self.pk}"


class SeasonPulse(models.Model):
    """What one broker tells each second of a season and of one system that calls in it, for the
    page of those who watch over it. `system` is empty in rows of before there were shares.
    """

    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="pulses")
    broker = models.CharField(max_length=60)
    system = models.CharField(max_length=64, blank=True, default="")
    at = models.DateTimeField()
    line_until = models.DateTimeField("队排到什么时候")
    waiting = models.PositiveIntegerField("它有多少人在排", default=0)
    share = models.PositiveIntegerField("它最多可以排多少人", default=0)
    admitted = models.PositiveBigIntegerField(default=0)  # asked the department
    kept = models.PositiveBigIntegerField(default=0)  # answered with what was kept
    told_to_wait = models.PositiveBigIntegerField(default=0)
    turned_away = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["season", "broker", "system"], name="season_pulse_once")
        ]

    def __str__(self) -> str:
        return f"{self.season_id} {self.broker} {self.system} {self.at:%T}"
