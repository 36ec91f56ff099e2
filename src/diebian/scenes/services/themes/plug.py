from diebian.base.directory.public import profile_sections
from diebian.portal.home.public import menu
from diebian.scenes.services.items.desk import touches
from diebian.scenes.services.items.following import followers

from .following import FOLLOWER, THEMES
from .loading import SECTION
from .signs import MENU


def plug() -> None:
    touches.register(THEMES)
    followers.register(FOLLOWER)
    profile_sections.register(SECTION)
    for entry in MENU:
        menu.register(entry)
