"""What every verb needs: the locked row, the step it must be in, the trace it leaves."""

import secrets
from datetime import datetime

from diebian.base.exchange.public import close_case
from diebian.base.process.public import Place
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.scenes.services import behalf, policy, refusals
from diebian.scenes.services.carrying.following import follow, place_of
from diebian.scenes.services.carrying.ways import OWN_STATES, state_at
from diebian.scenes.services.fees.ending import end_fee
from diebian.scenes.services.messages import tell
from diebian.scenes.services.models import OPEN, Case, CaseEvent, State
from diebian.scenes.services.outlooks import keep_outlook
from diebian.scenes.services.selectors import CLOCK_KINDS
from diebian.scenes.services.shown import EVENTS
from diebian.security.audit import public as audit
from diebian.security.identity.public import PLATFORM, Actor, Refused

from .queueing import queue_for_its_system

MOVES_CLOCK = {*CLOCK_KINDS, "withdrawn"}
CASE_NO_DIGITS = 8
BESIDE = (  # change no state
    "corrected", "delivered", "verified", "fee_given_back", "fee_twice", "fee_void",
    "handover_said", "paper_owed",
)  # fmt: skip


def a_number(at: datetime) -> str:
    """The city's day, and what nobody can guess."""
    day = at.astimezone(clock.CITY_TIME)
    return f"{day:%Y%m%d}{secrets.randbelow(10**CASE_NO_DIGITS):0{CASE_NO_DIGITS}d}"


def locked(case_no: str) -> Case:
    cases = Case.objects.select_for_update(of=("self",)).select_related(
        "item__department", "department", "version"
    )
    case = cases.filter(case_no=case_no).first()
    if case is None:
        raise NotFound
    return case


def fillable(case_no: str, by: Actor) -> Case:
    """The applicant's, or the one that this clerk receives."""
    case = locked(case_no)
    if not policy.may_fill(by, case):
        raise behalf.absent(by, case)  # another person's case does not exist for this one
    return case


def own(case_no: str, by: Actor) -> Case:
    """The applicant's, herself or by whoever acts for her."""
    case = locked(case_no)
    if not policy.acts_for(by, case):
        raise behalf.absent(by, case)
    return case


def reviewed(case_no: str, by: Actor) -> Case:
    case = locked(case_no)
    if not policy.may_review(by, case):
        raise Refused
    return case


def need(case: Case, state: State) -> None:
    if case.state != state:
        raise refusals.WrongState(_who_was_first(case))


def _who_was_first(case: Case) -> str:
    last = case.events.filter(kind__in=EVENTS).exclude(kind__in=BESIDE).last()
    if last is None:
        return ""
    return f"{last.at.astimezone(clock.CITY_TIME):%H:%M} {last.actor}：{EVENTS[last.kind]}"


def need_task(case: Case, task: int | None) -> None:
    """`task`: the step that whoever decides has before their eyes; None: without a page."""
    if task is not None and place_of(case).task != task:
        raise refusals.PageIsOld(_who_was_first(case))


def arrive(case: Case, place: Place) -> None:
    """Where the way of its own has led it; the events are its caller's."""
    state = state_at(place)
    if state not in OWN_STATES:
        raise refusals.WayDiffers
    case.state = state
    case.save(update_fields=["state"])


def move(
    case: Case,
    state: State,
    event: str,
    by: Actor,
    reason: str = "",
    *,
    cause: str = "",
    days: int = 0,
) -> None:
    follow(case, state, by, reason)
    end_fee(case, state, by)
    case.state = state
    case.save(update_fields=["state"])
    if state not in {State.DRAFT, *OPEN} and case.version.journey:
        # Nothing is verified any more for a case that is over.
        close_case(system=case.version.journey["system"], case_no=case.case_no, by=PLATFORM)
    happened(case, event, by, reason, cause=cause, days=days)


def happened(
    case: Case, kind: str, by: Actor, reason: str = "", *, cause: str = "", days: int = 0
) -> None:
    behalf.note_act(case, kind, by)
    told = {"actor": by.name, "reason": reason, "cause": cause, "days": days}
    CaseEvent.objects.create(case=case, kind=kind, at=clock.now(), **told)
    if kind in MOVES_CLOCK:
        keep_outlook(case)
    audit.record(by=by, action=f"services.case.{kind}", subject=f"case:{case.case_no}")
    tell(case, kind, reason)
    queue_for_its_system(case, kind)
