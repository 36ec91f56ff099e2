from diebian.base.directory.public import profile_sections
from diebian.base.messages.public import subscriptions
from diebian.brain.indicators.public import acts, indicators
from diebian.kernel.menu import Group
from diebian.portal.home.public import MenuEntry, menu

from .figures import FIGURES, RATING_ORDER
from .hearing import EVERYBODY_IS_INVITED
from .loading import SECTION
from .policy import has_desk

MENU = MenuEntry(
    "ratings", "差评办理", "services:ratings-desk", has_desk, group=Group.OVERSIGHT, is_desk=False
)


def plug() -> None:
    profile_sections.register(SECTION)
    subscriptions.register(EVERYBODY_IS_INVITED)
    menu.register(MENU)
    acts.register(RATING_ORDER)
    for figure in FIGURES:
        indicators.register(figure)
