"""What delivery adds to the page of a grant: the next step, and what was delivered."""

from collections.abc import Mapping
from typing import Any

from diebian.base.exchange.public import Mode, RequestPanel, granted_terms, volume_line
from diebian.security.identity.public import Actor

from . import policy, selectors


def _context(request_id: int, by: Actor) -> Mapping[str, Any] | None:
    terms = granted_terms(request_id)
    if terms is None or terms.mode not in {Mode.TABLE, Mode.FILE} or not policy.may_see(by, terms):
        return None
    return {
        "terms": terms,
        "is_table": terms.mode == Mode.TABLE,
        "line": selectors.delivery_of(terms.grant) if terms.mode == Mode.TABLE else None,
        "downloads": selectors.downloads_of(terms.grant) if terms.mode == Mode.FILE else [],
        "volume": volume_line(terms),
        "may_receive": terms.is_in_force and policy.may_receive(by, terms),
    }


PANEL = RequestPanel(slug="delivery", template="delivery/grant_panel.html", context=_context)
