from diebian.kernel.menu import Group
from diebian.portal.home.public import MenuEntry, menu

MENU = MenuEntry(
    "face", "办事公开", "services:face", lambda _: True,
    is_public=True, group=Group.MORE, is_desk=False,
)  # fmt: skip


def plug() -> None:
    menu.register(MENU)
