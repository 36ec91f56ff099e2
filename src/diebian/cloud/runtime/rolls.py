"""One process of a part takes over from another, without a pause between them.

The new one is started beside the old one; only when it is ready itself does the old one stop taking
anything new. If it never gets ready, it is ended and everything stays as it was.
"""

import threading
import time
from collections.abc import Callable

from .child import Child
from .installation import Installation

NEXT, FORMER = "+next", "+former"  # beside the part's own name, among the children
READY_SECONDS = 60


class Rolls:
    def __init__(
        self,
        installation: Installation,
        children: dict[str, Child],
        mutex: threading.RLock,
        log: Callable[[str], None],
    ) -> None:
        self._installation, self._children = installation, children
        self._mutex, self._log = mutex, log
        self._coming: dict[str, tuple[Child, float]] = {}
        self._swapping: set[str] = set()

    def follow(self) -> None:
        """One step of each; never waits. Spawning is left to the thread that spawns."""
        for name in self._installation.rolling - self._coming.keys():
            self._begin(name)
        for name, (child, began) in list(self._coming.items()):
            if name in self._swapping:
                continue
            if _is_ready(child):
                self._swapping.add(name)
                threading.Thread(target=self._swap, args=(name, child), daemon=True).start()
            elif child.failures or time.monotonic() - began > READY_SECONDS:
                self._give_up(name, child)

    def _begin(self, name: str) -> None:
        now = self._children.get(name)
        if now is None or now.part.roll is None or not now.may_run:
            self._log(f"{name} 不能换新进程")
            self._installation.rolled(name)
            return
        child = Child(now.part, now.log)
        with self._mutex:
            self._children[name + NEXT] = child
        self._coming[name] = child, time.monotonic()
        self._log(f"{name} 换新进程：新的正在启动")

    def _swap(self, name: str, child: Child) -> None:
        with self._mutex:
            former = self._children[name]
            former.is_wanted = False
            del self._children[name + NEXT]
            self._children[name], self._children[name + FORMER] = child, former
        if former.is_running and former.process is not None and child.part.roll is not None:
            child.part.roll.drain(former.process.pid)
        former.end(child.part.stop_seconds)
        with self._mutex:
            del self._children[name + FORMER]
        self._log(f"{name} 换新进程：好了")
        self._over(name)

    def _give_up(self, name: str, child: Child) -> None:
        child.is_wanted = False
        child.end(child.part.stop_seconds)
        with self._mutex:
            del self._children[name + NEXT]
        self._log(f"{name} 换新进程：新的没有启动成功，仍用原来的")
        self._over(name)

    def _over(self, name: str) -> None:
        self._installation.rolled(name)
        self._swapping.discard(name)
        del self._coming[name]


def _is_ready(child: Child) -> bool:
    roll, process = child.part.roll, child.process
    return roll is not None and process is not None and roll.is_ready(process.pid)
