from django.contrib.postgres.indexes import BrinIndex
from django.db import models


class Read(models.Model):
    """One read of one person's data, written by the read path before the answer left (ADR 2).

    `request_id` is ours and names the call in the exchange's books as well (ADR 4). What the caller
    calls it stands beside it and decides nothing: a caller that repeats its own id reads again.
    """

    request_id = models.CharField(max_length=64, unique=True)
    client_call_id = models.CharField(max_length=64, blank=True)  # of a page: empty
    route = models.CharField(max_length=80, blank=True)  # the resource's slug; of a page: empty
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
            BrinIndex(fields=["at"], name="read_at"),  # rows come in this order: it costs nothing
        ]

    def __str__(self) -> str:
        return f"{self.at:%F %T} {self.resource}"


class MassRead(models.Model):
    """One reading of many persons at once: who, for whom, what for. Told once, shown to each."""

    request_id = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()
    reader_system = models.CharField(max_length=64)
    reader_person = models.CharField(max_length=100)
    department = models.CharField(max_length=18)
    purpose = models.CharField(max_length=200)
    case_no = models.CharField(max_length=40, blank=True)
    resource = models.CharField(max_length=200)
    columns = models.TextField()

    def __str__(self) -> str:
        return f"{self.at:%F %T} {self.resource}"


class MassReadSubject(models.Model):
    """That a person was among them. As narrow as can be: a reading may have a million of these."""

    subject = models.BinaryField(max_length=32)  # identity.subject_ref, as bytes
    read = models.ForeignKey(
        MassRead, on_delete=models.PROTECT, related_name="subjects", db_index=False
    )
    outcome = models.CharField(max_length=5)  # found or none

    class Meta:
        constraints = [
            # The index also finds a person's readings.
            models.UniqueConstraint(fields=["subject", "read"], name="mass_read_subject_once")
        ]

    def __str__(self) -> str:
        return f"{self.read_id} {self.outcome}"
