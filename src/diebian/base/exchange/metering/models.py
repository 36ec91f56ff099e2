"""The book of calls, and how many there were, kept beside it by the database itself.

A trigger on `exchange_call` adds each new row in its own transaction, whoever wrote it; the book's
rows are never altered or taken away. So a count here is the count of the rows, always.
"""

from django.db import models

DELIVERY = "delivery"  # in the place of an instance's name: a use that no gateway saw
LOG_LOST = "LOGLOST"  # the flag of a call whose log line died with its Envoy
ANSWERED = 200  # the status of a call that got an answer


class Call(models.Model):
    """One request that the gateway took, read from its log. The key is the line's place.

    Or one delivery of a table or file (`uses`): then the instance is `delivery`.

    Status 0: the caller went before an answer. Flag `LOGLOST`: known from the journal only; then
    the place is inode 0 and the journal's number. `request_id` is the gateway's: under the same one
    stands what the call read (`tracker.Read`). `code`: why the broker refused.
    """

    instance = models.CharField(max_length=60)
    inode = models.BigIntegerField()
    offset = models.BigIntegerField()
    at = models.DateTimeField(db_index=True)
    request_id = models.CharField(max_length=64)
    route = models.CharField(max_length=80, blank=True)
    system = models.CharField(max_length=64, blank=True)
    status = models.PositiveSmallIntegerField()
    flags = models.CharField(max_length=40, blank=True)
    milliseconds = models.PositiveIntegerField(default=0)
    code = models.CharField(max_length=60, blank=True, db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["instance", "inode", "offset"], name="call_once")
        ]
        indexes = [
            models.Index(fields=["request_id"], name="call_request_id"),
            models.Index(fields=["route", "at"], name="call_route_at"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%F %T} {self.system} {self.route} {self.status}"


class MeterPosition(models.Model):
    """How far a log was read; moves in the transaction of the calls it covers."""

    instance = models.CharField(max_length=60)
    inode = models.BigIntegerField()
    offset = models.BigIntegerField(default=0)
    unreadable = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["instance", "inode"], name="meter_position_once")
        ]

    def __str__(self) -> str:
        return f"{self.instance}@{self.offset}"


class CallHour(models.Model):
    """Calls of one whole hour: for the course of a day, and for lists of an hour."""

    hour = models.DateTimeField()  # its beginning
    route = models.CharField(max_length=80, blank=True)
    system = models.CharField(max_length=64, blank=True)
    status = models.PositiveSmallIntegerField()
    calls = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hour", "route", "system", "status"], name="call_hour_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.hour:%F %H} {self.system} {self.route} {self.status} {self.calls}"


class CallTime(models.Model):
    """Calls of one day of the city that took so long: all else comes from these, also percentiles,
    exactly.
    """

    day = models.DateField()
    route = models.CharField(max_length=80, blank=True)
    system = models.CharField(max_length=64, blank=True)
    status = models.PositiveSmallIntegerField()
    milliseconds = models.PositiveIntegerField()
    calls = models.PositiveBigIntegerField()
    last = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "route", "system", "status", "milliseconds"], name="call_time_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.system} {self.route} {self.milliseconds} {self.calls}"
