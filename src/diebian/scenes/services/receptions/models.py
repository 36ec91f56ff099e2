from django.db import models


class Reception(models.Model):
    """收件: at whose window a case was taken in. Who decides it stands in the case itself."""

    case = models.OneToOneField("services.Case", on_delete=models.PROTECT, related_name="reception")
    department = models.ForeignKey(
        "identity.Department", on_delete=models.PROTECT, related_name="+"
    )
    county = models.CharField(max_length=6, blank=True)  # of the window; empty: the city's own hall
    clerk = models.CharField(max_length=64)
    clerk_name = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["department", "at"], name="reception_of_window")]

    def __str__(self) -> str:
        return f"{self.case} {self.department}"
