"""When a hall is open: its sessions on working days. Pure: the calendar is handed in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from diebian.kernel.clock import CITY_TIME
from diebian.standards.calendar import WorkingCalendar


@dataclass(frozen=True)
class Session:
    opens: time
    closes: time


def sessions(hours: Sequence[str]) -> list[Session]:
    """Of `08:30-11:30` and its like, in order."""
    pairs = [told.split("-") for told in hours]
    return [Session(time.fromisoformat(opens), time.fromisoformat(ends)) for opens, ends in pairs]


def takes_numbers(hours: Sequence[str], calendar: WorkingCalendar, at: datetime) -> bool:
    """From the first opening to the last closing, over noon, too: who waits keeps their place."""
    local, told = at.astimezone(CITY_TIME), sessions(hours)
    is_time = told[0].opens <= local.time() < told[-1].closes
    return is_time and calendar.is_workday(local.date())


def opens_next(hours: Sequence[str], calendar: WorkingCalendar, at: datetime) -> datetime | None:
    """When numbers are taken again, while they are not; none where the calendar ends before."""
    local, first = at.astimezone(CITY_TIME), sessions(hours)[0].opens
    for day in days_ahead(calendar, local.date(), 1):
        opens = datetime.combine(day, first, CITY_TIME)
        if opens > local:
            return opens
    return None


def slots(hours: Sequence[str], minutes: int) -> Iterator[time]:
    """Beginnings of as many slots as fit into the sessions of a day."""
    step, any_day = timedelta(minutes=minutes), date.min
    for one in sessions(hours):
        at, end = datetime.combine(any_day, one.opens), datetime.combine(any_day, one.closes)
        while at + step <= end:
            yield at.time()
            at += step


def days_ahead(calendar: WorkingCalendar, today: date, count: int) -> list[date]:
    """Today, where work is done, and the next `count` working days that the calendar knows."""
    found: list[date] = []
    day = today
    while len(found) <= count and day in calendar.days:
        if calendar.is_workday(day):
            found.append(day)
        day += timedelta(days=1)
    return found
