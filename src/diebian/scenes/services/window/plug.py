from diebian.portal.home.public import MenuEntry, menu

from .policy import may_see_sheets

MENU = MenuEntry("sheets", "交接单", "services:sheets", may_see_sheets)


def plug() -> None:
    menu.register(MENU)
