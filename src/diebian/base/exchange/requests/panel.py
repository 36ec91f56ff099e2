"""What sharing adds to an entry's page: its resources, who uses them, how often."""

from typing import Any
from uuid import UUID

from diebian.base.catalogue.public import Panel, may_mount, mount_ways, resources_of
from diebian.base.disputes.public import doorway
from diebian.base.exchange.upstreams.selectors import proxied_among
from diebian.security.identity.public import Actor

from .disputing import WITHHELD
from .selectors import calls_today_by_resource, users_by_resource


def _context(entry_id: UUID, by: Actor) -> dict[str, Any]:
    found = resources_of(entry_id)
    users = users_by_resource(one.key for one in found)
    calls = calls_today_by_resource([one.slug for one in found])
    proxied = proxied_among(found)
    return {
        "doorway": doorway(WITHHELD, str(entry_id), by),
        "entry_id": entry_id,
        "lines": [
            (one, users.get(one.key, []), calls.get(one.slug, 0), proxied.get(one.slug))
            for one in found
        ],
        "ways": list(mount_ways) if may_mount(by, entry_id) else [],
    }


PANEL = Panel(slug="exchange", template="exchange/requests/entry_panel.html", context=_context)
