"""Table of the room `face`. It leans on the cases, whose `models` lists every table of the scene:
so this one stands beside them.
"""

from django.db import models


class ItemMonth(models.Model):
    """What came of one item in one month, kept because everybody may look: derived from the cases
    alone, and again whenever something happened in the month.
    """

    item = models.ForeignKey(
        "services.ServiceItem", on_delete=models.PROTECT, related_name="months"
    )
    month = models.DateField()  # its first day
    received = models.PositiveIntegerField(default=0)
    decided = models.PositiveIntegerField(default=0)
    kept_promise = models.PositiveIntegerField(default=0)  # of those decided
    kept_law = models.PositiveIntegerField(default=0)
    causes = models.JSONField(default=dict)  # kinds of reasons where it was late, counted
    kept_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["month"], name="item_month_month")]
        constraints = [
            models.UniqueConstraint(fields=["item", "month"], name="item_month_once"),
            models.CheckConstraint(
                name="item_month_kept_within_decided",
                condition=models.Q(kept_promise__lte=models.F("decided"))
                & models.Q(kept_law__lte=models.F("decided")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.month:%Y-%m}"
