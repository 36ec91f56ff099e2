"""`python -m diebian.base.lake.bench.side`: collects all of BENCH_SOURCE, twice; then counts."""

import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import Any

import django

from diebian.kernel.processor import processor_seconds


def main(file: Path) -> None:
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    slugs = _defined()
    server = Path(os.environ["BENCH_SERVER"])
    used = processor_seconds(server)
    first, seconds = _timed(slugs)
    cpu_seconds = processor_seconds(server) - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    again, again_seconds = _timed(slugs)
    told = {
        **_counted(),
        "seconds": seconds,
        "cpu_seconds": cpu_seconds,
        "peak_mb": max(peak, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024),
        "snapshots": len({one.snapshot for one in first}),
        "again_seconds": again_seconds,
        "again_changed": sum(one.changed for one in again),
    }
    file.write_text(json.dumps(told))


def _defined() -> list[str]:
    from diebian.base.lake.actions import define_all
    from diebian.security.identity.public import PLATFORM

    from .department import sample_source

    sample_source("bench", os.environ["BENCH_SOURCE"])
    return [one.slug for one in define_all(source="bench", by=PLATFORM, prefix="bench")]


def _timed(slugs: list[str]) -> tuple[list[Any], float]:
    from diebian.base.lake.collecting import collect
    from diebian.base.lake.models import RunState
    from diebian.security.identity.public import PLATFORM

    began = time.perf_counter()
    runs = collect(slugs=slugs, by=PLATFORM)
    seconds = time.perf_counter() - began
    wrong = [one.sentence for one in runs if one.state != RunState.DONE]
    if wrong or len(runs) != len(slugs):
        raise RuntimeError(f"{len(wrong)} did not end well: {wrong[:3]}")
    return runs, seconds


def _counted() -> dict[str, int]:
    """From the lake itself, not from the book of runs."""
    from django.conf import settings

    from diebian.base.lake.opening import open_lake

    held = distinct = 0
    with open_lake() as lake:
        for table in sorted(lake.tables()):
            rows = lake.read(table).aggregate("count(*), count(DISTINCT id)").fetchone()
            held, distinct = held + (rows or (0, 0))[0], distinct + (rows or (0, 0))[1]
    files = (Path(settings.DIEBIAN_DATA) / "lake" / "tables").rglob("*.parquet")
    return {"held": held, "distinct": distinct,
            "megabytes": sum(file.stat().st_size for file in files) >> 20}  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]))
