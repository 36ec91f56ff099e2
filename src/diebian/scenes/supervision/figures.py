"""What supervision tells the wall. Rows name tasks and departments, never a person."""

from diebian.brain.indicators.public import (
    Act,
    ActKind,
    ActLine,
    ActReference,
    Indicator,
    QueryRows,
    Row,
    Scope,
    Window,
    row_behind,
    within,
)
from diebian.kernel import clock

from .models import OVER, WITH_LEAD, Task

COLUMNS = ("编号", "事项", "牵头单位", "完成时限", "现在")


def _open(asked: Scope) -> QueryRows:
    rows = Task.objects.exclude(state__in=OVER).select_related("lead")
    return QueryRows(within(rows, asked, moment="raised_at"), _line, "raised_at")


def _overdue(asked: Scope) -> QueryRows:
    rows = Task.objects.filter(state__in=WITH_LEAD, due__lt=clock.today()).select_related("lead")
    return QueryRows(within(rows, asked, moment="raised_at"), _line, "raised_at")


def _line(task: Task) -> Row:
    lead = task.lead.name if task.lead else "还没有交办"
    cells = (task.code, task.title, lead, f"{task.due or ''}", str(task.get_state_display()))
    return Row(cells, ActReference("task", str(task.public_id)))


def _act(number: str) -> Act:
    task = row_behind(Task.objects.select_related("lead"), number)
    lead = task.lead.name if task.lead else "还没有交办"
    return Act(
        title=task.title,
        facts=(
            ("编号", task.code),
            ("牵头单位", lead),
            ("完成时限", f"{task.due or '还没有定'}"),
            ("现在", str(task.get_state_display())),
        ),
        lines=[
            ActLine(one.at, str(one.get_what_display()), _whose(one.department, task))
            for one in task.events.all()
        ],
    )


def _whose(department: str, task: Task) -> str:
    """Words are left out: people write about people."""
    if not department:
        return "平台"
    return "牵头单位" if task.lead and task.lead.credit_code == department else "督查或配合单位"


TASK = ActKind("task", _act)
FIGURES = (
    Indicator(
        slug="tasks-open",
        title="在办督办",
        unit="项",
        definition="现在没有销号的督办事项：待立项、待签收、推进中、报完成待核实的都算",
        owner="督查机构",
        source="督查督办台账",
        columns=COLUMNS,
        read=_open,
        window=Window.NOW,
        order=70,
    ),
    Indicator(
        slug="tasks-overdue",
        title="超期督办",
        unit="项",
        definition="现在过了完成时限、还没有报完成的督办事项；按时报了完成、等核实的不算",
        owner="牵头单位",
        source="督查督办台账",
        columns=COLUMNS,
        read=_overdue,
        window=Window.NOW,
        order=71,
    ),
)
