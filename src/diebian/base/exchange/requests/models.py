"""Of which step of a request somebody was reminded, and how far up the ladder."""

from django.db import models


class Reminder(models.Model):
    """One step and its last day. Another last day, as after an extension, is another ladder."""

    request = models.ForeignKey(
        "exchange.ShareRequest", on_delete=models.PROTECT, related_name="reminders"
    )
    step = models.CharField(max_length=20)
    on = models.DateField("最后一天")
    rung = models.CharField("提醒到哪一级", max_length=10)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "step", "on"], name="reminder_once")
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.step} {self.on} {self.rung}"
