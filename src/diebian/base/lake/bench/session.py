"""Rows into a thousand tables: generated in PostgreSQL, read raw, collected, counted again.

`limit` is plain `COPY … TO STDOUT` of the same tables by one connection that throws all away: what
the source itself can give. It is measured before and after; the quicker counts.
"""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psycopg

from diebian.cloud.runtime.public import EmbeddedPostgres, server_with
from diebian.kernel.benches import by_itself
from diebian.kernel.processor import processor_seconds

from .source import Plan, make

TARGET, MOST_MB = 0.6, 1536


def measure(folder: Path, plan: Plan) -> Mapping[str, object]:
    with server_with(folder, "bench_source", "platform") as server:
        make(server.url_of("bench_source"), plan.tables)
        used = processor_seconds(server.directory)
        before = raw_seconds(server.url_of("bench_source"), list(plan.tables))
        raw_cpu = processor_seconds(server.directory) - used
        told = _ours(server, folder)
        after = raw_seconds(server.url_of("bench_source"), list(plan.tables))
        rows = sum(plan.tables.values())
        ours, limit = rows / told["seconds"], rows / min(before, after)
        peer = _peer(server.url_of("bench_source"), folder, plan, ours)
    return {
        "name": "collect",
        "unit": "rows/s",
        "ours": round(ours),
        "limit": round(limit),
        "ratio": round(ours / limit, 3),
        "target": TARGET,
        "cpu_seconds": {"ours": round(told["cpu_seconds"], 1), "raw": round(raw_cpu, 1)},
        **peer,
        "lost": rows - told["held"],
        "doubled": told["held"] - told["distinct"],
        "rows": rows,
        "tables": len(plan.tables),
        "seconds": round(told["seconds"], 2),
        "raw_seconds": [round(before, 2), round(after, 2)],
        "snapshots": told["snapshots"],
        "megabytes": told["megabytes"],
        "memory_peak_mb": told["peak_mb"],
        "memory_limit_mb": MOST_MB,
        "again_seconds": round(told["again_seconds"], 2),
        "again_changed": told["again_changed"],
    }


def raw_seconds(url: str, tables: list[str]) -> float:
    with psycopg.connect(url) as connection:
        began = time.perf_counter()
        for table in tables:
            with connection.cursor().copy(f"copy {table} to stdout".encode()) as copy:
                for _ in copy:
                    pass
        return time.perf_counter() - began


def _ours(server: EmbeddedPostgres, folder: Path) -> dict[str, Any]:
    return by_itself(
        "diebian.base.lake.bench.side",
        folder,
        DATABASE_URL=server.url_of("platform"),
        BENCH_SOURCE=server.url_of("bench_source"),
        BENCH_SERVER=str(server.directory),
    )


def _peer(url: str, folder: Path, plan: Plan, ours: float) -> dict[str, object]:
    if not plan.has_peer:
        why = "dlt is measured in the whole run only: installing it takes longer than this run"
        return {"peer": None, "peer_ratio": None, "peer_why": why}
    from .peer import peer

    return peer(url, folder, ours)
