from django.db import models


class HandedIn(models.Model):
    """A file of one paper that a case wants. `material`: its code in the register, or its name."""

    case = models.ForeignKey("services.Case", on_delete=models.PROTECT, related_name="handed")
    material = models.CharField(max_length=200)
    paper = models.ForeignKey("papers.Paper", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by_name = models.CharField(max_length=100)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "material", "paper"], name="handed_in_once")
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.material}"


class Promise(models.Model):
    """容缺受理: the person brings the paper until that day; the case goes on meanwhile."""

    case = models.ForeignKey("services.Case", on_delete=models.PROTECT, related_name="promises")
    material = models.CharField(max_length=200)
    title = models.CharField(max_length=200)
    until = models.DateField()
    made_at = models.DateTimeField()
    by_name = models.CharField(max_length=100)
    reminded = models.CharField(max_length=10, blank=True)  # the rung that was told last

    class Meta:
        ordering = ["until", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "material"], name="promised_once_per_paper")
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.title}"
