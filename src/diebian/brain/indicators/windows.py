"""Which time a figure speaks of. Days and months are the city's, not UTC's."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from diebian.kernel import clock


class Window(StrEnum):
    DAY = "day"  # from midnight
    MONTH = "month"  # from the first of the month
    TO_DATE = "to_date"  # everything until the end of the day
    NOW = "now"  # what stands at this moment; a past day cannot be told


@dataclass(frozen=True)
class Scope:
    """What is asked of a figure: `since <= moment < until`, and one county or all ("")."""

    since: datetime | None = None
    until: datetime | None = None
    county: str = ""


def scope(window: Window, day: date, county: str = "") -> Scope:
    if window == Window.NOW:
        return Scope(county=county)
    until = clock.midnight(day + timedelta(days=1))
    if window == Window.TO_DATE:
        return Scope(None, until, county)
    first = day if window == Window.DAY else day.replace(day=1)
    return Scope(clock.midnight(first), until, county)


def last_hours(hours: int) -> Scope:
    """Whole hours, the running one included."""
    running = clock.now().astimezone(clock.CITY_TIME).replace(minute=0, second=0, microsecond=0)
    return Scope(running - timedelta(hours=hours - 1), running + timedelta(hours=1))


def before(window: Window, day: date) -> date | None:
    """The day whose figure stands beside that of `day`; None where there is none to tell."""
    if window == Window.NOW:
        return None
    if window == Window.MONTH:
        return day.replace(day=1) - timedelta(days=1)
    return day - timedelta(days=1)
