"""What departments' systems answered otherwise than their entry and contract say."""

from django.db import models


class ContractFault(models.Model):
    """One kind of deviation of one interface on one day, and how often it came.

    `column` is empty where the whole answer was not as agreed and nothing of it was given on.
    """

    resource = models.CharField(max_length=80)  # slug
    day = models.DateField()
    column = models.CharField(max_length=60, blank=True)
    says = models.CharField(max_length=100)
    times = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "day", "column", "says"], name="contract_fault_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.resource} {self.day} {self.column} {self.says} {self.times}"
