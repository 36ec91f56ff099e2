"""The days that a case has to keep, and how far up its ladder of reminders each is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from diebian.standards.calendar import WorkingCalendar
from diebian.standards.deadlines import Card, Clock
from diebian.standards.dues import Due, near_from, rung_of
from diebian.standards.outlook import Outlook

from .models import Reminder

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Watched:
    """One day that a case has to keep."""

    limit: Reminder.Limit
    what: str
    on: date
    is_late: bool

    @property
    def due(self) -> Due:
        return Due(self.what, self.on, self.is_late, source="")


def watched(told: Clock) -> Iterator[Watched]:
    """While the clock stands its end moves: then the day that was told is what is due."""
    stop = told.open_stop
    if stop is not None:
        if stop.told is not None:
            what = f"结束{stop.title}"
            yield Watched(Reminder.Limit.STOP, what, stop.told, stop.is_over_told)
        return
    if told.promised_due is None or told.statutory_due is None:
        return
    what = "作出决定"
    yield Watched(Reminder.Limit.PROMISE, what, told.promised_due, told.is_past_promise)
    if told.statutory_due != told.promised_due:
        yield Watched(Reminder.Limit.STATUTE, what, told.statutory_due, told.is_past_statute)


def rung_today(day: Watched, told: Clock, calendar: WorkingCalendar) -> str:
    rung = rung_of(day.due, calendar)
    if day.limit == Reminder.Limit.PROMISE and rung in {"", "near"}:
        # As on the yellow card: a fifth is left, however long the whole is.
        return "near" if told.card == Card.YELLOW else ""
    return rung


def rung_days(ahead: Outlook, calendar: WorkingCalendar) -> Sequence[date]:
    """The days on which a rung begins, of all that the case has to keep; in order."""
    days: set[date] = set()
    for day in watched(ahead.clock):
        is_promise = day.limit == Reminder.Limit.PROMISE
        near = ahead.yellow_from if is_promise else near_from(day.on, calendar)
        days |= {day.on, day.on + A_DAY} | ({near} if near else set())
    return sorted({max(day, ahead.since) for day in days})
