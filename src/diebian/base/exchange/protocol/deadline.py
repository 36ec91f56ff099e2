"""How long each step of a call may take, and the one moment by which all of them are over.

Envoy gives up after `gateway` seconds; an answer after that reaches nobody, but was read and
counted. So what comes before the books (grant, quota, place, department) shares one end, which
leaves the books their own time. Each step has its limit, or what is left if that is less.
"""

import asyncio
import time
from dataclasses import dataclass

from .refusals import Busy


@dataclass(frozen=True)
class Patience:
    """Seconds."""

    gateway: float = 8.0  # Envoy's, for the whole call
    store: float = 1.8  # for one question to the database
    place: float = 2.0  # for a place at a system that takes few at once
    department: float = 4.0
    least: float = 0.2  # with less than this nobody is asked: it would only be cut off
    margin: float = 0.2  # for the way back

    @property
    def before_the_books(self) -> float:
        return self.gateway - self.store - self.margin


PATIENCE = Patience()
STORE_SECONDS = PATIENCE.store


class Deadline:
    """Of one call; begins when it is made."""

    def __init__(self, patience: Patience = PATIENCE) -> None:
        self.patience = patience
        self._end = time.monotonic() + patience.before_the_books

    def left(self, most: float) -> float:
        """Seconds for a step that may take `most`; 0 when the time is over."""
        return max(0.0, min(most, self._end - time.monotonic()))

    def for_store(self) -> asyncio.Timeout:
        return asyncio.timeout(self.left(self.patience.store))

    def for_place(self) -> asyncio.Timeout:
        return asyncio.timeout(self.left(self.patience.place))

    def for_department(self) -> float:
        """Raises `Busy` where the time went before it was asked: that is not its fault."""
        left = self.left(self.patience.department)
        if left < self.patience.least:
            raise Busy
        return left
