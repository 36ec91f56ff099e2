"""What the supervisor must know of a process to keep it alive."""

import http.client
import signal
import socket
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

HTTP_OK = 200
ANSWER_SECONDS = 3


class Roll(Protocol):
    """How a new process of a part takes over from the old one while both run."""

    def is_ready(self, pid: int) -> bool: ...

    def drain(self, pid: int) -> None: ...


@dataclass(frozen=True)
class Part:
    name: str
    title: str  # what it is, in Chinese, for `doctor`
    argv: Sequence[str]
    is_healthy: Callable[[], bool] = lambda: True
    environment: Mapping[str, str] = field(default_factory=dict)
    account: Mapping[str, object] = field(default_factory=dict)  # user, group, extra_groups
    stop_signal: int = signal.SIGTERM
    stop_seconds: float = 15
    start_seconds: float = 120  # never healthy for so long after its start: given up
    patience_seconds: float = 20  # ill for so long though it runs: restarted
    forked_by: str = ""  # a nursery among the parts; its argv is then `python -m …`
    door: Path | None = None  # of a nursery: where it is asked
    needs: Sequence[str] = ()  # while one of these is ill, this one's illness is not its own
    port: int = 0
    data: Path | None = None  # where it keeps what must outlive it
    before_start: Callable[[], None] = lambda: None
    roll: Roll | None = None  # it can be exchanged without a pause


def answers_http(port: int, path: str = "/healthz") -> Callable[[], bool]:
    def ask() -> bool:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_SECONDS)
        with closing(line):
            line.request("GET", path)
            return line.getresponse().status == HTTP_OK

    return ask


def answers_on_socket(file: Path, path: str = "/healthz") -> Callable[[], bool]:
    def ask() -> bool:
        with closing(http.client.HTTPConnection("localhost", timeout=ANSWER_SECONDS)) as line:
            line.sock = socket.socket(socket.AF_UNIX)
            line.sock.settimeout(ANSWER_SECONDS)
            line.sock.connect(str(file))
            line.request("GET", path)
            return line.getresponse().status == HTTP_OK

    return ask


def beats(file: Path, *, within_seconds: float) -> Callable[[], bool]:
    """For a process that listens nowhere: it touches a file as long as it works."""

    def ask() -> bool:
        return file.exists() and time.time() - file.stat().st_mtime < within_seconds

    return ask


def all_of(*asked: Callable[[], bool]) -> Callable[[], bool]:
    return lambda: all(ask() for ask in asked)
