"""The test's own PostgreSQL by TCP: it listens on a socket alone. Another name for the same server,
as a tunnel is, and a line on which everything can stop moving.
"""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from math import inf

from django.db import connection

BLOCK = 65536


@dataclass
class Forwarded:
    port: int
    freezes_after: float = inf  # so many bytes: nothing passes any more, nothing is closed

    def url(self, database: str) -> str:
        user = connection.get_connection_params().get("user")
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}"


@contextmanager
def own_server_by_tcp() -> Iterator[Forwarded]:
    told = connection.get_connection_params()
    place = f"{told['host']}/.s.PGSQL.{told.get('port') or 5432}"
    ear = socket.create_server(("127.0.0.1", 0))
    made = Forwarded(ear.getsockname()[1])
    lines: list[socket.socket] = []

    def accept() -> None:
        with suppress(OSError):
            while True:
                near, far = ear.accept()[0], socket.socket(socket.AF_UNIX)
                far.connect(place)
                lines.extend([near, far])
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=_pass, args=[made, one, other], daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield made
    finally:
        ear.close()
        for line in lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()


def _pass(made: Forwarded, one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while block := one.recv(BLOCK):
            made.freezes_after -= len(block)
            while made.freezes_after < 0:  # kept back for ever
                time.sleep(0.05)
                if other.fileno() < 0:
                    return
            other.sendall(block)
        other.shutdown(socket.SHUT_WR)
