"""How one Envoy takes over from another on the same port, with no call lost between them.

Both listen (SO_REUSEPORT); the one that goes says `connection: close` on each answer for as long as
its drain time, then listens no more, and is ended when nobody is connected to it.
"""

import http.client
import json
import socket
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from .part import ANSWER_SECONDS, answers_on_socket

ENDING_SECONDS = 0.2  # between the end of the drain time and the closed listener
LONGEST_SECONDS = 12  # longer than any call may take after the drain time; then it is ended
ACTIVE = "http.gateway.downstream_cx_active"


@dataclass(frozen=True)
class EnvoyRoll:
    """`folder`: where each Envoy keeps its own administration socket, `admin-PID.sock`.

    `drain_seconds`: what it was started with (`--drain-time-s`).
    """

    folder: Path
    drain_seconds: float = 2.0

    def is_ready(self, pid: int) -> bool:
        """Whether this very process serves; another one on the same port does not count."""
        with suppress(OSError, http.client.HTTPException):
            return answers_on_socket(self._admin(pid), "/ready")()
        return False

    def drain(self, pid: int) -> None:
        """Returns when nothing is under way in it any more, or the patience is over."""
        end = time.monotonic() + LONGEST_SECONDS
        with suppress(OSError, http.client.HTTPException, ValueError):  # it died meanwhile
            self._ask(pid, "POST", "/drain_listeners?graceful")
            time.sleep(self.drain_seconds + ENDING_SECONDS)
            while time.monotonic() < end and self._connections(pid):
                time.sleep(0.05)

    def _connections(self, pid: int) -> int:
        told = json.loads(self._ask(pid, "GET", f"/stats?format=json&filter=^{ACTIVE}$"))["stats"]
        return sum(int(one["value"]) for one in told if one.get("name") == ACTIVE)

    def _ask(self, pid: int, method: str, path: str) -> bytes:
        with closing(http.client.HTTPConnection("localhost", timeout=ANSWER_SECONDS)) as line:
            line.sock = socket.socket(socket.AF_UNIX)
            line.sock.settimeout(ANSWER_SECONDS)
            line.sock.connect(str(self._admin(pid)))
            line.request(method, path)
            return line.getresponse().read()

    def _admin(self, pid: int) -> Path:
        return self.folder / f"admin-{pid}.sock"
