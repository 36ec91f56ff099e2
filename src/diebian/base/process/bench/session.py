"""Steps of both engines over one durable server, in turns, among very many open cases."""

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from diebian.cloud.runtime.public import server_with
from diebian.kernel.benches import by_itself

from .peer import installed

STEP_MS, TIMES, PAGE_MS, CREATED = 4.0, 3.0, 150, 60  # what was promised


@dataclass(frozen=True)
class Plan:
    open_cases: int
    finished: int
    rounds: int
    seconds: float  # of each engine in each round


QUICK, WHOLE = Plan(6_200, 0, 2, 3), Plan(62_000, 1_000_000, 5, 8)


def measure(folder: Path, plan: Plan) -> Mapping[str, object]:
    with server_with(folder, "platform", "peer") as server:
        python, why = _peer(folder)
        told = by_itself(
            "diebian.base.process.bench.side",
            folder,
            DATABASE_URL=server.url_of("platform"),
            BENCH_PEER_URL=server.url_of("peer"),
            BENCH_PEER=python,
            BENCH_SERVER=str(server.directory),
            BENCH_PLAN=f"{plan.open_cases} {plan.finished} {plan.rounds} {plan.seconds}",
        )
    peer = {"peer_why": why} if why else {}
    reached = {
        "step": told["ours"] <= STEP_MS,
        "peer": told["peer_ratio"] is None or told["peer_ratio"] >= TIMES,
        "page": told["page_p95_ms"] <= PAGE_MS,
        "created": told["created_per_second"] >= CREATED,
    }
    return {"name": "cases", "unit": "ms a step, median", **told, **peer,
            "promised": {"step_ms": STEP_MS, "peer_ratio": TIMES, "page_p95_ms": PAGE_MS,
                         "created_per_second": CREATED},
            "reached": reached}  # fmt: skip


def _peer(folder: Path) -> tuple[str, str]:
    try:
        return installed(folder), ""
    except (subprocess.SubprocessError, OSError) as error:
        lines = str(getattr(error, "stderr", "") or error).strip().splitlines()
        return "", f"SpiffWorkflow could not be installed: {' '.join(lines[-3:])[:300]}"
