"""One round: rows made in PostgreSQL, collected, built in the lake, judged by the truth.

`limit`: the bare engine groups the same rows by the number as it is spelled, and nothing else.
`peer`: PostgreSQL with the exact stage alone, the number in one spelling, one value of each column
by the same order of trust: without scores, lineage or what lost.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from diebian.base.lake.public import POSTGRESQL, id_number_of, plain_number
from diebian.cloud.runtime.public import EmbeddedPostgres, server_with
from diebian.kernel.benches import by_itself
from diebian.kernel.processor import processor_seconds

from .rows import make

WANTED = {"precision": 0.999, "recall": 0.97}
SETTINGS = ("work_mem = '512MB'", "max_parallel_workers_per_gather = 2")


@dataclass(frozen=True)
class Size:
    people: int


WHOLE, QUICK = Size(2_300_000), Size(120_000)


def measure(folder: Path, size: Size) -> Mapping[str, object]:
    with server_with(folder, "bench_source", "platform") as server:
        make(server.url_of("bench_source"), size.people)
        ours = _ours(server, folder)
        peer = _peer(server)
        there = _rows(server)
    pairs = ours["pairs"]
    return {
        "name": "masterdata",
        "unit": "rows/s",
        "ours": round(there / ours["seconds"]),
        "limit": round(there / ours["bare"]),
        "ratio": round(ours["bare"] / ours["seconds"], 3),
        "peer": round(there / peer[0]),
        "peer_ratio": round(peer[0] / ours["seconds"], 2),
        # By processor time, of server and client: what a busy machine does not blur.
        "ratio_cpu": round(ours["bare_cpu"] / ours["cpu_seconds"], 3),
        "peer_ratio_cpu": round(peer[1] / ours["cpu_seconds"], 2),
        "cpu_seconds": round(ours["cpu_seconds"], 2),
        "peer_what": "PostgreSQL, exact stage alone",
        "lost": there - ours["distinct"],
        "doubled": ours["rows"] - ours["distinct"],
        "precision": round(pairs["both"] / pairs["told"], 6),
        "recall": round(pairs["both"] / pairs["true"], 6),
        "wanted": WANTED,
        "pairs": pairs,
        "people": size.people,
        "rows": there,
        "entities": ours["counts"]["entities"],
        "joined": ours["counts"]["joined"],
        "asked": ours["counts"]["asked"],
        "blocks_skipped": ours["counts"]["blocks_skipped"],
        "seconds": round(ours["seconds"], 2),
        "steps": ours["steps"],
        "bare_seconds": round(ours["bare"], 2),
        "peer_seconds": round(peer[0], 2),
        "run_seconds": round(ours["run_seconds"], 2),  # with all records written and served
        "again_seconds": round(ours["again"], 2),  # nothing has changed
        "memory_peak_mb": ours["peak_mb"],
    }


def _rows(server: EmbeddedPostgres) -> int:
    asked = "select (select count(*) from a) + (select count(*) from b) + (select count(*) from c)"
    with psycopg.connect(server.url_of("bench_source")) as connection:
        row = connection.execute(asked).fetchone()
    return int(row[0]) if row else 0


def _peer(server: EmbeddedPostgres) -> tuple[float, float]:
    """Seconds by the clock, and of processor time."""
    sources = (("a", "card", "name", "born", "phone", "updated"),
               ("b", "sfz", "xm", "csrq", "dh", "gx"),
               ("c", "zjhm", "qlr", "sr", "tel", "djsj"))  # fmt: skip
    known = id_number_of("n", POSTGRESQL)
    rows = " union all ".join(
        f"select {place} as source, id, {known} as n, name, born, phone, dated from "
        f"(select id, {plain_number(number, POSTGRESQL)} as n, {name} as name, {born} as born, "
        f"{phone} as phone, {dated} as dated from {table}) {table}"
        for place, (table, number, name, born, phone, dated) in enumerate(sources)
    )
    told = ", ".join(
        f"(array_agg({column} order by {order}) filter (where {column} is not null))[1] as {column}"
        for column, order in (("name", "source"), ("born", "source"), ("phone", "dated desc"))
    )
    asked = (
        f"create temp table built as select n, {told}, array_agg(source || ':' || id) as rows "
        f"from ({rows}) u group by coalesce(n, source || ':' || id), n"
    )
    with psycopg.connect(server.url_of("bench_source"), autocommit=True) as connection:
        for setting in SETTINGS:
            connection.execute(f"set {setting}".encode())
        used, began = processor_seconds(server.directory), time.perf_counter()
        connection.execute(asked.encode())
        seconds = time.perf_counter() - began
        return seconds, processor_seconds(server.directory) - used


def _ours(server: EmbeddedPostgres, folder: Path) -> dict[str, Any]:
    return by_itself(
        "diebian.base.masterdata.bench.side",
        folder,
        DATABASE_URL=server.url_of("platform"),
        BENCH_SOURCE=server.url_of("bench_source"),
        BENCH_SERVER=str(server.directory),
    )
