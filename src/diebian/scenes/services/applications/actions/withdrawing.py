"""撤回: one member, before or after it has begun, or all that is not done."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from diebian.base.process.public import NobodyWaits, receive, withdraw_case
from diebian.kernel import clock
from diebian.scenes.services.actions import withdraw
from diebian.scenes.services.applications.carrying import outcomes_so_far
from diebian.scenes.services.applications.refusals import NotRunning
from diebian.scenes.services.applications.rows import happened, own
from diebian.scenes.services.models import OPEN
from diebian.scenes.services.refusals import MemberDone, MemberUnknown
from diebian.scenes.services.standard_item import GRANTED
from diebian.scenes.services.themes.drawing import MEMBERS, withdrawal_of
from diebian.scenes.services.themes.models import Application
from diebian.scenes.services.themes.models import ApplicationState as State
from diebian.security.identity.public import PLATFORM, Actor

WHY = "申请人撤回"


@transaction.atomic
def withdraw_member(*, number: str, member: str, by: Actor) -> None:
    """What runs is taken back as its own case; what has not begun does not begin."""
    found = _running(number, by)
    if member not in found.members:
        raise MemberUnknown
    case = found.cases.filter(item__code=member).first()
    if case is not None:
        if case.state not in OPEN:
            raise MemberDone
        withdraw(case_no=case.case_no, by=by)
        return
    if member in found.dropped or member in outcomes_so_far(found):
        raise MemberDone
    found.dropped.append(member)
    found.save(update_fields=["dropped"])
    left = [code for code in found.members if code not in found.dropped]
    _tell_engine(_engine(found), member, left)
    happened(found, "member_dropped", by)


@transaction.atomic
def withdraw_all(*, number: str, by: Actor) -> None:
    """What is granted stays granted: nothing that was issued is rolled back."""
    found = _running(number, by)
    is_something_granted = GRANTED in outcomes_so_far(found).values()
    found.state = State.PARTLY_DONE if is_something_granted else State.WITHDRAWN
    found.ended_at = clock.now()
    found.save(update_fields=["state", "ended_at"])
    for case in found.cases.filter(state__in=OPEN).order_by("pk"):
        withdraw(case_no=case.case_no, by=by)
    withdraw_case(case=_engine(found), reason=WHY, by=PLATFORM)
    happened(found, "withdrawn", by)


def _tell_engine(case: int, member: str, left: Sequence[str]) -> None:
    told: dict[str, Any] = {"case": case, "number": member, "form": {MEMBERS: left}, "by": PLATFORM}
    try:
        receive(message=withdrawal_of(member), **told)
    except NobodyWaits:  # its turn has not come
        receive(message=MEMBERS, **told)


def _running(number: str, by: Actor) -> Application:
    found = own(number, by)
    if found.state != State.RUNNING:
        raise NotRunning
    return found


def _engine(of: Application) -> int:
    if of.runs_as is None:  # a constraint says that it never is
        raise NotRunning
    return of.runs_as
