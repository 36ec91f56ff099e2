"""What ratings tell the wall: how they came out this month, and the bad ones not settled yet."""

from django.db.models import Case as Either
from django.db.models import IntegerField, Value, When

from diebian.brain.indicators.public import (
    Act,
    ActKind,
    ActLine,
    ActReference,
    Indicator,
    Measure,
    QueryRows,
    Row,
    Scope,
    Window,
    row_behind,
    within,
)
from diebian.kernel import clock
from diebian.scenes.services.rating_models import UNSETTLED, Rating, RatingOrder
from diebian.standards.ratings import Grade

from .rows import WITH_ALL

COUNTY = "invitation__case__county"
IS_GOOD = Either(
    When(grade__gte=Grade.FAIR, then=Value(1)), default=Value(0), output_field=IntegerField()
)
SAID = ("部门", "事项", "评的是", "等级")


def _ratings(asked: Scope) -> QueryRows:
    rows = Rating.objects.filter(void_reason="")
    found = within(rows, asked, moment="at", county=COUNTY)
    rows = found.select_related("invitation__case__item", "invitation__department")
    return QueryRows(rows, _rating_line, "at", COUNTY, IS_GOOD)


def _bad(asked: Scope) -> QueryRows:
    rows = RatingOrder.objects.filter(state__in=UNSETTLED).select_related(*WITH_ALL)
    return QueryRows(within(rows, asked, moment="opened_at"), _order_line, "opened_at")


def _rating_line(one: Rating) -> Row:
    day = one.at.astimezone(clock.CITY_TIME)
    return Row((*_said(one), f"{day:%Y-%m-%d}"))


def _order_line(one: RatingOrder) -> Row:
    cells = (*_said(one.rating), one.get_state_display())
    return Row(cells, ActReference("rating-order", str(one.public_id)))


def _said(one: Rating) -> tuple[str, ...]:
    """The day without its hour, no number of the case: nobody is known again by a line."""
    made = one.invitation
    grade = one.get_grade_display()
    return (made.department.name, made.case.item.name, made.get_service_display(), grade)


def _act(number: str) -> Act:
    order = row_behind(RatingOrder.objects.select_related(*WITH_ALL), number)
    department, item, service, grade = _said(order.rating)
    facts = (("部门", department), ("评的是", service), ("等级", grade),
             ("现在", order.get_state_display()))  # fmt: skip
    lines = [ActLine(one.at, one.get_what_display(), department) for one in order.events.all()]
    return Act(title=f"差评工单：{item}", facts=facts, lines=lines, calls=[])


RATING_ORDER = ActKind("rating-order", _act)
FIGURES = (
    Indicator(
        slug="ratings",
        title="好评率",
        unit="%",
        definition="本月的评价中，非常满意、满意、基本满意的占比；核实为误评、恶意的不算，没有评的不算",
        owner="各受理部门",
        source="好差评登记",
        columns=(*SAID, "日期"),
        read=_ratings,
        window=Window.MONTH,
        measure=Measure.SHARE,
        parts=("好评（条）", "评价（条）"),
        classes=(90, 95, 99),
        short="好评",
        order=25,
        is_public=True,
    ),
    Indicator(
        slug="bad-ratings",
        title="在办差评",
        unit="件",
        definition="现在没有办结的差评工单：待回访、整改中、等再评价、等主管部门决定的都算",
        owner="被评价的部门",
        source="差评工单",
        columns=(*SAID, "现在"),
        read=_bad,
        window=Window.NOW,
        order=63,
    ),
)
