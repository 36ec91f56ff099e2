"""One reading for all who look within a second: walls hang in many rooms, a home page is public."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from threading import Lock
from typing import Generic, TypeVar

from django.conf import settings

from diebian.kernel import clock

Told = TypeVar("Told")


class Shared(Generic[Told]):
    """`read(today)`, asked by one at a time; the others take what it told.

    `settings.FIGURES_SHARED_SECONDS`: how old it may be; 0 reads each time.
    """

    def __init__(self, read: Callable[[date], Told]) -> None:
        self._read, self._lock = read, Lock()
        self._kept: tuple[datetime, Told] | None = None

    def told(self) -> Told:
        with self._lock:
            now, limit = clock.now(), timedelta(seconds=settings.FIGURES_SHARED_SECONDS)
            if self._kept is None or not now - limit < self._kept[0] <= now:
                self._kept = (now, self._read(clock.today()))
            return self._kept[1]
