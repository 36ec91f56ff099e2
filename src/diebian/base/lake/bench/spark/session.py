"""Rows made in PostgreSQL, collected, changed, collected again; then asked of both engines.

`limit` is Spark that reads the same files and counts every value of them, and nothing else; `peer`
DuckDB, which the platform itself asks. What Spark needs to start is not counted.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from diebian.base.lake.scale import scale_works
from diebian.cloud.runtime.public import EmbeddedPostgres, server_with
from diebian.kernel.benches import by_itself


def measure(folder: Path, *, is_quick: bool) -> Mapping[str, object]:
    sources = [f"source_{one.slug}" for one in scale_works]
    with server_with(folder, *sources, "platform") as server:
        told = _side(server, folder, is_quick=is_quick)
    works: Mapping[str, Mapping[str, Any]] = told["works"]
    seconds, cpu = _sums(works, "seconds"), _sums(works, "cpu_seconds")
    seconds["scan"], cpu["scan"] = told["scan"]["seconds"], told["scan"]["cpu_seconds"]
    speed = {engine: told["rows"] / spent for engine, spent in seconds.items()}
    return {
        "name": "spark",
        "unit": "rows/s",
        "ours": round(speed["spark"]),
        "limit": round(speed["scan"]),
        "ratio": round(speed["spark"] / speed["scan"], 3),
        "peer": round(speed["duckdb"]),
        "peer_ratio": round(speed["spark"] / speed["duckdb"], 3),
        "peer_what": "DuckDB, the same expressions over the same snapshots",
        "digests_equal": all(len({*one["digest"].values()}) == 1 for one in works.values()),
        "lost": sum(one["lost"] for one in works.values()),
        "doubled": sum(one["doubled"] for one in works.values()),
        "rows": told["rows"],
        "rows_in_files": told["rows_in_files"],
        "tables": told["tables"],
        "files": told["files"],
        "delete_files": told["delete_files"],
        "answers": sum(one["answers"] for one in works.values()),
        "works": {slug: _rounded_work(one) for slug, one in works.items()},
        "seconds": _rounded(seconds),
        "cpu_seconds": _rounded(cpu),
        "start_seconds": round(told["start_seconds"], 2),
    }


def _sums(works: Mapping[str, Mapping[str, Any]], what: str) -> dict[str, float]:
    return {name: sum(one[what][name] for one in works.values()) for name in ("duckdb", "spark")}


def _rounded_work(work: Mapping[str, Any]) -> dict[str, object]:
    return {**work, "seconds": _rounded(work["seconds"]),
            "cpu_seconds": _rounded(work["cpu_seconds"])}  # fmt: skip


def _rounded(told: Mapping[str, float]) -> dict[str, float]:
    return {name: round(spent, 2) for name, spent in told.items()}


def _side(server: EmbeddedPostgres, folder: Path, *, is_quick: bool) -> dict[str, Any]:
    """In a process of its own: Spark brings a second engine along, with its own memory."""
    sources = {one.slug: server.url_of(f"source_{one.slug}") for one in scale_works}
    return by_itself(
        "diebian.base.lake.bench.spark.side",
        folder,
        *(["quick"] if is_quick else []),
        DATABASE_URL=server.url_of("platform"),
        BENCH_SOURCES=json.dumps(sources),
    )
