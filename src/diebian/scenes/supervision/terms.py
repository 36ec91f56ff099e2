"""By when whoever acts has to act: from the city's days and the task's own."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

from diebian.kernel import clock
from diebian.standards.calendar import UnknownYear, WorkingCalendar
from diebian.standards.dues import Due, due_after
from diebian.standards.promises import Promise
from diebian.standards.sharing import Limit
from diebian.standards.supervision import Step, limit_of

from .models import OVER, UNDER_WAY, WITH_SUPERVISOR, Sheet, State, Task, Terms

SUPERVISORS = {
    State.RAISED: "立项",
    State.REGISTERED: "交办",
    State.CLAIMED: "核实",
    State.VERIFIED: "销号",
}


class Notice(StrEnum):
    """Of a task that is past its day."""

    NONE = ""
    YELLOW = "yellow"
    RED = "red"


def promises() -> list[Promise]:
    """For a list, asked once."""
    return [Promise(one.since, one.days) for one in Terms.objects.order_by("since")]


def limit(step: Step, told: Sequence[Promise], on: date) -> Limit:
    return limit_of(step, told, on)


def due_of(task: Task, calendar: WorkingCalendar, told: Sequence[Promise]) -> Due | None:
    """Of whoever acts now; None where it is over. While it goes on, the next report or the day of
    the task, whichever is first.
    """
    begun = task.since.astimezone(clock.CITY_TIME).date()
    if task.state in OVER:
        return None
    if task.state in WITH_SUPERVISOR:
        days = limit_of(Step.VERIFY, told, begun)
        return due_after(SUPERVISORS[State(task.state)], task.since, days, calendar)
    if task.state == State.ASSIGNED:
        return due_after("签收", task.since, limit_of(Step.ACCEPT, told, begun), calendar)
    report = due_after("反馈进展", task.since, limit_of(Step.REPORT, told, begun), calendar)
    if task.due is None or (report.on is not None and report.on < task.due):
        return report
    return Due("完成", task.due, clock.today() > task.due, source="交办时定下")


def is_overdue(task: Task, on: date) -> bool:
    """On a day; what was claimed in time and waits for the supervisor is not late."""
    if task.due is None or on <= task.due:
        return False
    return task.state in {State.ASSIGNED, *UNDER_WAY}


def notice_of(task: Task, calendar: WorkingCalendar, told: Sequence[Promise]) -> Notice:
    today = clock.today()
    if task.due is None or not is_overdue(task, today):
        return Notice.NONE
    red = limit_of(Step.RED, told, task.due).days
    try:
        late = calendar.between(task.due, today)
    except UnknownYear:  # counted in days, weekends and all
        late = (today - task.due).days
    return Notice.RED if late >= red else Notice.YELLOW


def sheet_due(sheet: Sheet, calendar: WorkingCalendar, told: Sequence[Promise]) -> Due | None:
    if sheet.state != Sheet.State.OPEN:
        return None
    begun = sheet.opened_at.astimezone(clock.CITY_TIME).date()
    return due_after("填报自查自评", sheet.opened_at, limit_of(Step.SHEET, told, begun), calendar)


def period_of(day: date) -> str:
    return f"{day.year}Q{(day.month + 2) // 3}"


def add_days(day: date, days: int, calendar: WorkingCalendar) -> date:
    """A day that people are given: where the year has no calendar yet, weeks of five days."""
    try:
        return calendar.add(day, days)
    except UnknownYear:
        return day + timedelta(days=days * 7 // 5)
