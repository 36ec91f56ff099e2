"""A circuit breaker for one node: after so many failures in a row it is left alone for a while.

Written here, in fifty lines: the libraries that are kept up (pybreaker, purgatory) keep their state
for threads or in Redis, and neither lets exactly one call through while it tries again.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from diebian.base.exchange.protocol.refusals import CircuitOpen

from .models import Circuit


class Breaker:
    """closed → open after `opens_after` failures in a row → after `rests_seconds` one call is let
    through to try (half open) → closed if it succeeds, open again if not."""

    def __init__(
        self,
        *,
        opens_after: int,
        rests_seconds: float,
        is_fault: Callable[[BaseException], bool],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._opens_after, self._rests, self._is_fault = opens_after, rests_seconds, is_fault
        self._now = now
        self._failures, self._opened_at = 0, 0.0
        self.circuit, self.reason = Circuit.CLOSED, ""

    @contextmanager
    def passing(self) -> Iterator[None]:
        """Around one call; raises `CircuitOpen` instead of letting it through."""
        self._let_through()
        try:
            yield
        except BaseException as error:
            if self._is_fault(error):
                self._failed(str(error))
            elif self.circuit == Circuit.HALF_OPEN:
                self.circuit = Circuit.OPEN  # it was not asked after all: the next one tries
            raise
        self._failures, self.circuit, self.reason = 0, Circuit.CLOSED, ""

    def _let_through(self) -> None:
        if self.circuit == Circuit.CLOSED:
            return
        left = self._opened_at + self._rests - self._now()
        if self.circuit == Circuit.HALF_OPEN or left > 0:
            raise CircuitOpen(retry_after=max(1, round(left)))
        self.circuit = Circuit.HALF_OPEN

    def _failed(self, reason: str) -> None:
        self._failures += 1
        self.reason = reason
        if self.circuit == Circuit.HALF_OPEN or self._failures >= self._opens_after:
            self.circuit, self._opened_at = Circuit.OPEN, self._now()
