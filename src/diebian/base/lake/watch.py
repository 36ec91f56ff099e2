"""How long one table may take, and who may end it: a source that hangs must not stop the others.

Whoever reads says how its waiting can be ended (`cuts`, `holds`); the clock, or a person who asks
to stop, then does so from a thread of its own.
"""

import os
import socket
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Lock, Timer
from time import monotonic
from types import TracebackType

from diebian.kernel.errors import DiebianError

from .refusals import Overdue

Cut = Callable[[bool], None]  # told whether a polite word had no effect
Count = Callable[[], int | None]
PATIENCE = 5.0  # seconds for a polite word to have its effect
MINUTE = 60.0  # seconds; a test has shorter ones
LOOK_SECONDS = 20.0  # for one look at a source, while a person waits


class Watch:
    """To be entered by the thread that reads. On leaving, what was ended raises why."""

    def __init__(self, seconds: float, late: DiebianError | None = None) -> None:
        """`late`: why it was ended, where the clock does it; else in the words of collecting."""
        self.rows = 0
        self.reason: DiebianError | None = None
        self._began, self._seconds = monotonic(), seconds
        self._cuts: list[Cut] = []
        self._count: Count | None = None
        self._line: socket.socket | None = None  # the one that is read from now
        self._lock, self._ended = Lock(), Event()
        late = late or Overdue(f"{seconds / 60:.3g} 分钟")
        self._clock = Timer(seconds, self.stop, [late])
        self._clock.daemon = True

    def __enter__(self) -> "Watch":
        self._clock.start()
        return self

    def __exit__(
        self, _: type[BaseException] | None, error: BaseException | None, __: TracebackType | None
    ) -> None:
        self._clock.cancel()
        with self._lock:  # whoever is just ending it has done so
            self._ended.set()
            self._let_go()
        if isinstance(error, Exception) and self.reason is not None:
            raise self.reason from error

    @property
    def left(self) -> float:
        """Seconds."""
        return max(0.1, self._began + self._seconds - monotonic())

    @property
    def age(self) -> float:
        return monotonic() - self._began

    def check(self) -> None:
        """Between two steps."""
        if self.reason is not None:
            raise self.reason

    def over(self) -> None:
        """What follows is not hit: it has a clock of its own. Raises why, if it was ended."""
        with self._lock:
            self._ended.set()
        self.check()

    def cuts(self, cut: Cut) -> None:
        self._cuts.append(cut)

    def holds(self, number: int) -> None:
        """The socket that is read from now, by its number; the one before it is let go. A second
        handle: the first may be closed, and its number be another's, at the moment when the
        connection is ended. It keeps the connection open, so whoever has read says `lets_go`.
        """
        line = socket.socket(fileno=os.dup(number))
        with self._lock:
            self._let_go()
            self._line = line

    def lets_go(self) -> None:
        """Nothing is read from there any more: the other side sees that it is left."""
        with self._lock:
            self._let_go()

    def counts(self, count: Count) -> None:
        """How to learn how many rows have come, where they do not pass through here."""
        self._count = count

    def counted(self) -> int:
        """Asked by whoever shows it, from another thread; may take a moment."""
        if self._count is not None:
            self.rows = max(self.rows, self._count() or 0)
        return self.rows

    def stop(self, reason: DiebianError) -> None:
        """From any thread: first politely, then by force."""
        for is_hard in (False, True):
            with self._lock:  # what comes after this table is not hit
                if self._ended.is_set():
                    return
                self.reason = self.reason or reason
                if self._line is not None:
                    with suppress(OSError):
                        self._line.shutdown(socket.SHUT_RDWR)
                for cut in self._cuts:
                    with suppress(Exception):
                        cut(is_hard)
            if self._ended.wait(PATIENCE):
                return

    def _let_go(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None


def looking() -> Watch:
    return Watch(LOOK_SECONDS)
