"""What a base adds to the page of the share request by which a source was asked for."""

from typing import Any

from diebian.base.exchange.public import RequestPanel
from diebian.security.identity.public import Actor

from . import policy
from .leave import leaves_of_request
from .looking import plan_now
from .selectors import providers_of


def _context(request_id: int, by: Actor) -> dict[str, Any] | None:
    """Exactly what is read of the table, and who will see what comes of it."""
    found = leaves_of_request(request_id)
    if not found or not policy.may_see(by, found[0].base, providers_of(found[0].base)):
        return None
    base = found[0].base
    return {"base": base, "plan": plan_now(base), "leaves": found}


PANEL = RequestPanel(slug="masterdata", template="masterdata/request_panel.html", context=_context)
