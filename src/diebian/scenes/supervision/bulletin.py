"""督查通报: a month as everybody who supervises reads it, with the overdue ones by name."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from io import StringIO

from diebian.base.directory.public import working_calendar
from diebian.kernel import clock
from diebian.kernel.cells import safe_text

from .models import Task, TaskEvent, What
from .selectors import Counts, DepartmentLine, TaskLine, by_department, count
from .terms import due_of, is_overdue, notice_of, promises

COLUMNS = ("编号", "事项", "牵头单位", "责任人", "完成时限", "现在", "通报")
NOTICES = {"red": "红牌", "yellow": "黄牌", "": ""}


@dataclass(frozen=True)
class Bulletin:
    month: date
    counts: Counts
    departments: Sequence[DepartmentLine]
    overdue: Sequence[TaskLine]
    closed: Sequence[Task]  # in the month
    extended: Sequence[TaskEvent]  # in the month


def bulletin(month: date) -> Bulletin:
    """As it stands now; what was closed and extended is of the month."""
    first = month.replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    since, until = clock.midnight(first), clock.midnight(following)
    tasks = list(Task.objects.select_related("lead").order_by("due", "code"))
    calendar, days, today = working_calendar(), promises(), clock.today()
    late = [one for one in tasks if is_overdue(one, today)]
    events = TaskEvent.objects.filter(what=What.LONGER, at__gte=since, at__lt=until)
    return Bulletin(
        month=first,
        counts=count(tasks),
        departments=by_department(tasks),
        overdue=[
            TaskLine(one, due_of(one, calendar, days), notice_of(one, calendar, days))
            for one in late
        ],
        closed=[
            one for one in tasks if one.closed_at is not None and since <= one.closed_at < until
        ],
        extended=list(events.select_related("task__lead").order_by("at")),
    )


def as_csv(told: Bulletin) -> str:
    """Every task that is named: overdue, closed, extended. With a mark that spreadsheets know."""
    out = StringIO()
    out.write("\ufeff")
    lines = csv.writer(out)
    lines.writerow(COLUMNS)
    lines.writerows(_rows(told))
    return out.getvalue()


def _rows(told: Bulletin) -> Iterator[list[str]]:
    for line in told.overdue:
        yield _row(line.task, f"超期，{NOTICES[line.notice]}")
    for task in told.closed:
        yield _row(task, "本月销号")
    for event in told.extended:
        yield _row(event.task, "本月延期")


def _row(task: Task, says: str) -> list[str]:
    lead = task.lead.name if task.lead else ""
    state = str(task.get_state_display())
    cells = (task.code, task.title, lead, task.owner_name, f"{task.due or ''}", state, says)
    return [safe_text(cell) for cell in cells]
