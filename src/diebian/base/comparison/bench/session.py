"""One round: rows made in PostgreSQL, collected, compared in the lake, compared by PostgreSQL.

`limit` is the least that any comparison has to do: DuckDB reads the identity numbers of both
tables from the lake and joins them as they are spelled, with no rule at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from diebian.base.comparison.finding import digest, found_of
from diebian.base.comparison.plan import plan_of
from diebian.cloud.runtime.public import EmbeddedPostgres, server_with
from diebian.kernel.benches import by_itself

from .peers import Told, peer
from .rows import PLAN, make, planted

TARGET = 5.0  # times PostgreSQL


@dataclass(frozen=True)
class Size:
    left: int
    right: int


WHOLE, QUICK = Size(300_000, 2_300_000), Size(60_000, 460_000)


def measure(folder: Path, size: Size) -> Mapping[str, object]:
    with server_with(folder, "bench_source", "platform") as server:
        make(server.url_of("bench_source"), size.left, size.right)
        ours = _ours(server, folder)
        theirs = peer(server, plan_of(PLAN))
    rows = size.left + size.right
    return {
        "name": "compare",
        "unit": "rows/s",
        "ours": round(rows / ours["seconds"]),
        "limit": round(rows / ours["bare_seconds"]),
        "ratio": round(ours["bare_seconds"] / ours["seconds"], 3),
        "peer": round(rows / theirs.seconds),
        "peer_ratio": round(theirs.seconds / ours["seconds"], 2),
        # By processor time, of server and client: what a busy machine does not blur.
        "peer_ratio_cpu": round(theirs.cpu_seconds / ours["cpu_seconds"], 2),
        "cpu_seconds": {
            "ours": round(ours["cpu_seconds"], 2),
            "peer": round(theirs.cpu_seconds, 2),
        },
        "peer_target": TARGET,
        "peer_what": f"PostgreSQL, {theirs.way}, both ways tried",
        **_differences(ours, theirs, size),
        "left_rows": size.left,
        "right_rows": size.right,
        "counts": ours["counts"],
        "seconds": round(ours["seconds"], 2),
        "bare_seconds": round(ours["bare_seconds"], 2),
        "peer_seconds": round(theirs.seconds, 2),
        "run_seconds": round(ours["run_seconds"], 2),  # with all lists and 谁查过我 written
        "listed": len(ours["rows"]),
        "shown_to": ours["shown_to"],
        "memory_peak_mb": ours["peak_mb"],
    }


def _differences(ours: Mapping[str, Any], theirs: Told, size: Size) -> dict[str, object]:
    """Row for row: our persons and outcomes, PostgreSQL's, and what was planted."""
    told = {tuple(row) for row in ours["rows"]}
    wanted = {found_of(key, rank) for key, rank in theirs.rows}
    counts = {name: ours["counts"][name] for name in ("same", "differs", "left_only")}
    if counts != planted(size.left):
        raise RuntimeError(f"planted {planted(size.left)}, found {counts}")
    matched = counts["same"] + counts["differs"]
    if theirs.right_people - matched != ours["counts"]["right_only"]:
        raise RuntimeError("PostgreSQL counts other persons on the right alone")
    if (ours["digest"] == digest("", sorted(wanted))) != (told == wanted):
        raise RuntimeError("the run's digest says otherwise than its list")
    return {
        "lost": len(wanted - told),
        "doubled": len(ours["rows"]) - len(told) + len(told - wanted),
        "digests_equal": told == wanted,
    }


def _ours(server: EmbeddedPostgres, folder: Path) -> dict[str, Any]:
    return by_itself(
        "diebian.base.comparison.bench.side",
        folder,
        DATABASE_URL=server.url_of("platform"),
        BENCH_SOURCE=server.url_of("bench_source"),
        BENCH_SERVER=str(server.directory),
    )
