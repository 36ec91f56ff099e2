"""By when an order has to be acted upon: declared with its rule, counted in working days."""

from diebian.base.directory.public import working_calendar
from diebian.standards.calendar import WorkingCalendar
from diebian.standards.dues import Due, due_after
from diebian.standards.sharing import CORRECTION, Limit

from .models import Order, OrderState

DEFAULT_BASIS = "规则声明的整改期限"


def due_of(order: Order, calendar: WorkingCalendar | None = None) -> Due | None:
    """The provider's day to mend, the authority's day to rule on a dispute; nobody's afterwards."""
    calendar = calendar or working_calendar()
    if order.state in {OrderState.OPEN, OrderState.MENDED}:
        limit = Limit(order.rule.days, order.rule.basis or DEFAULT_BASIS)
        return due_after("整改", order.since, limit, calendar)
    if order.state == OrderState.DISPUTED:
        return due_after("裁定", order.since, CORRECTION, calendar)
    return None
