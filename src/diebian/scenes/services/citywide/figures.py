"""全市通办 on the wall: what a window took in that another county decides."""

from django.db.models import F

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
from diebian.scenes.services.receptions.models import Reception


def _rows(asked: Scope) -> QueryRows:
    rows = within(Reception.objects.all(), asked, moment="at", county="county")
    elsewhere = rows.exclude(case__county="").exclude(county=F("case__county"))
    told = elsewhere.select_related("case__item", "case__department", "department")
    return QueryRows(told, _line, "at", "county")


def _line(one: Reception) -> Row:
    at = f"{one.at.astimezone(clock.CITY_TIME):%Y-%m-%d %H:%M}"
    case = one.case
    cells = (case.case_no, case.item.name, one.department.name, case.department.name, at)
    return Row(cells, ActReference("case", case.case_no))


FIGURE = Indicator(
    slug="received-elsewhere",
    title="异地收件",
    unit="件",
    definition="本月在一个县（市、区）的窗口收、事情属于别的县（市、区）的办件；按收件的窗口在哪里算",
    owner="各政务服务大厅",
    source="窗口收件的登记",
    columns=("办件编号", "事项", "收件窗口", "决定机关", "收件时间"),
    read=_rows,
    window=Window.MONTH,
    classes=(1, 5, 20),
    short="异地收",
    order=63,
    is_public=True,
)
