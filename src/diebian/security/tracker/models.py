from django.db import models


class Read(models.Model):
    """One read of one person's data, written by the read path before the answer left (ADR 2)."""

    request_id = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()
    subject = models.CharField(max_length=64)  # blind: identity.subject_ref
    reader_system = models.CharField(max_length=64)
    reader_person = models.CharField(max_length=100)
    department = models.CharField(max_length=18)
    purpose = models.CharField(max_length=200)
    case_no = models.CharField(max_length=40)
    resource = models.CharField(max_length=200)
    columns = models.TextField()
    outcome = models.CharField(max_length=20)  # found or none

    class Meta:
        indexes = [
            models.Index(fields=["subject", "at"], name="read_subject_at"),
            models.Index(fields=["case_no"], name="read_case_no"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%F %T} {self.resource}"
