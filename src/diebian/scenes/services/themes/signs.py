"""What themes show in the portal: what a search finds of them, places in the menu."""

from django.urls import reverse

from diebian.kernel.menu import Group
from diebian.portal.home.public import Hit, MenuEntry
from diebian.security.identity.public import Actor

from . import listing, policy


def hits(words: str) -> list[Hit]:
    return [
        Hit(
            title=one.name,
            summary=f"{len(one.places)} 个事项一起办，{one.department.name}牵头",
            address=reverse("services:theme", args=[one.code]),
            tag="一件事",
            tone="go",
        )
        for one in listing.search(words)
    ]


def _is_person(actor: Actor) -> bool:
    return actor.is_person


MENU = (
    MenuEntry("themes", "一件事", "services:themes", _is_person, is_public=True, is_desk=False),
    MenuEntry(
        "themes-desk", "一件事编排", "services:themes-desk", policy.may_browse,
        group=Group.ITEMS, is_desk=False,
    ),
)  # fmt: skip
