"""转办: what the head of the body may give to another reviewer, whoever has it now."""

from collections.abc import Mapping
from dataclasses import dataclass

from diebian.scenes.services.carrying.following import place_of
from diebian.scenes.services.carrying.ways import OWN_STATES
from diebian.scenes.services.models import Case
from diebian.scenes.services.refusals import WayDiffers
from diebian.security.identity.public import Actor, Post, names_of, officials_holding

from .policy import may_decide


@dataclass(frozen=True)
class Assignable:
    """`holder`: key of who has it, empty where nobody has; `has_it`: the name."""

    task: int
    name: str
    holder: str
    has_it: str
    reviewers: Mapping[str, str]


def to_assign(by: Actor, case: Case) -> Assignable | None:
    """None where it is not this one's to give, or nobody's turn who reviews."""
    if not may_decide(by, case) or case.state not in OWN_STATES:
        return None
    try:
        place = place_of(case)
    except WayDiffers:  # several at once: each desk has its own
        return None
    if place.post != Post.REVIEWER:
        return None
    names = names_of(officials_holding(Post.REVIEWER, department=place.department))
    others = {key: name for key, name in names.items() if key != place.holder}
    has_it = names_of([place.holder]).get(place.holder, "")
    return Assignable(place.task, place.name, place.holder, has_it, others)
