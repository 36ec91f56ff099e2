from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from diebian.kernel.menu import Group
from diebian.kernel.waiting import DEPARTMENT
from diebian.portal.desk.public import Departure, departures
from diebian.portal.home.public import MenuEntry, menu
from diebian.scenes.services.handover.selectors import owed
from diebian.scenes.services.models import PaperSheet
from diebian.security.identity.public import Actor, Post

from .guests import see_off
from .policy import may_see_handovers, may_see_sheets


def _to_confirm(posts: Sequence[str]) -> Sequence[QuerySet[Any, Any]]:
    """Sheets on their way to the department that decides."""
    if Post.REVIEWER not in posts:
        return []
    return [PaperSheet.objects.filter(department__credit_code=DEPARTMENT, confirmed_at=None)]


def _to_hand_over(posts: Sequence[str]) -> Sequence[QuerySet[Any, Any]]:
    """For the windows everything, for whoever decides the own body's; others look on."""
    if Post.WINDOW in posts:
        return [owed()]
    if Post.REVIEWER not in posts:
        return []
    return [owed().filter(case__department__credit_code=DEPARTMENT)]


def _leave(by: Actor) -> None:
    see_off(by=by)


MENU = MenuEntry(
    "sheets", "交接单", "services:sheets", may_see_sheets, waits=_to_confirm, group=Group.WINDOW
)

HANDOVERS = MenuEntry(
    "handovers",
    "待交证件",
    "services:handovers",
    may_see_handovers,
    waits=_to_hand_over,
    group=Group.WINDOW,
)


def plug() -> None:
    menu.register(MENU)
    menu.register(HANDOVERS)
    departures.register(Departure("services", _leave))
