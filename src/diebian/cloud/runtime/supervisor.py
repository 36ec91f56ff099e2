"""Keeps the parts of an installation running: ordered start, patient restart, reverse stop.

Every child leads a session of its own: Ctrl-C reaches the supervisor only, which then stops clients
before servers. Every child dies with the supervisor's watch thread (PR_SET_PDEATHSIG, Linux), which
is why only that thread spawns. A second thread asks every part how it is: a check may hang, and
must not keep a dead part from being started again.
"""

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import psycopg

from diebian.kernel import clock
from diebian.kernel.errors import DiebianError

from .child import Child, Process
from .installation import MARK, Installation
from .lineage import bury, die_with_parent, inherit_orphans
from .nursery import fork_part
from .part import Part
from .rolls import FORMER, NEXT, Rolls

TICK = 0.05
HEALTH_EVERY = 2.0
STARTING_EVERY = 0.2
GIVE_UP = 5
LAST_WARNING_SECONDS = 5
LOG_LIMIT = 20_000_000


class NotHealthy(DiebianError):
    code, status, title = "runtime.not_healthy", 503, "有一个进程没有启动成功"


class Supervisor:
    def __init__(self, installation: Installation, environment: Mapping[str, str]) -> None:
        self.installation = installation
        self.environment = {**environment, MARK: str(installation.data)}
        self.stopping = threading.Event()
        self._facts: dict[str, Any] = {"ready": False}
        self._children: dict[str, Child] = {}
        self._mutex = threading.RLock()
        self._sessions = set[int]()  # every part leads one
        inherit_orphans()
        self._rolls = Rolls(installation, self._children, self._mutex, self._log)
        for work in (self._watch, self._look_after):
            threading.Thread(target=work, daemon=True, name=work.__name__).start()

    def begin(self, *parts: Part) -> None:
        """Starts the parts together and returns at once."""
        with self._mutex:
            for part in parts:
                log = self.installation.logs / f"{part.name}.log"
                self._children[part.name] = Child(part, log)

    def settle(self, *parts: Part, told: Callable[[Part, float], None]) -> None:
        """Returns when all of them answer, telling each; refuses with the end of a log if not."""
        began = time.monotonic()
        waiting = [self._children[part.name] for part in parts]
        while waiting and not self.stopping.wait(TICK):
            now = time.monotonic()
            for child in [child for child in waiting if child.was_healthy]:
                waiting.remove(child)
                told(child.part, child.healthy_at - child.started_at)
            for child in waiting:
                if child.failures >= GIVE_UP or now - began > child.part.start_seconds:
                    raise NotHealthy(_why_not(child))

    def run(self, part: Part) -> int:
        """To its end or until we are stopped, writing where we write. Gives its exit code."""
        process = self._made(part, sys.stdout.fileno())
        while process.poll() is None:
            if self.stopping.wait(TICK):
                process.send_signal(part.stop_signal)
                break
        return process.wait()

    def note(self, **facts: Any) -> None:
        """What `status`, `doctor` and `demo` are told of the whole, beside the parts."""
        self._facts |= facts
        self._write_state()

    def stop_all(self) -> None:
        self.stopping.set()
        for child in reversed(list(self._children.values())):
            with self._mutex:
                child.is_wanted = False
            child.end(child.part.stop_seconds)
        self.installation.state.unlink(missing_ok=True)

    def stop_on_signals(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda *_: self.stopping.set())

    def _watch(self) -> None:
        while True:
            time.sleep(TICK)
            with self._mutex:
                for child in list(self._children.values()):
                    if child.may_run and not child.is_running and not self.stopping.is_set():
                        self._revive(child)
                bury(self._sessions)

    def _revive(self, child: Child) -> None:
        now = time.monotonic()
        if child.process is not None:
            self._log(f"{child.part.name} 退出（{child.process.returncode}），将重新启动")
            child.ended(now)
        elif now >= child.next_try and self._can_be_made(child.part):
            try:
                self._spawn(child)
            except (OSError, subprocess.SubprocessError, psycopg.Error) as error:
                # A full disk, no more processes: this thread must live, or all children die.
                child.trouble = str(error)
                child.ended(now)

    def _spawn(self, child: Child) -> None:
        part = child.part
        part.before_start()
        if child.log.exists() and child.log.stat().st_size > LOG_LIMIT:
            child.log.replace(child.log.with_suffix(".1"))
        with child.log.open("ab", buffering=0) as out:
            process = self._made(part, out.fileno())
        self._sessions.add(process.pid)
        child.started(process, time.monotonic())

    def _can_be_made(self, part: Part) -> bool:
        """Whoever forks it has to be there first."""
        maker = self._children.get(part.forked_by)
        return maker is None or maker.is_healthy

    def _made(self, part: Part, log: int) -> Process:
        maker = self._children.get(part.forked_by)
        if maker is not None and maker.part.door is not None:
            return fork_part(
                maker.part.door,
                name=part.name,
                words=part.argv[2:],  # after `python -m`
                stop_signal=part.stop_signal,
                log=log,
                environment=part.environment,
            )
        process: subprocess.Popen[bytes] = subprocess.Popen(  # noqa: S603  no shell; all is ours
            list(part.argv),
            env={**self.environment, **part.environment},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=die_with_parent(part.stop_signal),  # noqa: PLW1509  one spawning thread
            **part.account,  # type: ignore[call-overload]
        )
        return process

    def _look_after(self) -> None:
        while not self.stopping.wait(TICK):
            with self._mutex:
                children = list(self._children.values())
            self._follow_holds(children)
            self._rolls.follow()
            asked = [child for child in children if child.may_run and self._ask(child)]
            if asked:
                self._write_state()
            for child in asked:
                if child.is_ill_for_too_long(time.monotonic()) and self._is_own_illness(child):
                    self._log(f"{child.part.name} 长时间没有应答，结束它并重新启动")
                    child.end(LAST_WARNING_SECONDS)

    def _ask(self, child: Child) -> bool:
        every = HEALTH_EVERY if child.was_healthy else STARTING_EVERY
        if time.monotonic() - child.asked_at < every:
            return False
        well = child.is_running and _is_well(child.part.is_healthy)
        child.answered(time.monotonic(), well=well)
        return True

    def _is_own_illness(self, child: Child) -> bool:
        needed = [self._children[name] for name in child.part.needs if name in self._children]
        return all(other.is_healthy for other in needed)

    def _follow_holds(self, children: list[Child]) -> None:
        held = self.installation.held
        for child in children:
            is_held = child.part.name in held
            if is_held == child.is_held:
                continue
            self._log(f"{child.part.name} {'停用' if is_held else '恢复'}")
            with self._mutex:
                child.is_held = is_held
            if is_held:
                child.end(child.part.stop_seconds)
                with self._mutex:
                    child.rest()
            self._write_state()

    def _write_state(self) -> None:
        told = {
            "supervisor": os.getpid(),
            "data": str(self.installation.data),
            "at": clock.now().isoformat(),
            **self._facts,
            "processes": [
                child.told()
                for name, child in list(self._children.items())
                if not name.endswith((NEXT, FORMER))
            ],
        }
        file = self.installation.state
        part = file.with_suffix(f".{threading.get_ident()}")
        with suppress(OSError):  # a full disk: the state of before stays, the work goes on
            part.write_text(json.dumps(told, ensure_ascii=False))
            part.replace(file)

    def _log(self, sentence: str) -> None:
        moment = clock.now().astimezone(clock.CITY_TIME)
        with (
            suppress(OSError),  # as above
            (self.installation.logs / "supervisor.log").open("a") as out,
        ):
            out.write(f"{moment:%Y-%m-%d %H:%M:%S} {sentence}\n")


def _is_well(is_healthy: Callable[[], bool]) -> bool:
    """Not listening yet, not any more, or talking nonsense: each is an answer."""
    with suppress(OSError, http.client.HTTPException, psycopg.Error, ValueError):
        return is_healthy()
    return False


def _why_not(child: Child) -> str:
    end = child.trouble
    if not end and child.log.exists():
        end = child.log.read_text(errors="replace")[-1500:]
    return f"{child.part.title}（{child.part.name}）没有启动成功：\n{end}"
