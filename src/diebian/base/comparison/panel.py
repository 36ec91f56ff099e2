"""What a comparison adds to the page of the share request by which it was asked for."""

from typing import Any

from diebian.base.exchange.public import RequestPanel
from diebian.security.identity.public import Actor

from .models import Outcome
from .plan import plan_of
from .selectors import of_request, sides


def _context(request_id: int, by: Actor) -> dict[str, Any] | None:
    """Exactly what is compared: the provider's head agrees to this and to nothing else."""
    one = of_request(request_id, by)
    if one is None:
        return None
    plan = plan_of(one.plan)
    return {
        "one": one,
        "plan": plan,
        "sides": sides(one),
        "wanted": [Outcome(name).label for name in plan.wanted],
    }


PANEL = RequestPanel(slug="comparison", template="comparison/request_panel.html", context=_context)
