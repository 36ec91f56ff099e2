"""Reads of an item's own way: what can be done at the step where a case stands, and the whole."""

from collections.abc import Sequence
from dataclasses import dataclass

from diebian.base.process.public import NotDeployed, ways_back
from diebian.scenes.services.carrying.following import carrier_of
from diebian.scenes.services.carrying.ways import OWN_STATES, own_steps, state_at
from diebian.scenes.services.items.facts import ItemFacts
from diebian.scenes.services.models import Case, State
from diebian.security.identity.public import Actor
from diebian.standards.procedures import PROCEDURES, Procedure


@dataclass(frozen=True)
class WayStep:
    """A step for people who read the guide. `days`: working days; nought where nothing is said."""

    name: str
    says: str
    days: int
    stops: bool  # its days are not counted


def steps_of(facts: ItemFacts) -> Sequence[WayStep]:
    """Nothing for an item that goes the way of all, or whose drawing is not there yet."""
    if not facts.process:
        return []
    try:
        steps = own_steps(facts.process)
    except NotDeployed:
        return []
    return [
        WayStep(one.name, _says(one.about), one.days, one.stage == State.SPECIAL) for one in steps
    ]


def back_from(by: Actor, case: Case, task: int) -> dict[str, str]:
    """Element to name of the earlier steps that this one may be sent back to."""
    if not case.version.facts.process or case.state not in OWN_STATES:
        return {}
    found = ways_back(case=carrier_of(case), task=task, by=by)
    return {one.element: one.name for one in found if state_at(one) in OWN_STATES}


def _says(about: str) -> str:
    if about not in set(Procedure):
        return ""
    told = PROCEDURES[Procedure(about)]
    most = told.bound
    bound = f"，法律规定最长 {most.days} 个工作日（{most.source}）" if most else ""
    return f"{told.title}的时间不算在办理时间里{bound}；开始前书面告诉您要多久"
