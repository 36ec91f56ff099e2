"""`python -m diebian.base.exchange.metering.meter`: the gateway's log becomes rows, each once.

The place in the log moves in the transaction that stores the calls it covers. The request id is
not the key: a client that repeats one would hide calls.
"""

import json
import os
import signal
import threading
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import django

from diebian.base.exchange.gateway.envoy_problems import MALFORMED

BATCH = 1 << 20
PAUSE_SECONDS = 0.2
COPY = (
    'copy exchange_call (instance, inode, "offset", at, request_id, route, system, status, '
    "flags, milliseconds) from stdin"
)
MATCHED = """
with known as (delete from exchange_journalline where instance = %s and request_id = any(%s)
  returning instance, request_id, code)
update exchange_call c set code = k.code from known k
where k.code <> '' and c.request_id = k.request_id and c.instance = k.instance
"""
Row = tuple[str | int | datetime, ...]


def take(file: Path) -> int:
    """One batch of whole lines; returns how many. What the log has, the journal need not keep."""
    from django.db import connection, transaction

    from diebian.base.exchange.broker.refused import INSERT_LOGGED, logged

    from .models import MeterPosition

    with file.open("rb") as log, transaction.atomic(), connection.wrap_database_errors:
        key = {"instance": file.stem, "inode": os.fstat(log.fileno()).st_ino}
        MeterPosition.objects.bulk_create([MeterPosition(**key)], ignore_conflicts=True)
        position = MeterPosition.objects.select_for_update().get(**key)  # fences a second meter
        log.seek(position.offset)
        data = log.read(BATCH)
        lines = data[: data.rfind(b"\n") + 1].splitlines(keepends=True)
        if not lines:
            return 0
        calls: list[Row] = []
        refused: list[Row] = []
        for line in lines:
            call = _call(line)
            if call is None:
                position.unreadable += 1
            elif call[2] != "__v":
                calls.append((file.stem, position.inode, position.offset, *call))
                refused += logged(line)
            position.offset += len(line)
        with connection.cursor() as cursor:
            with cursor.copy(COPY) as copy:
                for call in calls:
                    copy.write_row(call)
            cursor.execute(MATCHED, [file.stem, [call[4] for call in calls]])
            if refused:
                cursor.executemany(INSERT_LOGGED, refused)
        position.save(update_fields=["offset", "unreadable"])
    return len(lines)


def _call(line: bytes) -> Row | None:
    """Cut to what the columns hold: one strange line must not stop the meter."""
    try:
        told: dict[str, Any] = json.loads(line)
        return (
            datetime.fromisoformat(told["at"]),
            _request_id(told),
            _text(told.get("route"), 80),
            _text(told.get("system"), 64),
            int(told["status"]),
            _text(told.get("flags"), 40),
            int(told.get("ms") or 0),
        )
    except (ValueError, KeyError, TypeError):
        return None


def _request_id(told: Mapping[str, Any]) -> str:
    """Ours. Of a request refused before it had one, the id that its refusal names."""
    if "route" not in told and told["status"] in MALFORMED:
        return f"c{told['connection']}-{told['at']}"
    return _text(told["request_id"], 64)


def _text(value: Any, longest: int) -> str:
    return str(value or "").replace("\0", "")[:longest]


def main() -> None:
    django.setup()
    from django.db import InterfaceError, OperationalError, close_old_connections

    from diebian.base.exchange.gateway.instances import folder

    from .reconcile import settle_all

    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)  # it may start before Envoy
    while not stopping.wait(PAUSE_SECONDS):
        try:
            for file in sorted((folder() / "access").glob("*.log")):
                while take(file):
                    pass
            settle_all()
            (folder() / "meter.beat").touch()
        except (OperationalError, InterfaceError):  # the database restarts: come back anew
            close_old_connections()
        except FileNotFoundError:  # an old log was cleared away at this moment
            continue


if __name__ == "__main__":
    main()
