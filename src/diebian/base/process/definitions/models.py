from django.db import models


class Language(models.TextChoices):
    BPMN = "bpmn", "流程图"
    DMN = "dmn", "决策表"


class Version(models.Model):
    """What was deployed, as it was drawn. A row is never changed: a case may go by it for years."""

    language = models.CharField(max_length=4, choices=Language.choices)
    key = models.CharField(max_length=100)
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)  # SHA-256 of the file
    file = models.BinaryField()
    deployed_at = models.DateTimeField()
    deployed_by = models.CharField(max_length=100)

    class Meta:
        db_table = "process_version"
        constraints = [
            models.UniqueConstraint(
                fields=["language", "key", "number"], name="process_version_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.number}"
