"""What corrections add to a resource's page, a grant's and a delivery's: the way to say no."""

from collections.abc import Mapping
from typing import Any

from diebian.base.catalogue.public import resource
from diebian.base.exchange.public import ResourcePanel
from diebian.security.identity.public import Actor
from diebian.standards.sharing import CORRECTION

from . import policy


def _context(slug: str, by: Actor) -> Mapping[str, Any] | None:
    return {"slug": slug, "limit": CORRECTION} if policy.may_doubt(by, resource(slug)) else None


PANEL = ResourcePanel(slug="corrections", template="corrections/panel.html", context=_context)
