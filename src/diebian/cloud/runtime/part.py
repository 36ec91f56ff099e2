"""What the supervisor must know of a process to keep it alive."""

import http.client
import signal
import socket
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

HTTP_OK = 200


@dataclass(frozen=True)
class Part:
    name: str
    title: str  # what it is, in Chinese, for `doctor`
    argv: Sequence[str]
    is_healthy: Callable[[], bool]
    environment: Mapping[str, str] = field(default_factory=dict)
    account: Mapping[str, object] = field(default_factory=dict)  # user, group, extra_groups
    stop_signal: int = signal.SIGTERM
    stop_seconds: float = 15
    start_seconds: float = 40
    port: int = 0
    before_start: Callable[[], None] = lambda: None
    after_start: Callable[[], None] = lambda: None  # once healthy, at the first start only


def answers_http(port: int, path: str = "/healthz") -> Callable[[], bool]:
    def ask() -> bool:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=3)) as line:
            line.request("GET", path)
            return line.getresponse().status == HTTP_OK

    return ask


def answers_on_socket(file: Path, path: str = "/healthz") -> Callable[[], bool]:
    def ask() -> bool:
        with closing(http.client.HTTPConnection("localhost", timeout=3)) as line:
            line.sock = socket.socket(socket.AF_UNIX)
            line.sock.settimeout(3)
            line.sock.connect(str(file))
            line.request("GET", path)
            return line.getresponse().status == HTTP_OK

    return ask


def accepts(port: int) -> Callable[[], bool]:
    def ask() -> bool:
        with socket.create_connection(("127.0.0.1", port), timeout=2):
            return True

    return ask
