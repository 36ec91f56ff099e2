from diebian.base.directory.public import profile_sections
from diebian.brain.indicators.public import indicators
from diebian.kernel.menu import Group
from diebian.portal.home.public import MenuEntry, menu

from .figures import CARDS
from .loading import SECTION
from .policy import may_browse

MENU = MenuEntry("limits", "办件时限", "services:limits", may_browse, group=Group.OVERSIGHT)


def plug() -> None:
    profile_sections.register(SECTION)
    menu.register(MENU)
    for figure in CARDS:
        indicators.register(figure)
