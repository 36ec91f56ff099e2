from diebian.kernel.menu import Group
from diebian.portal.home.public import MenuEntry, menu

from .policy import may_see

MENU = MenuEntry(
    "ledger", "免提交台账", "services:ledger", may_see, group=Group.ITEMS, is_desk=False
)


def plug() -> None:
    menu.register(MENU)
