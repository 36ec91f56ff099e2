"""Keeps the parts of an installation running: ordered start, patient restart, reverse stop.

Every child leads a session of its own: Ctrl-C reaches the supervisor only, which then stops clients
before servers. Every child dies with the supervisor's watch thread (PR_SET_PDEATHSIG, Linux), which
is why only that thread spawns.
"""

import ctypes
import json
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from diebian.kernel.errors import DiebianError

from .installation import MARK, Installation
from .orphans import reap_orphans
from .part import Part

PR_SET_PDEATHSIG = 1
TICK = 0.05
SETTLED_SECONDS = 30
LONGEST_PAUSE = 10.0
HEALTH_EVERY = 2.0
GIVE_UP = 5
LOG_LIMIT = 20_000_000


class NotHealthy(DiebianError):
    code, status, title = "runtime.not_healthy", 503, "有一个进程没有启动成功"


@dataclass
class Child:
    """A part while it runs."""

    part: Part
    process: subprocess.Popen[bytes] | None = None
    is_wanted: bool = True
    is_healthy: bool = False
    restarts: int = 0
    failures: int = 0
    started_at: float = 0
    next_try: float = 0

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None


class Supervisor:
    def __init__(self, installation: Installation, environment: Mapping[str, str]) -> None:
        self.installation = installation
        self.stopping = threading.Event()
        self._environment = {**environment, MARK: str(installation.data)}
        self._children: dict[str, Child] = {}
        self._mutex = threading.RLock()
        reap_orphans(installation.data)
        threading.Thread(target=self._watch, daemon=True, name="watch").start()

    def start(self, part: Part) -> None:
        """Returns when the part answers; refuses with the end of its log when it does not."""
        child = Child(part)
        with self._mutex:
            self._children[part.name] = child
        end = time.monotonic() + part.start_seconds
        while time.monotonic() < end and not self.stopping.is_set() and child.failures < GIVE_UP:
            if child.is_running and _asks(part.is_healthy):
                child.is_healthy = True
                part.after_start()
                return
            time.sleep(TICK)
        if not self.stopping.is_set():
            raise NotHealthy(f"{part.title}（{part.name}）没有启动成功：\n{self._end_of_log(part)}")

    def wait(self) -> None:
        """Until Ctrl-C, SIGTERM or `stopping`."""
        while not self.stopping.wait(HEALTH_EVERY):
            with self._mutex:
                children = list(self._children.values())
            for child in children:
                child.is_healthy = child.is_running and _asks(child.part.is_healthy)
            self._write_state()

    def note(self) -> None:
        """Tells `status` and `doctor` what is there now."""
        self._write_state()

    def stop_all(self) -> None:
        self.stopping.set()
        for name in reversed(list(self._children)):
            self._stop(self._children[name])
        self.installation.state.unlink(missing_ok=True)

    def stop_on_signals(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stopping.set())

    def _stop(self, child: Child) -> None:
        with self._mutex:
            child.is_wanted = False
        process = child.process
        if process is None or process.poll() is not None:
            return
        process.send_signal(child.part.stop_signal)
        try:
            process.wait(child.part.stop_seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _watch(self) -> None:
        while True:
            time.sleep(TICK)
            with self._mutex:
                for child in self._children.values():
                    if child.is_wanted and not child.is_running and not self.stopping.is_set():
                        self._revive(child)

    def _revive(self, child: Child) -> None:
        now = time.monotonic()
        if child.process is None:
            self._spawn(child)
        elif not child.next_try:
            settled = now - child.started_at > SETTLED_SECONDS
            child.failures = 0 if settled else child.failures + 1
            child.next_try = now + min(0.1 * 2**child.failures, LONGEST_PAUSE)
            child.is_healthy = False
        elif now >= child.next_try:
            child.next_try, child.restarts = 0, child.restarts + 1
            self._spawn(child)
            self._write_state()

    def _spawn(self, child: Child) -> None:
        part = child.part
        part.before_start()
        log = self._log(part)
        if log.exists() and log.stat().st_size > LOG_LIMIT:
            log.replace(log.with_suffix(".1"))
        with log.open("ab", buffering=0) as out:
            child.process = subprocess.Popen(  # noqa: S603  no shell; every argument is ours
                list(part.argv),
                env={**self._environment, **part.environment},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
                preexec_fn=_die_with_parent(part.stop_signal),  # noqa: PLW1509  one spawning thread
                **part.account,  # type: ignore[call-overload]
            )
        child.started_at = time.monotonic()

    def _write_state(self) -> None:
        told = {
            "supervisor": os.getpid(),
            "data": str(self.installation.data),
            "processes": [_line(child, self._log(child.part)) for child in self._children.values()],
        }
        file = self.installation.state
        part = file.with_suffix(f".{threading.get_ident()}")
        part.write_text(json.dumps(told, ensure_ascii=False))
        part.replace(file)

    def _log(self, part: Part) -> Path:
        return self.installation.logs / f"{part.name}.log"

    def _end_of_log(self, part: Part) -> str:
        return self._log(part).read_text(errors="replace")[-1500:]


def _line(child: Child, log: Path) -> dict[str, object]:
    return {
        "name": child.part.name,
        "title": child.part.title,
        "pid": child.process.pid if child.process else None,
        "port": child.part.port or None,
        "health": "ok" if child.is_healthy else "down",
        "restarts": child.restarts,
        "log": str(log),
    }


def _asks(is_healthy: Callable[[], bool]) -> bool:
    with suppress(OSError):  # not listening yet, or not any more: both are an answer
        return is_healthy()
    return False


def _die_with_parent(stop_signal: int) -> Callable[[], None]:
    parent = os.getpid()
    prctl = getattr(ctypes.CDLL(None), "prctl", None)

    def before_exec() -> None:
        if prctl is not None:
            prctl(PR_SET_PDEATHSIG, stop_signal)
        if os.getppid() != parent:
            os._exit(1)

    return before_exec
