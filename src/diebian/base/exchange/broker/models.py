"""What the read path keeps: its own book, and what it counts against a grant."""

from django.db import models

from diebian.base.exchange.grants.models import Grant


class GrantDay(models.Model):
    """How often a grant with a daily limit was used on a day of the city."""

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="days")
    day = models.DateField()
    used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["grant", "day"], name="grant_day_once")]

    def __str__(self) -> str:
        return f"{self.grant_id} {self.day} {self.used}"


class VerifyDay(models.Model):
    """How often a grant asked about one person on one day: a guesser is stopped, a clerk is not."""

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=64)  # blind: identity.subject_ref
    day = models.DateField()
    used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["grant", "subject", "day"], name="verify_day_once")
        ]

    def __str__(self) -> str:
        return f"{self.grant_id} {self.day} {self.used}"


class JournalLine(models.Model):
    """The broker's own book (ADR 4): every call it answers, committed before the answer leaves.

    A line goes when the log has the same call; one left when its Envoy died becomes a `Call`.
    """

    instance = models.CharField(max_length=60)
    request_id = models.CharField(max_length=64)
    at = models.DateTimeField()
    route = models.CharField(max_length=80)
    system = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    milliseconds = models.PositiveIntegerField()
    code = models.CharField(max_length=60, blank=True, db_default="")

    class Meta:
        indexes = [models.Index(fields=["instance", "request_id"], name="journal_of_call")]

    def __str__(self) -> str:
        return f"{self.at:%F %T} {self.system} {self.route} {self.status}"


class RefusedCall(models.Model):
    """What a call that was refused was for. One that was answered says it in the tracker's read.

    Under the call's key (`Call.request_id`), appended only. `book`: the broker knows whom and
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
