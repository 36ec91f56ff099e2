"""Ports of one installation: the same over restarts, never one that somebody else has.

Two installations that start at the same moment both find a port free. So each first takes a name
for it in the kernel (an abstract socket, Linux), which is gone when its holder is gone, and which
lives in the same network namespace as the port itself.
"""

import json
import socket
from pathlib import Path

from diebian.kernel.errors import DiebianError

PORTS_TRIED = 100


class PortTaken(DiebianError):
    code, status, title = "runtime.port_taken", 409, "端口被占用"


class Ports:
    """Holds what it chose until `release`, or until the process ends."""

    def __init__(self, book: Path) -> None:
        self._book = book
        self._claims: list[socket.socket] = []

    def choose(self, name: str, preferred: int, *, exact: bool = False) -> int:
        """The port kept for `name`, else the next free one. Raises PortTaken."""
        kept: dict[str, int] = json.loads(self._book.read_text()) if self._book.exists() else {}
        wanted = [preferred]
        if not exact:
            wanted = [kept.get(name, preferred), *range(preferred, preferred + PORTS_TRIED)]
        for port in wanted:
            if self._claim(port):
                part = self._book.with_suffix(".part")
                part.write_text(json.dumps(kept | {name: port}))
                part.replace(self._book)
                return port
        raise PortTaken(f"端口 {preferred} 已被别的程序占用。请换一个：--port 号码")

    def release(self) -> None:
        while self._claims:
            self._claims.pop().close()

    def _claim(self, port: int) -> bool:
        claim = socket.socket(socket.AF_UNIX)
        try:
            claim.bind(f"\0diebian-port-{port}")
        except OSError:
            claim.close()
            return False
        if not is_free(port):
            claim.close()
            return False
        self._claims.append(claim)
        return True


def is_free(port: int) -> bool:
    """Bound without SO_REUSEPORT: Envoy sets it, and would share a port without any error."""
    with socket.socket() as plug:
        plug.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            plug.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
