"""A consumer's calls that look like a search for persons."""

from django.db import models
from django.db.models import Q


class LookAlarm(models.Model):
    """异常查询: one system asked one resource more than its contract declares as usual.

    Counts are the highest of any ten minutes while it is open. One that was looked into is over;
    what comes after it begins anew.
    """

    resource = models.CharField(max_length=80)  # slug
    system = models.CharField(max_length=64)
    raised_at = models.DateTimeField()
    last_at = models.DateTimeField()
    nobody = models.PositiveIntegerField()
    persons = models.PositiveIntegerField()
    says = models.CharField(max_length=200)  # which limit, as it was declared
    has_suspended = models.BooleanField(default=False)
    looked_at = models.DateTimeField(null=True)
    looked_by = models.CharField(max_length=100, blank=True)
    finding = models.CharField("核实的结果", max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "system"],
                name="look_alarm_open_once",
                condition=Q(looked_at=None),
            ),
            models.CheckConstraint(
                name="look_alarm_over_has_finding",
                condition=Q(looked_at=None) | ~Q(finding=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.system} {self.resource} {self.nobody}"

    @property
    def audit_subject(self) -> str:
        return f"exchange.alarm:{self.pk}"
