"""`python -m diebian.base.process.bench.side FILE`: fills, walks in turns with the peer, looks."""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import django
from django.db import connection

from diebian.kernel.processor import processor_seconds

from .peer import walked

MILLISECONDS = 1000
PAGES = 60
CREATED = 200


def main(file: Path) -> None:
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    count, finished, rounds, seconds = os.environ["BENCH_PLAN"].split()
    file.write_text(json.dumps(_measured(int(count), int(finished), int(rounds), float(seconds))))


def _measured(count: int, finished: int, rounds: int, seconds: float) -> dict[str, Any]:
    from .floor import floor
    from .walking import created, prepare, walk

    prepare(count, finished)
    walk(1.0)  # both engines begin warm
    turns = []
    for _ in range(rounds):
        peer = _used(lambda: _peer(seconds))
        turns.append((_used(lambda: walk(seconds)), peer, floor(seconds / 4)))
    steps = [one for ours, _, _ in turns for one in ours["took"]]
    theirs = [one for _, peer, _ in turns for one in peer.get("took", [])]
    ours = _median(steps)
    bare = _median([one for _, _, took in turns for one in took])
    cases = sum(mine["cases"] for mine, _, _ in turns)
    peer_cases = sum(peer.get("cases", 0) for _, peer, _ in turns)
    return {
        "ours": ours,
        "p95_ms": _p95(steps),
        "limit": bare,
        "ratio": round(bare / ours, 3),
        "peer": _median(theirs) if theirs else None,
        "peer_ratio": round(_median(theirs) / ours, 2) if theirs else None,
        "peer_p95_ms": _p95(theirs) if theirs else None,
        "peer_what": "SpiffWorkflow 3.2, state as JSON in the same server, no trail, no work list",
        "cases_per_second": round(cases / sum(mine["seconds"] for mine, _, _ in turns), 1),
        "peer_cases_per_second": _rate(peer_cases, [peer for _, peer, _ in turns]),
        "processor_ms_a_step": _cpu([mine for mine, _, _ in turns]),
        "peer_processor_ms_a_step": _cpu([peer for _, peer, _ in turns]),
        "page_p95_ms": _p95(_pages()),
        "created_per_second": round(created(CREATED), 1),
        "open_cases": count,
        "finished_cases": finished,
        **_books(),
    }


def _peer(seconds: float) -> dict[str, Any]:
    python = os.environ["BENCH_PEER"]
    folder = Path(os.environ["DIEBIAN_DATA"]).parent
    return walked(python, folder, os.environ["BENCH_PEER_URL"], seconds) if python else {}


def _pages() -> list[float]:
    """First pages, and pages from the middle of a very long list."""
    from diebian.base.process.work.lists import FIRST, desk_tasks

    from .walking import clerk

    took, place = [], FIRST
    for _ in range(PAGES):
        began = time.perf_counter()
        page = desk_tasks(by=clerk(), after=place)
        took.append(time.perf_counter() - began)
        place = page.after or FIRST
    return took


def _books() -> dict[str, int]:
    """Cases that were walked and have not ended, and ends or licences that are there twice."""
    told = """select count(*) filter (where c.state = 'open'),
      count(*) - count(distinct c.id) from process_case c
      left join process_steplog l on l.case_id = c.id and l.events @> '[{"event": "closed"}]'
      where c.business_key like 'walked-%'"""
    with connection.cursor() as cursor:
        cursor.execute(told)
        lost, doubled = cursor.fetchone()
    return {"lost": lost, "doubled": doubled}


def _median(took: Sequence[float]) -> float:
    return round(statistics.median(took) * MILLISECONDS, 2)


def _p95(took: Sequence[float]) -> float:
    return round(statistics.quantiles(took, n=20)[-1] * MILLISECONDS, 2)


def _rate(cases: int, turns: Sequence[dict[str, Any]]) -> float | None:
    seconds = sum(one.get("seconds", 0) for one in turns)
    return round(cases / seconds, 1) if seconds else None


def _used(act: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """With the processor time of server and engine together; without that of being loaded."""
    server = Path(os.environ["BENCH_SERVER"])
    before = processor_seconds(server)
    told = act()
    return {**told, "cpu": processor_seconds(server) - before - told.get("loading", 0)}


def _cpu(turns: Sequence[dict[str, Any]]) -> float | None:
    steps = sum(len(one.get("took", [])) for one in turns)
    return round(sum(one["cpu"] for one in turns) / steps * MILLISECONDS, 2) if steps else None


if __name__ == "__main__":
    main(Path(sys.argv[1]))
