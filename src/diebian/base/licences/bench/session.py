"""Rows of a table of licences into the register: made in PostgreSQL, collected, registered.

`limit` is the least that must be done: the same rows as they end, by COPY into a table with the
same columns, keys and indexes on the same server, in the same run.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from diebian.cloud.runtime.public import server_with
from diebian.kernel.benches import by_itself

from .rows import make

TARGET, MOST_MB = 0.4, 2048


@dataclass(frozen=True)
class Size:
    rows: int


WHOLE, QUICK = Size(3_160_000), Size(200_000)


def measure(folder: Path, size: Size) -> Mapping[str, object]:
    with server_with(folder, "bench_source", "platform") as server:
        make(server.url_of("bench_source"), size.rows)
        told = by_itself(
            "diebian.base.licences.bench.side",
            folder,
            DATABASE_URL=server.url_of("platform"),
            BENCH_SOURCE=server.url_of("bench_source"),
            BENCH_SERVER=str(server.directory),
        )
    wanted = size.rows - told["faulty"]
    return {
        "name": "licences",
        "unit": "rows/s",
        "ours": round(size.rows / told["seconds"]),
        "limit": round(size.rows / told["raw_seconds"]),
        "ratio": round(told["raw_seconds"] / told["seconds"], 3),
        "ratio_cpu": round(told["raw_cpu"] / told["cpu_seconds"], 3),
        "target": TARGET,
        "lost": wanted - told["distinct"],
        "doubled": told["held"] - told["distinct"],
        "wrong_checks": told["wrong_checks"],  # identifiers of a sample that the standard refuses
        "rows": size.rows,
        "faults": told["faults"],
        "seconds": round(told["seconds"], 2),
        "raw_seconds": round(told["raw_seconds"], 2),
        "again": told["again"],  # after some rows were altered: counts and seconds
        "one_holder_ms": told["one_holder_ms"],  # what a person holds, p95 of a hundred
        "memory_peak_mb": told["peak_mb"],
        "memory_limit_mb": MOST_MB,
    }
