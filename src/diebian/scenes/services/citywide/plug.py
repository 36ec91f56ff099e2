from diebian.brain.indicators.public import indicators
from diebian.kernel.menu import Group
from diebian.portal.home.public import MenuEntry, menu
from diebian.security.identity.public import Actor, Post

from .figures import FIGURE


def _is_person(actor: Actor) -> bool:
    return actor.is_person


def _is_clerk(actor: Actor) -> bool:
    return actor.holds(Post.WINDOW)


LIST = MenuEntry(
    "city-wide", "全市通办", "services:city-wide", _is_person,
    is_public=True, group=Group.MORE, is_desk=False,
)  # fmt: skip
MENU = (
    LIST,
    MenuEntry("received", "本窗口收的", "services:received", _is_clerk, group=Group.WINDOW),
)


def plug() -> None:
    for entry in MENU:
        menu.register(entry)
    indicators.register(FIGURE)
