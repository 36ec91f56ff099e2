"""What its department does to a licence that was issued here, after it was issued."""

from django.db import models
from django.db.models import F, Q

from .states import State


class Act(models.TextChoices):
    SUSPEND = "suspend", "暂扣"
    RESTORE = "restore", "恢复"
    REVOKE = "revoke", "吊销或撤销"
    CANCEL = "cancel", "注销"
    VOID = "void", "作废（发错了）"


LEADS_TO = {
    Act.SUSPEND: State.SUSPENDED,
    Act.RESTORE: State.IN_FORCE,
    Act.REVOKE: State.REVOKED,
    Act.CANCEL: State.CANCELLED,
    Act.VOID: State.VOID,
}


class Verdict(models.TextChoices):
    PROPOSED = "proposed", "等负责人同意"
    AGREED = "agreed", "已同意"
    DECLINED = "declined", "不同意"


class LicenceAct(models.Model):
    """Proposed by one, agreed to by the head of the body: two persons, which the database keeps."""

    licence = models.ForeignKey("licences.Licence", on_delete=models.PROTECT, related_name="acts")
    act = models.CharField(max_length=10, choices=Act.choices)
    reason = models.CharField(max_length=500)
    basis = models.CharField(max_length=200)  # the article
    proposed_by = models.CharField(max_length=64)
    proposed_by_name = models.CharField(max_length=100)
    proposed_at = models.DateTimeField()
    verdict = models.CharField(max_length=10, choices=Verdict.choices, default=Verdict.PROPOSED)
    decided_by = models.CharField(max_length=64, blank=True)
    decided_by_name = models.CharField(max_length=100, blank=True)
    decided_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=500, blank=True)  # it was declined

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["licence"], condition=Q(verdict="proposed"), name="licence_act_one_at_once"
            ),
            models.CheckConstraint(
                name="licence_act_by_two", condition=~Q(decided_by=F("proposed_by"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.licence} {self.act}"
