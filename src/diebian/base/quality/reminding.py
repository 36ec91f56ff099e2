"""The ladder of reminders for orders: whoever acts, again on the last day, then the authority."""

from django.db import transaction

from diebian.base.directory.public import working_calendar
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Post, Refused, officials_holding
from diebian.standards.dues import RUNGS, new_rung

from . import policy
from .dues import due_of
from .models import Order, OrderState
from .order_actions import provider_office, tell_of


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
        if due and (rung := new_rung(due, order.reminded, calendar)):
            tell_of(order, _whom(order, rung), f"{RUNGS[rung]}：{due}")
            order.reminded = rung
            order.save(update_fields=["reminded"])
            action = f"quality.order.reminded_{rung}"
            audit.record(by=by, action=action, subject=order.audit_subject)
            told += 1
    return told


def _whom(order: Order, rung: str) -> list[str]:
    authority = officials_holding(Post.AUTHORITY)
    if order.state == OrderState.DISPUTED:
        return authority
    return [*provider_office(order), *(authority if rung == "late" else [])]
