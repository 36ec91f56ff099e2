"""Which cases are going on: without one nothing is verified."""

from django.db import models


class LiveCase(models.Model):
    """A case that a system says is going on, and a person whom it is about. Without one nothing is
    verified: a number that occurs to somebody is no case.
    """

    system = models.CharField(max_length=64)
    case_no = models.CharField(max_length=40)
    subject = models.CharField(max_length=64)  # blind: identity.subject_ref
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["system", "case_no", "subject"], name="live_case_person_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.system} {self.case_no}"

    @property
    def audit_subject(self) -> str:
        return f"exchange.case:{self.system}:{self.case_no}"
