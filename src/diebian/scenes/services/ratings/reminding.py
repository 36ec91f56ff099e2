"""The ladder of reminders: whoever deals with it, on the last day the head as well, then the
authority; where the authority decides, the city's leaders.
"""

from django.db import transaction

from diebian.base.directory.public import working_calendar
from diebian.base.messages.public import climbed
from diebian.scenes.services.rating_models import WITH_AUTHORITY, WITH_DEPARTMENT, RatingOrder
from diebian.security.identity.public import Actor, Post, Refused, officials_holding
from diebian.standards.dues import RUNGS

from . import policy
from .rows import WITH_ALL, department_keys, supervisors, tell
from .terms import due_of

STEP = "services.rating_order.reminded"  # in the trail, with the rung behind it


@transaction.atomic
def remind(*, by: Actor) -> int:
    """Each rung of each step once; returns how many were told of. Run it as often as you like."""
    if not policy.may_remind(by):
        raise Refused
    calendar, told = working_calendar(), 0
    rows = RatingOrder.objects.select_for_update(of=("self",)).select_related(*WITH_ALL)
    for order in rows.filter(state__in=[*WITH_DEPARTMENT, *WITH_AUTHORITY]).order_by("pk"):
        due = due_of(order, calendar)
        subject = order.audit_subject
        if due and (rung := climbed(order, due, calendar, action=STEP, subject=subject, by=by)):
            tell(_reached(order, rung), order, f"{RUNGS[rung]}：{due}。")
            told += 1
    return told


def _reached(order: RatingOrder, rung: str) -> list[str]:
    if order.state in WITH_AUTHORITY:
        return [*supervisors(), *(officials_holding(Post.MAYOR) if rung == "late" else [])]
    code = order.rating.invitation.department.credit_code
    heads = officials_holding(Post.HEAD, department=code) if rung != "near" else []
    return [*department_keys(order), *heads, *(supervisors() if rung == "late" else [])]
