from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from diebian.base.directory.public import working_calendar
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import Actor

from . import hours, policy
from .models import Hall, Window, WindowKind


@dataclass(frozen=True)
class KindLine:
    """One kind of business in one hall, with the windows that do it."""

    kind: WindowKind
    windows: Sequence[Window]


def halls() -> list[Hall]:
    windows = Prefetch("windows", Window.objects.filter(retired_on=None))
    return list(Hall.objects.filter(retired_on=None).prefetch_related(windows).order_by("code"))


def hall(code: str) -> Hall:
    return _one(code=code)


def hall_of_kiosk(key: str) -> Hall:
    """Of the number machine that knows this key; anybody else's hall does not exist."""
    return _one(kiosk_key=key)


def halls_of(by: Actor) -> list[Hall]:
    """Where this clerk may sit."""
    return [one for one in halls() if policy.may_sit(by, one)]


def kinds() -> dict[str, WindowKind]:
    rows = WindowKind.objects.filter(retired_on=None).order_by("place")
    return {one.code: one for one in rows}


def kinds_at(of: Hall) -> list[KindLine]:
    """What is done here, in the city's order."""
    windows = list(of.windows.filter(retired_on=None))
    lines = [
        KindLine(kind, [one for one in windows if code in one.kinds])
        for code, kind in kinds().items()
    ]
    return [line for line in lines if line.windows]


def window_of(by: Actor) -> Window | None:
    """Where this clerk sits today."""
    rows = Window.objects.select_related("hall").filter(retired_on=None, hall__retired_on=None)
    return rows.filter(clerk_key=by.key, seated_at__gte=clock.midnight()).first()


def reader_at(window: Window) -> str:
    """The name of the card reader at a window; that of the number machine has number 0."""
    return f"{window.hall.code}-{window.number}"


def reader_of_machine(of: Hall) -> str:
    return f"{of.code}-0"


def is_seated(window: Window) -> bool:
    return window.seated_at is not None and window.seated_at >= clock.midnight()


def is_open(of: Hall) -> bool:
    """Whether numbers are taken there at this moment."""
    return hours.takes_numbers(of.hours, working_calendar(), clock.now())


def opens_next(of: Hall) -> datetime | None:
    """While it is closed: when it opens; none where nobody knows that yet."""
    return hours.opens_next(of.hours, working_calendar(), clock.now())


def _one(**which: str) -> Hall:
    found = Hall.objects.filter(retired_on=None, **which).first()
    if found is None:
        raise NotFound
    return found
