"""The ladder of reminders, for tasks and sheets: whoever acts, on the last day the head as well,
then the supervisor; what the supervisor leaves lying, the city's leaders.
"""

from collections.abc import Sequence

from django.db import transaction

from diebian.base.directory.public import working_calendar
from diebian.base.messages.public import climbed
from diebian.security.identity.public import Actor, Post, Refused, officials_holding
from diebian.standards.calendar import WorkingCalendar
from diebian.standards.dues import RUNGS
from diebian.standards.promises import Promise

from . import policy
from .models import OVER, WITH_SUPERVISOR, Sheet, Task
from .rows import carriers, supervisors, tell
from .sheets import fillers, tell_of_sheet
from .terms import due_of, promises, sheet_due

STEP, SHEET_STEP = "supervision.reminded", "supervision.sheet.reminded"


@transaction.atomic
def remind(*, by: Actor) -> int:
    """Each rung once; returns how many were told of. Run it as often as you like."""
    if not policy.may_run(by):
        raise Refused
    calendar, days, told = working_calendar(), promises(), 0
    rows = Task.objects.select_for_update(of=("self",)).select_related("lead")
    for task in rows.exclude(state__in=OVER).order_by("pk"):
        due, subject = due_of(task, calendar, days), task.audit_subject
        if due and (rung := climbed(task, due, calendar, action=STEP, subject=subject, by=by)):
            tell(_reached(task, rung), task, f"{RUNGS[rung]}：{due}。")
            told += 1
    return told + _sheets(calendar, days, by)


def _sheets(calendar: WorkingCalendar, days: Sequence[Promise], by: Actor) -> int:
    told = 0
    rows = Sheet.objects.select_for_update(of=("self",)).filter(state=Sheet.State.OPEN)
    for sheet in rows.select_related("site__department").order_by("pk"):
        due, subject = sheet_due(sheet, calendar, days), sheet.audit_subject
        if due is None:
            continue
        if rung := climbed(sheet, due, calendar, action=SHEET_STEP, subject=subject, by=by):
            late = supervisors() if rung == "late" else []
            tell_of_sheet([*fillers(sheet), *late], sheet, f"{RUNGS[rung]}：{due}。")
            told += 1
    return told


def _reached(task: Task, rung: str) -> list[str]:
    if task.state in WITH_SUPERVISOR:
        return [*supervisors(), *(officials_holding(Post.MAYOR) if rung == "late" else [])]
    code = task.lead.credit_code if task.lead else ""
    heads = officials_holding(Post.HEAD, department=code) if rung != "near" else []
    return [*carriers(task), *heads, *(supervisors() if rung == "late" else [])]
