"""A theme's drawing calls for one of its items: an ordinary case of its department is opened.

It is told what was filled for it, and nothing of the others'. The case ends, and the theme goes on
with what it came to.
"""

from typing import Any

from django.db import transaction

from diebian.base.process.public import Opening, Owner
from diebian.kernel import clock
from diebian.scenes.services.actions.fetching import accept_or_wait
from diebian.scenes.services.actions.placing import county_in
from diebian.scenes.services.actions.receiving import Window, took_in
from diebian.scenes.services.actions.rows import a_number, happened, move
from diebian.scenes.services.actions.rows import locked as locked_case
from diebian.scenes.services.carrying.following import KEY, carried, needs_of_states
from diebian.scenes.services.carrying.ways import NEEDS, faults
from diebian.scenes.services.journey import journey_for, told_of
from diebian.scenes.services.models import OPEN, Case, Channel, State
from diebian.scenes.services.standard_item import FAMILY, STANDARD
from diebian.scenes.services.themes.models import Application
from diebian.security.identity.public import PLATFORM, department_keys

from .carrying import application_called
from .filling import Member, form_of, lines_of
from .members import members_of
from .papers import hand_on, without_given
from .places import deciding

TAKEN_BACK = "一件事里撤回了这一项"


@transaction.atomic
def open_called(opening: Opening) -> int:
    """收件 when its turn comes: from then on its department has its own clock."""
    parent = application_called(opening.called_by)
    members, now = members_of(parent), clock.now()
    [member] = [one for one in members if one.code == opening.item]
    version, lines = member.version, lines_of(parent.version.compiled, members)
    placed = deciding(parent)[member.code]
    case = Case.objects.create(
        case_no=a_number(now),
        item=version.item,
        department_id=department_keys()[placed.credit_code],
        place=placed.place,
        competence=placed.reason,
        county=county_in(placed),
        version=version,
        application=parent,
        applicant_key=parent.applicant_key,
        applicant_name=parent.applicant_name,
        chosen=member.chosen,
        form=form_of(member.code, lines, parent.values),
        stated_at=parent.stated_at,
        journey=_journey(parent, member),
        channel=Channel.WINDOW if parent.is_at_window else Channel.ONLINE,
        opened_by=parent.opened_by,
        acted_by=parent.acted_by,
        true_will_at=parent.true_will_at,
        state=State.RECEIVED,
        opened_at=now,
        received_at=now,
    )
    number = carried(case, caller=opening.caller)
    for kind in ("opened", "received"):
        happened(case, kind, PLATFORM)
    if parent.window and parent.received_at:
        window = Window(
            parent.window.credit_code, parent.opened_by, parent.clerk_name, parent.received_at
        )
        took_in(case, window, PLATFORM)
    hand_on(parent, case, journey_for(case).demanded)
    accept_or_wait(case, PLATFORM)
    return number


def _journey(of: Application, member: Member) -> dict[str, Any] | None:
    """As it was told, where its version declares none."""
    if member.version.journey:
        return None
    told = told_of(member.version, member.chosen, of.applicant_key)
    return without_given(told, of, member.code)


@transaction.atomic
def withdraw_called(business_key: str) -> None:
    """The theme has taken it back. What is decided already stays."""
    case = locked_case(business_key.removeprefix(KEY))
    if case.state in OPEN:
        move(case, State.WITHDRAWN, "withdrawn", PLATFORM, TAKEN_BACK)


CALLED_CASES = Owner(
    STANDARD,
    "一个事项的办件",
    open_called,
    withdraw_called,
    needs_of_states(),
    family=FAMILY,
    family_needs=NEEDS,
    faults=faults,
)
