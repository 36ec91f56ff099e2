"""A part while it runs: its process, how it does, when to try it again."""

import os
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .nursery import Forked
from .part import Part

Process = subprocess.Popen[bytes] | Forked

SETTLED_SECONDS = 30
LONGEST_PAUSE = 10.0


@dataclass
class Child:
    part: Part
    log: Path
    process: Process | None = None
    is_wanted: bool = True
    is_held: bool = False
    is_healthy: bool = False
    was_healthy: bool = False  # since its process started
    restarts: int = 0
    failures: int = 0
    trouble: str = ""  # why it could not even be started
    started_at: float = 0
    healthy_at: float = 0  # the last moment at which it answered
    asked_at: float = 0
    next_try: float = 0

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def may_run(self) -> bool:
        return self.is_wanted and not self.is_held

    def started(self, process: Process, now: float) -> None:
        self.process, self.started_at, self.healthy_at = process, now, now
        self.was_healthy, self.next_try, self.trouble = False, 0, ""

    def ended(self, now: float) -> None:
        """Tried again at once when it had run well, with growing pauses when not."""
        settled = self.process is not None and now - self.started_at > SETTLED_SECONDS
        self.failures = 0 if settled else self.failures + 1
        self.process, self.is_healthy = None, False
        self.next_try = now + min(0.1 * 2**self.failures, LONGEST_PAUSE)
        self.restarts += 1

    def end(self, seconds: float) -> None:
        """Asked to stop; killed when it has not after so many seconds."""
        process = self.process
        if process is None or process.poll() is not None:
            return
        process.send_signal(self.part.stop_signal)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def rest(self) -> None:
        """Held: as if it had never run, so that it starts at once when released."""
        self.process, self.is_healthy, self.was_healthy = None, False, False
        self.next_try, self.failures = 0, 0

    def answered(self, now: float, *, well: bool) -> None:
        self.asked_at, self.is_healthy = now, well
        if well:
            self.was_healthy, self.healthy_at = True, now

    def is_ill_for_too_long(self, now: float) -> bool:
        part = self.part
        limit = part.patience_seconds if self.was_healthy else part.start_seconds
        return self.is_running and not self.is_healthy and now - self.healthy_at > limit

    def told(self) -> dict[str, object]:
        """For `status --json`: other programs read these words."""
        health = "held" if self.is_held else "ok" if self.is_healthy else "down"
        process = self.process
        return {
            "name": self.part.name,
            "title": self.part.title,
            "pid": process.pid if process and not self.is_held else None,
            "port": self.part.port or None,
            "health": health,
            "restarts": self.restarts,
            "log": str(self.log),
            "data": str(self.part.data) if self.part.data else None,
        }
