"""The cards on the wall: how many cases have one now. By the days kept for each."""

from diebian.brain.indicators.public import (
    ActReference,
    Indicator,
    QueryRows,
    Row,
    Scope,
    Window,
    within,
)
from diebian.kernel import clock
from diebian.scenes.services.models import Case
from diebian.standards.deadlines import Card

from .carded import carded, open_cases, underived


def _rows(card: Card, asked: Scope) -> QueryRows:
    found = carded(card, open_cases(), underived())
    rows = within(found, asked, moment="received_at", county="county")
    return QueryRows(rows.select_related("item", "department"), _line, "received_at", "county")


def _red(asked: Scope) -> QueryRows:
    return _rows(Card.RED, asked)


def _yellow(asked: Scope) -> QueryRows:
    return _rows(Card.YELLOW, asked)


def _line(case: Case) -> Row:
    received = case.received_at.astimezone(clock.CITY_TIME) if case.received_at else None
    at = f"{received:%Y-%m-%d %H:%M}" if received else ""
    cells = (case.case_no, case.item.name, case.department.name, at)
    return Row(cells, ActReference("case", case.case_no))


COLUMNS = ("办件编号", "事项", "承办部门", "收件时间")
CARDS = (
    Indicator(
        slug="red-cards",
        title="时限红牌",
        unit="件",
        definition="现在没有办结、已超过法定时间的办件，或特别程序超过法律规定最长时间的办件",
        owner="各受理部门",
        source="办件经过和工作日历推算的挂牌日，每晚核对",
        columns=COLUMNS,
        read=_red,
        window=Window.NOW,
        order=61,
    ),
    Indicator(
        slug="yellow-cards",
        title="时限黄牌",
        unit="件",
        definition="现在没有办结、承诺的时间只剩五分之一或已经用完、还没有超过法定时间的办件，"
        "或特别程序、中止超过所告知时间的办件",
        owner="各受理部门",
        source="办件经过和工作日历推算的挂牌日，每晚核对",
        columns=COLUMNS,
        read=_yellow,
        window=Window.NOW,
        order=62,
    ),
)
