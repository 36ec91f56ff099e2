from diebian.kernel.menu import Group
from diebian.portal.home.public import MenuEntry, menu

from .policy import may_browse

MENU = MenuEntry(
    "items", "事项管理", "services:items", may_browse, group=Group.ITEMS, is_desk=False
)


def plug() -> None:
    menu.register(MENU)
