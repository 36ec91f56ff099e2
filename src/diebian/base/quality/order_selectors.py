"""Orders as their readers see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from diebian.base.directory.public import working_calendar
from diebian.kernel.errors import NotFound
from diebian.kernel.waiting import DEPARTMENT
from diebian.security.identity.public import Actor, Post, Refused
from diebian.standards.dues import Due

from . import policy
from .dues import due_of
from .models import UNSETTLED, Order, OrderState
from .order_actions import department_of

A_PAGE = 30


@dataclass(frozen=True)
class OrderLine:
    order: Order
    due: Due | None


@dataclass(frozen=True)
class Desk:
    page: Page[Order]
    lines: Sequence[OrderLine]
    open: int


def desk(by: Actor, page: str) -> Desk:
    """What is unsettled first, the oldest before all others."""
    if not policy.may_browse(by):
        raise Refused
    rows = _seen_by(by).select_related("rule__collection__source__department")
    is_unsettled = ExpressionWrapper(Q(state__in=UNSETTLED), BooleanField())
    shown = Paginator(rows.order_by(is_unsettled.desc(), "since", "pk"), A_PAGE).get_page(page)
    calendar = working_calendar()
    lines = [OrderLine(one, due_of(one, calendar)) for one in shown]
    return Desk(shown, lines, _seen_by(by).filter(state__in=UNSETTLED).count())


def order_for(by: Actor, order_id: UUID) -> Order:
    """For whoever may not see it, it does not exist."""
    rows = Order.objects.select_related("rule__collection__source__department")
    found = rows.filter(public_id=order_id).first()
    if found is None or not policy.may_see(by, department_of(found)):
        raise NotFound
    return found


def waits(posts: Sequence[str]) -> list[QuerySet[Order]]:
    """What waits for an official: to be ruled upon, or to be mended."""
    found = list[QuerySet[Order]]()
    if Post.AUTHORITY in posts:
        found.append(Order.objects.filter(state=OrderState.DISPUTED))
    if not policy.OFFICE.isdisjoint(posts):
        own = {"rule__collection__source__department__credit_code": DEPARTMENT}
        found.append(Order.objects.filter(state=OrderState.OPEN, **own))
    return found


def _seen_by(by: Actor) -> QuerySet[Order]:
    if by.holds(Post.AUTHORITY):
        return Order.objects.all()
    return Order.objects.filter(rule__collection__source__department__credit_code=by.department)
