from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from diebian.kernel.menu import Group
from diebian.kernel.waiting import DEPARTMENT
from diebian.portal.desk.public import Departure, departures
from diebian.portal.home.public import MenuEntry, menu
from diebian.scenes.services.models import PaperSheet
from diebian.security.identity.public import Actor, Post

from .guests import see_off
from .policy import may_see_sheets


def _to_confirm(posts: Sequence[str]) -> Sequence[QuerySet[Any, Any]]:
    """Sheets on their way to the department that decides."""
    if Post.REVIEWER not in posts:
        return []
    return [PaperSheet.objects.filter(department__credit_code=DEPARTMENT, confirmed_at=None)]


def _leave(by: Actor) -> None:
    see_off(by=by)


MENU = MenuEntry(
    "sheets", "交接单", "services:sheets", may_see_sheets, waits=_to_confirm, group=Group.WINDOW
)


def plug() -> None:
    menu.register(MENU)
    departures.register(Departure("services", _leave))
