"""When a timer is due: the clock computes it, and a row keeps it."""

from datetime import datetime, timedelta

from diebian.base.directory.public import working_calendar
from diebian.base.process.definitions.drawing import Timer
from diebian.kernel import clock

ONE_DAY = timedelta(days=1)


def due_at(timer: Timer, since: datetime) -> datetime:
    """Days of the city's calendar end with the last of them. Raises `UnknownYear`."""
    if not timer.is_working:
        return since + timer.length
    day = since.astimezone(clock.CITY_TIME).date()
    calendar = working_calendar()
    last = calendar.add(day, timer.length.days)
    return clock.midnight(last + ONE_DAY)
