"""The last day of whoever acts now, from a limit of the law and the working calendar."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from diebian.kernel import clock

from .calendar import UnknownYear, WorkingCalendar, in_words
from .sharing import Limit

NEAR_DAYS = 2  # working days before the last one
NEVER_AHEAD = timedelta()
# From low to high: the first three of what ends by itself, the others of what somebody has to do.
RUNGS = {
    "month": "一个月内到期",
    "week": "一周内到期",
    "day": "马上到期",
    "soon": "不久到期",
    "near": "快到期了",
    "last": "今天是最后一天",
    "late": "已经超期",
}
NOTICE_DAYS = {"day": 1, "week": 7, "month": 30}  # calendar days before; this project's own
FAR = timedelta(days=max(NOTICE_DAYS.values()))


@dataclass(frozen=True)
class Due:
    """The last day of whoever acts now. `on` is None where the year has no calendar yet.

    `is_end`: nobody has to act; on that day it ends by itself.
    """

    what: str
    on: date | None
    is_late: bool
    source: str
    is_end: bool = False

    def __str__(self) -> str:
        if self.on is None:
            return f"{self.what}：放假安排公布后才能算出日期"
        if self.is_end:
            return f"{in_words(self.on)}{self.what}"
        return f"最晚 {in_words(self.on)}{self.what}{'，已超期' if self.is_late else ''}"


def due_after(what: str, since: datetime, limit: Limit, calendar: WorkingCalendar) -> Due:
    """`what` is the verb in Chinese; `since` starts the period and never counts itself."""
    try:
        on = calendar.add(since.astimezone(clock.CITY_TIME).date(), limit.days)
    except UnknownYear:  # the notice of the coming year is not out yet: no notice, no guess
        return Due(what, None, is_late=False, source=limit.source)
    return Due(what, on, clock.today() > on, limit.source)


def rung_of(due: Due, calendar: WorkingCalendar, *, ahead: timedelta = NEVER_AHEAD) -> str:
    """How far up the ladder of reminders it is today; empty while there is time.

    `ahead`: the days before the last one on which the ladder begins, for what takes long.
    """
    today = clock.today()
    if due.on is None:
        return ""
    if due.is_end:
        left = (due.on - today).days
        return next((rung for rung, days in NOTICE_DAYS.items() if 0 <= left <= days), "")
    if today > due.on:
        return "late"
    if today == due.on:
        return "last"
    if today >= near_from(due.on, calendar):
        return "near"
    return "soon" if today >= due.on - ahead else ""


def near_from(last: date, calendar: WorkingCalendar) -> date:
    """A day that somebody wrote down may lie in a year that has no calendar yet."""
    try:
        return calendar.back(last, NEAR_DAYS)
    except UnknownYear:
        return last - timedelta(days=NEAR_DAYS)


def is_higher(rung: str, reached: str) -> bool:
    """Each rung is told of once: is `rung` above the one that was `reached`?"""
    order = ["", *RUNGS]
    return order.index(rung) > order.index(reached)


def new_rung(
    due: Due | None,
    reached: str,
    calendar: WorkingCalendar,
    *,
    ahead: timedelta = NEVER_AHEAD,
) -> str:
    """The rung that nobody was told of yet; empty where there is none."""
    rung = rung_of(due, calendar, ahead=ahead) if due else ""
    return rung if is_higher(rung, reached) else ""
