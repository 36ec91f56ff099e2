from diebian.portal.home.public import MenuEntry, menu
from diebian.security.identity.public import Actor

from . import policy


def _is_person(actor: Actor) -> bool:
    return actor.is_person


MENU = (
    MenuEntry(
        "cross-region",
        "跨省通办",
        "services:cross-region",
        _is_person,
        is_public=True,
        is_desk=False,
    ),
    MenuEntry("carried", "跨省代收", "services:carried", policy.may_take_in),
)


def plug() -> None:
    for entry in MENU:
        menu.register(entry)
