"""The ladder of reminders for what was proposed: the authority, which decides; once its day is
over, the department that waits is told as well.
"""

from django.db import transaction

from diebian.base.directory.public import working_calendar
from diebian.base.messages.public import climbed
from diebian.security.identity.public import Actor, Refused
from diebian.standards.calendar import WorkingCalendar
from diebian.standards.dues import RUNGS, Due, due_after
from diebian.standards.elements import DECISION

from . import policy
from .models import Element, State
from .telling import tell_authority, tell_proposer

STEP = "elements.element.reminded"  # in the trail, with the rung behind it


def due_of(element: Element, calendar: WorkingCalendar | None = None) -> Due | None:
    """By when the authority decides. For a list, `calendar` is asked once."""
    if element.state != State.CANDIDATE:
        return None
    return due_after("决定", element.since, DECISION, calendar or working_calendar())


@transaction.atomic
def remind(*, by: Actor) -> int:
    """Each rung once; returns how many were told of. Run it as often as you like."""
    if not policy.may_remind(by):
        raise Refused
    calendar, told = working_calendar(), 0
    rows = Element.objects.select_for_update(of=("self",)).filter(state=State.CANDIDATE)
    for row in rows.select_related("proposer").order_by("since", "pk"):
        due = due_of(row, calendar)
        subject = row.audit_subject
        if due and (rung := climbed(row, due, calendar, action=STEP, subject=subject, by=by)):
            tell_authority(row, f"{RUNGS[rung]}：{due}。请登记或不采纳", by)
            if rung == "late":
                tell_proposer(row, f"的决定已超期，已提醒数据主管部门：{due}", by)
            told += 1
    return told
