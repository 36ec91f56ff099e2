"""Rows made in PostgreSQL, collected into the lake, and judged by the same rules on both sides.

`ours` is the whole of a check: plan, one statement for each table, results, scores, orders.
`limit` is the bare engine with the same statements, `peer` PostgreSQL with the same rules, each
table in one statement, counts alone; of its two ways to find doubles the quicker one counts.
`alike_ratio` holds it against the bare engine that is asked for counts alone, too.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from diebian.base.lake.public import make_bench_source
from diebian.cloud.runtime.public import EmbeddedPostgres, server_with
from diebian.kernel.benches import by_itself

from .source import ALSO

TARGET = 2.0


def measure(folder: Path, *, is_quick: bool) -> Mapping[str, object]:
    with server_with(folder, "bench_source", "platform") as server:
        tables = make_bench_source(server.url_of("bench_source"), is_quick=is_quick, also=ALSO)
        told = _side(server, folder)
    rows = sum(tables.values())
    took, peer = told["ours"], told["peer"]
    ours, limit = rows / took["seconds"], rows / told["bare"]["seconds"]
    quickest = min(peer, key=lambda name: peer[name]["seconds"])
    cpu = {name: round(one["cpu_seconds"], 1) for name, one in peer.items()}
    theirs = rows / peer[quickest]["seconds"]
    return {
        "name": "quality",
        "unit": "rows/s",
        "ours": round(ours),
        "limit": round(limit),
        "ratio": round(ours / limit, 3),
        "peer": round(theirs),
        "peer_ratio": round(ours / theirs, 3),
        "peer_what": f"PostgreSQL ({quickest}), two connections, counts alone",
        "alike_ratio": round(peer[quickest]["seconds"] / told["alike"]["seconds"], 3),
        "target": TARGET,
        "cpu_ratio": round(min(cpu.values()) / took["cpu_seconds"], 3),
        "cpu_seconds": {
            "ours": round(took["cpu_seconds"], 1),
            "bare": round(told["bare"]["cpu_seconds"], 1),
            "alike": round(told["alike"]["cpu_seconds"], 1),
            **cpu,
        },
        "lost": told["lost"],
        "doubled": told["doubled"],
        "rows": rows,
        "rows_checked": told["rows"],
        "tables": len(tables),
        "rules": told["rules"],
        "checked": told["checked"],
        "failed": told["failed"],
        "orders": told["orders"],
        "seconds": round(took["seconds"], 2),
        "bare_seconds": round(told["bare"]["seconds"], 2),
        "alike_seconds": round(told["alike"]["seconds"], 2),
        "peer_seconds": {name: round(one["seconds"], 2) for name, one in peer.items()},
        "memory_peak_mb": told["peak_mb"],
    }


def _side(server: EmbeddedPostgres, folder: Path) -> dict[str, Any]:
    return by_itself(
        "diebian.base.quality.bench.side",
        folder,
        DATABASE_URL=server.url_of("platform"),
        BENCH_SOURCE=server.url_of("bench_source"),
        BENCH_SERVER=str(server.directory),
    )
