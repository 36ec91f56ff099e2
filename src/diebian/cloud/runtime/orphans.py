"""Parts of an installation whose supervisor was killed, known by the mark they carry."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

from .installation import MARK

PATIENCE_SECONDS = 15


def reap_orphans(data: Path) -> list[int]:
    """Ends them politely, then not. PostgreSQL is told twice and never killed."""
    found = _marked(data)
    for database, other, patience in (
        (signal.SIGINT, signal.SIGTERM, PATIENCE_SECONDS),
        (signal.SIGQUIT, signal.SIGKILL, PATIENCE_SECONDS / 3),
    ):
        for pid, name in found.items():
            with suppress(ProcessLookupError):
                os.kill(pid, database if name == "postgres" else other)
        end = time.monotonic() + patience
        while any(_is_alive(pid) for pid in found) and time.monotonic() < end:
            time.sleep(0.05)
    return list(found)


def _marked(data: Path) -> dict[int, str]:
    mark = f"{MARK}={data}".encode()
    own = {os.getpid(), os.getppid()}
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # ended meanwhile, or somebody else's
            pid = int(folder.name)
            if pid not in own and mark in (folder / "environ").read_bytes().split(b"\0"):
                found[pid] = (folder / "comm").read_text().strip()
    return found


def _is_alive(pid: int) -> bool:
    with suppress(OSError):
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    return False
