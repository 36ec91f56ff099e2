"""Reads for the pages: tasks and sheets as somebody may see them, counted and opened."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from diebian.base.directory.public import working_calendar
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import Actor, Post, department_keys, department_names
from diebian.standards.dues import Due

from . import policy
from .models import (
    OVER,
    UNDER_WAY,
    WITH_LEAD,
    Programme,
    Sheet,
    State,
    Task,
)
from .terms import Notice, due_of, is_overdue, notice_of, period_of, promises, sheet_due

A_PAGE = 50
OVERDUE = "overdue"


@dataclass(frozen=True)
class TaskLine:
    task: Task
    due: Due | None
    notice: Notice


@dataclass(frozen=True)
class Counts:
    """Of some tasks. `closed` are those with 销号; the others are under way or wait."""

    whole: int = 0
    with_lead: int = 0
    claimed: int = 0
    closed: int = 0
    overdue: int = 0


@dataclass(frozen=True)
class DepartmentLine:
    code: str
    name: str
    counts: Counts


@dataclass(frozen=True)
class Asked:
    """What the list shows: of a programme, a department (credit code), a state or overdue."""

    programme: str = ""
    department: str = ""
    state: str = ""


@dataclass(frozen=True)
class Overview:
    counts: Counts
    departments: Sequence[DepartmentLine]
    programmes: Sequence[Programme]
    page: Page[Task]
    lines: Sequence[TaskLine]


@dataclass(frozen=True)
class SheetLine:
    sheet: Sheet
    due: Due | None
    points: int
    checked: int
    most: int
    findings: int


@dataclass(frozen=True)
class Sheets:
    period: str
    periods: Sequence[str]
    lines: Sequence[SheetLine]
    drawable: int


def overview(by: Actor, asked: Asked, page: str) -> Overview:
    mine = seen_by(by)
    if asked.programme:
        mine = mine.filter(programme__slug=asked.programme)
    told = list(mine.select_related("lead").order_by("due", "code"))
    shown = [one for one in told if _is_asked(one, asked)]
    calendar, days = working_calendar(), promises()
    found = Paginator(shown, A_PAGE).get_page(page)
    return Overview(
        counts=count(told),
        departments=by_department(told),
        programmes=list(Programme.objects.order_by("title")),
        page=found,
        lines=[
            TaskLine(one, due_of(one, calendar, days), notice_of(one, calendar, days))
            for one in found
        ],
    )


def seen_by(by: Actor) -> QuerySet[Task]:
    """As `policy.may_see` says, in SQL."""
    if policy.may_raise(by):
        return Task.objects.all()
    own = Q(owner=by.key, lead__credit_code=by.department)
    if by.holds(Post.HEAD):
        own |= Q(lead__credit_code=by.department) | Q(co__contains=[by.department])
    return Task.objects.filter(own)


def count(tasks: Iterable[Task]) -> Counts:
    told, today = list(tasks), clock.today()
    return Counts(
        whole=sum(one.state != State.DECLINED for one in told),
        with_lead=sum(one.state in WITH_LEAD for one in told),
        claimed=sum(one.state in {State.CLAIMED, State.VERIFIED} for one in told),
        closed=sum(one.state == State.CLOSED for one in told),
        overdue=sum(is_overdue(one, today) for one in told),
    )


def by_department(tasks: Iterable[Task]) -> list[DepartmentLine]:
    """Those with overdue ones first."""
    heaps: dict[tuple[str, str], list[Task]] = defaultdict(list)
    for one in tasks:
        if one.lead is not None:
            heaps[one.lead.credit_code, one.lead.name].append(one)
    lines = [DepartmentLine(code, name, count(heap)) for (code, name), heap in heaps.items()]
    return sorted(lines, key=lambda one: (-one.counts.overdue, -one.counts.with_lead, one.name))


def task_for(by: Actor, public_id: UUID) -> Task:
    rows = Task.objects.select_related("lead", "programme", "finding__sheet__site")
    found = rows.prefetch_related("events__files__paper", "steps", "extensions")
    task = found.filter(public_id=public_id).first()
    if task is None or not policy.may_see(by, task):
        raise NotFound
    return task


def line_of(task: Task) -> TaskLine:
    calendar, days = working_calendar(), promises()
    return TaskLine(task, due_of(task, calendar, days), notice_of(task, calendar, days))


def helpers_of(task: Task) -> list[str]:
    names = department_names(task.co)
    return [names[code] for code in task.co if code in names]


def departments() -> list[tuple[str, str]]:
    """Credit code and name of each that a task can be given to."""
    names = department_names(department_keys())
    return sorted(names.items(), key=lambda pair: pair[1])


def acts_for(by: Actor, task: Task) -> Mapping[str, object]:
    """What this reader can do next; the actions decide again."""
    leads, supervises = policy.leads(by, task), policy.supervises(by)
    asked = next((one for one in task.extensions.all() if one.state == "asked"), None)
    is_open, in_time = task.state in WITH_LEAD, task.due is None or clock.today() <= task.due
    return {
        "register": supervises and task.state == State.RAISED,
        "assign": supervises and task.state in {State.REGISTERED, State.ASSIGNED},
        "accept": leads and task.state == State.ASSIGNED,
        "report": task.state in UNDER_WAY and (leads or policy.helps(by, task)),
        "claim": leads and task.state in UNDER_WAY,
        "ask_longer": leads and is_open and in_time and asked is None,
        "decide_longer": asked if supervises else None,
        "verify": supervises and task.state == State.CLAIMED,
        "close": supervises and task.state == State.VERIFIED,
        "urge": policy.may_urge(by) and is_open,
    }


def sheets(by: Actor, period: str) -> Sheets:
    asked = period or period_of(clock.today())
    rows = Sheet.objects.select_related("site__department").prefetch_related("scores")
    if not policy.may_raise(by):
        rows = rows.filter(site__department__credit_code=by.department)
    periods = rows.order_by("-period").values_list("period", flat=True).distinct()
    calendar, days = working_calendar(), promises()
    told = list(rows.filter(period=asked).order_by("site__kind", "site__code"))
    return Sheets(
        period=asked,
        periods=list(dict.fromkeys([asked, *periods])),
        lines=[_sheet_line(one, sheet_due(one, calendar, days)) for one in told],
        drawable=sum(one.state == Sheet.State.SUBMITTED and not one.is_sampled for one in told)
        if policy.supervises(by)
        else 0,
    )


def sheet_for(by: Actor, public_id: UUID) -> Sheet:
    rows = Sheet.objects.select_related("site__department").prefetch_related("scores__task")
    sheet = rows.filter(public_id=public_id).first()
    if sheet is None or not policy.may_see_sheet(by, sheet):
        raise NotFound
    return sheet


def sheet_line(sheet: Sheet) -> SheetLine:
    return _sheet_line(sheet, sheet_due(sheet, working_calendar(), promises()))


def _sheet_line(sheet: Sheet, due: Due | None) -> SheetLine:
    scores = list(sheet.scores.all())
    return SheetLine(
        sheet=sheet,
        due=due,
        points=sum(one.points or 0 for one in scores),
        checked=sum(one.checked_points or 0 for one in scores),
        most=sum(one.most for one in scores),
        findings=sum(one.finding != "" for one in scores),
    )


def _is_asked(task: Task, asked: Asked) -> bool:
    if asked.department and (task.lead is None or task.lead.credit_code != asked.department):
        return False
    if asked.state == OVERDUE:
        return is_overdue(task, clock.today())
    if asked.state:
        return task.state == asked.state
    return task.state not in OVER
