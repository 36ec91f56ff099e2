"""A case and its way are one: whatever moves the case completes the step of the engine that it
stands at, in the same transaction, and finds itself where its state says, or nothing has happened.

The owner's policy has been asked before; the engine keeps what somebody has claimed with them.
"""

from collections.abc import Mapping

from diebian.base.process.public import (
    Caller,
    HeldBySomebody,
    NoSuchCase,
    Place,
    case_named,
    complete,
    deploy,
    is_deployed,
    places_of,
    reassign,
    start,
    withdraw_case,
)
from diebian.scenes.services import standard_item as drawing
from diebian.scenes.services.items.models import ItemVersion
from diebian.scenes.services.models import OPEN, Case, State
from diebian.scenes.services.refusals import PageIsOld, StepFirst, WayDiffers
from diebian.security.identity.public import PLATFORM, Actor, actor_by_username

from .ways import state_at

STANDS: Mapping[str, str] = {
    State.RECEIVED: drawing.ACCEPT,
    State.UNDER_REVIEW: drawing.REVIEW,
    State.SUPPLEMENT: drawing.SUPPLEMENT,
    State.SPECIAL: drawing.SPECIAL,
    State.SUSPENDED: drawing.SUSPENDED,
}
ENDED: Mapping[str, str] = {
    State.APPROVED: drawing.GRANTED,
    State.REFUSED: drawing.REFUSED,
    State.WITHDRAWN: drawing.WITHDRAWN,
}
SAID: Mapping[tuple[str, str], str] = {
    (State.RECEIVED, State.UNDER_REVIEW): drawing.IS_ACCEPTED,
    (State.UNDER_REVIEW, State.APPROVED): drawing.GRANT,
    (State.UNDER_REVIEW, State.REFUSED): drawing.REFUSE,
    (State.UNDER_REVIEW, State.SUPPLEMENT): drawing.ASK,
    (State.UNDER_REVIEW, State.SPECIAL): drawing.PROCEED,
    (State.UNDER_REVIEW, State.SUSPENDED): drawing.SUSPEND,
    (State.SUPPLEMENT, State.UNDER_REVIEW): drawing.IS_DONE,
    (State.SPECIAL, State.UNDER_REVIEW): drawing.IS_DONE,
    (State.SUSPENDED, State.UNDER_REVIEW): drawing.IS_DONE,
}
PERSON = "person"
KEY = "case:"


def needs_of_states() -> dict[str, list[str]]:
    """Of a drawing that cases go by: the task of each state, with the words of its verbs."""
    return {
        element: [said for (before, _), said in SAID.items() if before == state]
        for state, element in STANDS.items()
    }


def process_of(version: ItemVersion) -> str:
    """Which drawing an item goes by: the one place that says so."""
    return version.facts.process or drawing.STANDARD


def deploy_standard() -> None:
    """Once; what an operator has deployed since stays the newest."""
    file = drawing.standard_item()
    if not is_deployed(file):
        deploy(file=file, by=PLATFORM)


def key_of(case: Case) -> str:
    return f"{KEY}{case.case_no}"


def carried(case: Case, *, caller: Caller | None = None, by: Actor = PLATFORM) -> int:
    """Begins the way of a case that was received; returns its number with the engine."""
    return start(
        process=process_of(case.version),
        business_key=key_of(case),
        title=case.item.name,
        department=case.department.credit_code,
        person=case.applicant_key,
        form={"item": case.item.code},
        caller=caller,
        by=by,
        is_allowed=True,
    )


def carrier_of(case: Case) -> int:
    """Of a case that was received. One of an older data folder is brought onto its way here."""
    try:
        return case_named(key_of(case)).number
    except NoSuchCase:
        return _brought(case)


def follow(case: Case, to: str, by: Actor, reason: str) -> None:
    """The case, whose row is locked, goes from its state to the next one: so does its way."""
    if case.state != State.DRAFT:
        number = carrier_of(case)
        _go(case, number, to, by, reason)
    elif to in OPEN:
        number = carried(case, by=by)
    else:
        return  # never received
    _check(case, number, to)


def place_of(case: Case) -> Place:
    """Where a case that was received stands. Raises `WayDiffers` where that is not one place."""
    place = _standing(carrier_of(case))
    if place is None:
        raise WayDiffers
    return place


def pass_step(case: Case, task: int, outcome: str, by: Actor, reason: str) -> Place:
    """A step of an item's own way is done: where the case stands then."""
    number, place = carrier_of(case), place_of(case)
    if place.task != task:
        raise PageIsOld
    _leave_to_its_holder(place, by)
    complete(case=number, task=task, outcome=outcome, reason=reason, by=by, is_allowed=True)
    return place_of(case)


def hand_over(case: Case) -> None:
    """Another body answers for it: the step that waits, waits there."""
    if case.state not in {State.DRAFT, *ENDED}:
        department = case.department.credit_code
        reassign(case=carrier_of(case), department=department, reason=case.competence, by=PLATFORM)


def _go(case: Case, number: int, to: str, by: Actor, reason: str) -> None:
    if to == State.WITHDRAWN:
        said = reason or "申请人撤回"
        withdraw_case(case=number, reason=said, by=by, is_allowed=True)
        return
    place = _standing(number)
    if place is None or state_at(place) != case.state:
        raise WayDiffers
    said = SAID[case.state, to]
    if said not in place.outcomes:
        raise StepFirst(f"现在在“{place.name}”")
    _leave_to_its_holder(place, by)
    complete(case=number, task=place.task, outcome=said, reason=reason, by=by, is_allowed=True)


def _leave_to_its_holder(place: Place, by: Actor) -> None:
    """A head may suspend what a reviewer holds; another reviewer does not decide it."""
    if place.post in by.posts and place.holder not in {"", by.key}:
        raise HeldBySomebody(actor_by_username(place.holder).name)


def _check(case: Case, number: int, state: str) -> None:
    """An operator may have deployed another way since: then the verb is not for it."""
    place = _standing(number)
    if place and state_at(place) != state:
        raise WayDiffers
    if not place and case_named(key_of(case)).outcome != ENDED.get(state):
        raise WayDiffers
    if place and state == State.SPECIAL and place.stage:  # which one it is, its own step says
        raise WayDiffers


def _standing(number: int) -> Place | None:
    """Where the case itself is; who is asked for a word stands beside it."""
    places = [one for one in places_of(number) if not one.is_aside]
    return places[0] if len(places) == 1 else None


def _brought(case: Case) -> int:
    """Through the states that lead to its own."""
    number, at = carried(case), str(State.RECEIVED)
    for to in [State.UNDER_REVIEW, case.state]:
        place = _standing(number)
        if place and (at, to) in SAID and at != case.state:
            complete(case=number, task=place.task, outcome=SAID[at, to],
                     reason="由原来的办件接续", by=PLATFORM, is_allowed=True)  # fmt: skip
            at = to
    _check(case, number, case.state)
    return number
