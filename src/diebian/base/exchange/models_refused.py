"""What refused calls were for. A call that was answered says it in the tracker's read."""

from django.db import models


class RefusedCall(models.Model):
    """Under the call's key (`Call.request_id`), appended only. `book`: the broker knows whom and
    which columns it was about, as far as it had come; the gateway what the caller said alone.
    """

    request_id = models.CharField(max_length=64)
    book = models.CharField(max_length=10)
    at = models.DateTimeField()
    purpose = models.CharField(max_length=200, blank=True)
    reader = models.CharField(max_length=100, blank=True)
    case_no = models.CharField(max_length=40, blank=True)
    subject = models.CharField(max_length=64, blank=True)  # blind: identity.subject_ref
    columns = models.TextField(blank=True)  # names, as the tracker has them
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request_id", "book"], name="refused_call_once")
        ]

    def __str__(self) -> str:
        return f"{self.at:%F %T} {self.request_id} {self.purpose}"
