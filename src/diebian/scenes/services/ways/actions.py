"""办完一步 and 退回, on an item's own way. What comes of it stands in the events for the person."""

from django.db import transaction

from diebian.base.process.public import Place, return_task
from diebian.scenes.services.actions.queueing import need_to_be_handled_here
from diebian.scenes.services.actions.rows import arrive, happened, need_task, reviewed
from diebian.scenes.services.carrying.following import carrier_of, pass_step, place_of
from diebian.scenes.services.carrying.ways import OWN_STATES, own_outcomes
from diebian.scenes.services.limits.stopping import told_beforehand
from diebian.scenes.services.limits.wording import worded
from diebian.scenes.services.models import Case, State
from diebian.scenes.services.refusals import NotOfThisStep, WrongState
from diebian.scenes.services.selectors import is_licensing
from diebian.security.identity.public import Actor
from diebian.standards.procedures import PROCEDURES, Procedure

from .selectors import back_from


@transaction.atomic
def finish_step(*, case_no: str, task: int, outcome: str, reason: str, by: Actor) -> None:
    """`outcome`: one that the drawing declares and that is no verb of a case. `reason`: for the
    person, what was found."""
    case, place = _standing(case_no, task, by)
    if outcome not in own_outcomes(place):
        raise NotOfThisStep
    said = outcome if outcome != "done" else "办完"
    found = f"{place.name}：{said}。{worded(reason)}"
    _go_on(case, pass_step(case, task, outcome, by, reason), found, by)


@transaction.atomic
def send_back(*, case_no: str, task: int, to: str, reason: str, by: Actor) -> None:
    """退回 to an earlier step, with the reason. What was decided there stays to be read."""
    case, place = _standing(case_no, task, by)
    names = back_from(by, case, task)
    if to not in names:
        raise NotOfThisStep
    said = f"{place.name}退回{names[to]}：{worded(reason)}"
    return_task(case=carrier_of(case), task=task, to=to, reason=reason, by=by)
    _go_on(case, place_of(case), said, by)


def _standing(case_no: str, task: int, by: Actor) -> tuple[Case, Place]:
    case = reviewed(case_no, by)
    if case.state not in OWN_STATES:
        raise WrongState
    need_task(case, task)
    need_to_be_handled_here(case, by)
    return case, place_of(case)


def _go_on(case: Case, place: Place, found: str, by: Actor) -> None:
    """A special procedure that ends lets the clock go on, one that begins stops it."""
    is_over = case.state == State.SPECIAL
    arrive(case, place)
    happened(case, "resumed" if is_over else "step_done", by, found)
    if case.state == State.SPECIAL:
        told = PROCEDURES[Procedure(place.about)]
        own = case.version.facts
        source = told.source if is_licensing(own) else own.basis or told.source
        reason = told_beforehand(told.title, place.name, place.days, source)
        happened(case, "paused", by, reason, cause=place.about, days=place.days)
