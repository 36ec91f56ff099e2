"""How many calls there were, kept beside the book of calls by the database itself.

A trigger on `exchange_call` adds each new row in its own transaction, whoever wrote it; the book's
rows are never altered or taken away. So a count here is the count of the rows, always.
"""

from django.db import models


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
