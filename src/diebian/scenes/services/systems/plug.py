from diebian.base.directory.public import profile_sections
from diebian.base.messages.public import subscriptions
from diebian.kernel.api_docs import operations
from diebian.kernel.menu import Group
from diebian.portal.home.public import MenuEntry, menu

from .api_docs import operations_of_systems
from .following import WHAT_FOLLOWS
from .loading import FOLLOWS, SECTION
from .policy import may_browse

MENU = MenuEntry("case-systems", "自建系统", "services:systems", may_browse, group=Group.ITEMS)


def plug() -> None:
    profile_sections.register(SECTION)
    profile_sections.register(FOLLOWS)
    subscriptions.register(WHAT_FOLLOWS)
    menu.register(MENU)
    for operation in operations_of_systems():
        operations.register(operation)
