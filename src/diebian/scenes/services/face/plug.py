from diebian.portal.home.public import MenuEntry, menu

MENU = MenuEntry("face", "办事公开", "services:face", lambda _: True, is_public=True, is_desk=False)


def plug() -> None:
    menu.register(MENU)
