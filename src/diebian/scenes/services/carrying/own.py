"""What can be done at the step of an item's own at which a case stands."""

from collections.abc import Sequence

from diebian.scenes.services.models import Case
from diebian.scenes.services.refusals import WayDiffers

from .following import place_of
from .ways import OWN_STATES, own_outcomes


def outcomes_at(case: Case) -> Sequence[str]:
    """What the step of its own, at which it stands, can come to; none at another step."""
    if not case.version.facts.process or case.state not in OWN_STATES:
        return []
    try:
        return own_outcomes(place_of(case))
    except WayDiffers:  # several at once: its page tells of each
        return []


def is_at_own_step(case: Case) -> bool:
    return bool(outcomes_at(case))
