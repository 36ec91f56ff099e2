"""The ladder of reminders for orders: whoever acts, again on the last day, then the authority."""

from django.db import transaction

from diebian.base.directory.public import working_calendar
from diebian.base.messages.public import climbed
from diebian.security.identity.public import Actor, Post, Refused, officials_holding
from diebian.standards.dues import RUNGS

from . import policy
from .dues import due_of
from .models import Order, OrderState
from .order_actions import provider_office, tell_of

STEP = "quality.order.reminded"  # in the trail, with the rung behind it


@transaction.atomic
def remind(*, by: Actor) -> int:
    """Each rung once; returns how many were told of. Run it as often as you like."""
    if not policy.may_settle(by):
        raise Refused
    calendar, told = working_calendar(), 0
    waiting = [OrderState.OPEN, OrderState.DISPUTED]
    rows = Order.objects.select_for_update(of=("self",)).filter(state__in=waiting)
    for order in rows.select_related("rule__collection__source__department"):
        due = due_of(order, calendar)
        subject = order.audit_subject
        if due and (rung := climbed(order, due, calendar, action=STEP, subject=subject, by=by)):
            tell_of(order, _whom(order, rung), f"{RUNGS[rung]}：{due}")
            told += 1
    return told


def _whom(order: Order, rung: str) -> list[str]:
    authority = officials_holding(Post.AUTHORITY)
    if order.state == OrderState.DISPUTED:
        return authority
    return [*provider_office(order), *(authority if rung == "late" else [])]
