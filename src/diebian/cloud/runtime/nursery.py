"""Loads once what our Python parts share, and forks them: a start then costs no loading.

    python -m diebian.cloud.runtime.nursery SOCKET MODULE

imports MODULE, then answers on SOCKET: one message is one part, with its log as a passed file. It
never has threads, connections or files of its own that a child could share by mistake. A part is
forked twice, so that it does not belong to the nursery but to the supervisor, which inherits
orphans: the nursery may be killed and nothing else ends.
"""

import gc
import json
import os
import runpy
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from .lineage import be_adopted_by
from .part import Part

LONGEST_MESSAGE = 65_536  # bytes
ANSWER_SECONDS = 10
LOOK_EVERY = 0.02


class Forked:
    """What the supervisor needs of `subprocess.Popen`, for a child that the nursery made."""

    def __init__(self, pid: int) -> None:
        self.pid, self.returncode = pid, None  # type: int, int | None
        self._waiting = threading.Lock()

    def poll(self) -> int | None:
        with self._waiting:
            if self.returncode is None:
                pid, status = os.waitpid(self.pid, os.WNOHANG)
                if pid:
                    self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        end = None if timeout is None else time.monotonic() + timeout
        while (code := self.poll()) is None:
            if end is not None and time.monotonic() > end:
                raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
            time.sleep(LOOK_EVERY)
        return code

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)


def fork_part(
    door: Path,
    *,
    name: str,
    words: Sequence[str],
    stop_signal: int,
    log: int,
    environment: Mapping[str, str] | None = None,
) -> Forked:
    """`words` are what follows `python -m`; `environment` is added to the nursery's own, for what
    is read when the part runs. Raises OSError when the nursery does not answer.
    """
    told = {
        "name": name,
        "words": words,
        "stop_signal": stop_signal,
        "supervisor": os.getpid(),
        "environment": dict(environment or {}),
    }
    with _line() as line:
        line.connect(str(door))
        socket.send_fds(line, [json.dumps(told).encode()], [log])
        answer = line.recv(LONGEST_MESSAGE)
    if not answer:
        raise OSError(f"the nursery at {door} forked nothing")
    return Forked(int(answer))


def nursery(door: Path, module: str) -> Part:
    """The part that forks those which name it in `forked_by`."""
    return Part(
        name="nursery",
        title="程序预载",
        argv=[sys.executable, "-m", __name__, str(door), module],
        is_healthy=_answers_in(door),
        before_start=lambda: door.unlink(missing_ok=True),
        door=door,
    )


def _answers_in(door: Path) -> Callable[[], bool]:
    """It opens its door when all is loaded."""

    def ask() -> bool:
        with _line() as line:
            line.connect(str(door))
            return True

    return ask


def main(door: Path, module: str) -> NoReturn:
    import_module(module)
    gc.collect()
    gc.freeze()  # what is loaded stays where it is: children share these pages
    door.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as ear:
        ear.bind(str(door))
        door.chmod(0o600)
        ear.listen()
        while True:
            line, _ = ear.accept()
            with line:
                raw, files, *_ = socket.recv_fds(line, LONGEST_MESSAGE, 1)
                if raw and files:
                    line.send(str(_fork(json.loads(raw), files[0], ear, line)).encode())
                    os.close(files[0])


def _fork(told: dict[str, Any], log: int, *ours: socket.socket) -> int:
    """The number of the part; whoever made it has ended when this returns."""
    ear, mouth = os.pipe()
    between = os.fork()
    if between == 0:
        part = os.fork()
        if part == 0:
            for each in ours:
                each.close()
            os.close(ear)
            os.close(mouth)
            _become(told, log)
        os.write(mouth, str(part).encode())
        os._exit(0)
    os.close(mouth)
    os.waitpid(between, 0)
    with os.fdopen(ear) as said:
        return int(said.read())


def _become(told: dict[str, Any], log: int) -> NoReturn:
    """As `python -m` would: the module as the main one, with its words, and then the end."""
    os.setsid()
    be_adopted_by(told["supervisor"], told["stop_signal"], told["name"])
    for stream in (1, 2):
        os.dup2(log, stream)
    os.close(log)
    os.environ.update(told["environment"])
    module, *words = told["words"]
    sys.argv = [module, *words]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
    sys.exit(0)


def _line() -> socket.socket:
    line = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    line.settimeout(ANSWER_SECONDS)
    return line


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
