"""`python -m diebian.base.exchange.meter`: the gateway's log becomes rows, none lost, none twice.

The place in the log moves in the transaction that stores the calls it covers. The request id is
not the key: a client that repeats one would hide calls.
"""

import json
import os
import signal
import threading
from pathlib import Path
from typing import Any

import django

BATCH = 1 << 20
PAUSE_SECONDS = 0.2


def take(file: Path) -> int:
    """One batch of whole lines; returns how many."""
    from django.db import transaction

    from .models import Call, MeterPosition

    with file.open("rb") as log, transaction.atomic():
        key = {"instance": file.stem, "inode": os.fstat(log.fileno()).st_ino}
        MeterPosition.objects.bulk_create([MeterPosition(**key)], ignore_conflicts=True)
        position = MeterPosition.objects.select_for_update().get(**key)  # fences a second meter
        log.seek(position.offset)
        data = log.read(BATCH)
        lines = data[: data.rfind(b"\n") + 1].splitlines(keepends=True)
        calls = []
        for line in lines:
            call = _call(line, offset=position.offset, **key)
            if call is None:
                position.unreadable += 1
            elif call.route != "__v":
                calls.append(call)
            position.offset += len(line)
        Call.objects.bulk_create(calls)
        position.save(update_fields=["offset", "unreadable"])
    return len(lines)


def _call(line: bytes, **place: Any):  # type: ignore[no-untyped-def]
    from .models import Call

    try:
        told = json.loads(line)
        return Call(
            **place,
            at=told["at"],
            request_id=told["request_id"],
            route=told.get("route") or "",
            system=told.get("system") or "",
            status=told["status"],
            flags=told.get("flags") or "",
            milliseconds=told.get("ms") or 0,
        )
    except (ValueError, KeyError):
        return None


def main() -> None:
    django.setup()
    from django.db import OperationalError, close_old_connections

    from .gateway import folder

    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    while not stopping.wait(PAUSE_SECONDS):
        try:
            for file in sorted((folder() / "access").glob("*.log")):
                while take(file):
                    pass
            (folder() / "meter.beat").touch()
        except OperationalError:  # the database restarts: come back with a new connection
            close_old_connections()


if __name__ == "__main__":
    main()
