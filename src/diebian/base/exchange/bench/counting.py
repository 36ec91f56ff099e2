"""After the load: what the client saw, what was metered, and what Envoy itself counted."""

import http.client
import json
import socket
import time
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg

from .rig import Rig
from .side import Side

METERED_SECONDS = 60  # without any headway
COUNTER = "cluster.broker.upstream_rq_2xx"


@dataclass(frozen=True)
class Books:
    client: int
    metered: int
    lost: int  # the client has the answer, the meter has no row
    doubled: int  # rows beyond the first for one request id


def envoy_counter(admin: Path, name: str) -> int:
    """A counter from the process itself, over its socket."""
    with closing(http.client.HTTPConnection("localhost", timeout=5)) as line:
        line.sock = socket.socket(socket.AF_UNIX)
        line.sock.connect(str(admin))
        line.request("GET", f"/stats?format=json&filter=^{name.replace('.', '[.]')}$")
        stats = json.loads(line.getresponse().read())["stats"]
    return int(next((one["value"] for one in stats if one.get("name") == name), 0))


def wait_until_read(database: str, log: Path) -> float:
    """Until the meter has read the log to its end; returns how long that took, in seconds."""
    began = moved = time.monotonic()
    key, last = (log.stem, log.stat().st_ino), None
    with psycopg.connect(database, autocommit=True) as connection:
        while time.monotonic() - moved < METERED_SECONDS:
            found = connection.execute(
                'select "offset" from exchange_meterposition where instance = %s and inode = %s',
                key,
            ).fetchone()
            if found is not None and found[0] == log.stat().st_size:
                return time.monotonic() - began
            if found != last:
                last, moved = found, time.monotonic()
            time.sleep(0.02)
    raise TimeoutError(f"{log.name} is not read to its end after {METERED_SECONDS} s")


def instance_at(rig: Rig, port: int) -> str:
    """The gateway on that port."""
    for lock in (rig.home.data / "gateway" / "instances").glob("*.lock"):
        if f'"port": {port}}}' in lock.read_text():
            return lock.stem
    raise RuntimeError(f"no gateway on port {port}")


def counted(rig: Rig, side: Side) -> dict[str, object]:
    """Of that side, once the meter has read its log: lost, doubled, and everybody's own figure."""
    instance = instance_at(rig, side.port)
    took = wait_until_read(
        rig.postgres.url, rig.home.data / "gateway" / "access" / f"{instance}.log"
    )
    told = books(rig.postgres.url, side.ids.read_bytes().split(), instance=instance)
    counter = envoy_counter(rig.home.data / "gateway" / "admin.sock", COUNTER)
    return {
        "lost": told.lost,
        "doubled": told.doubled,
        "counted": {"client": told.client, "metered": told.metered, "envoy": counter},
        "counts_agree": told.client == told.metered == counter == side.answered,
        "metering_seconds": round(took, 2),
    }


def books(database: str, ids: Iterable[bytes], *, instance: str) -> Books:
    """Compares the request ids that the client was given with the rows of that gateway."""
    with psycopg.connect(database) as connection:
        connection.execute("create temp table seen (request_id text)")
        with connection.cursor().copy("copy seen from stdin") as copy:
            for one in ids:
                copy.write_row((one.decode(),))
        client, lost = _two(
            connection,
            # Joined once, not looked up for each: there is no way to a call by its id alone.
            "select count(*), count(*) filter (where c.request_id is null) from seen s "
            "left join (select distinct request_id from exchange_call "
            "where instance = %s and status = 200) c using (request_id)",
            instance,
        )
        metered, different = _two(
            connection,
            "select count(*), count(distinct request_id) from exchange_call "
            "where instance = %s and status = 200",
            instance,
        )
    return Books(client, metered, lost, metered - different)


def _two(connection: psycopg.Connection, query: str, instance: str) -> tuple[int, int]:
    found = connection.execute(query.encode(), [instance]).fetchone()
    if found is None:
        raise RuntimeError("a count has one row")
    return int(found[0]), int(found[1])
