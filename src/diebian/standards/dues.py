"""The last day of whoever acts now, from a limit of the law and the working calendar."""

from dataclasses import dataclass
from datetime import date, datetime

from diebian.kernel import clock

from .calendar import UnknownYear, WorkingCalendar, in_words
from .sharing import Limit


@dataclass(frozen=True)
class Due:
    """The last day of whoever acts now. `on` is None where the year has no calendar yet."""

    what: str
    on: date | None
    is_late: bool
    source: str

    def __str__(self) -> str:
        if self.on is None:
            return f"{self.what}：放假安排公布后才能算出日期"
        return f"最晚 {in_words(self.on)}{self.what}{'，已超期' if self.is_late else ''}"


def due_after(what: str, since: datetime, limit: Limit, calendar: WorkingCalendar) -> Due:
    """`what` is the verb in Chinese; `since` starts the period and never counts itself."""
    try:
        on = calendar.add(since.astimezone(clock.CITY_TIME).date(), limit.days)
    except UnknownYear:  # the notice of the coming year is not out yet: no notice, no guess
        return Due(what, None, is_late=False, source=limit.source)
    return Due(what, on, clock.today() > on, limit.source)
