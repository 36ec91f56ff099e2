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

from .model import ITEM, THEME, Model
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
    from .walking import created, prepare

    prepare(count, finished)
    item, theme = (_side_by_side(model, rounds, seconds) for model in (ITEM, THEME))
    return {
        **item,
        "theme": theme,
        "peer_what": "SpiffWorkflow 3.2, state as JSON in the same server, no trail, no work list",
        "page_p95_ms": _p95(_pages()),
        "created_per_second": round(created(CREATED), 1),
        "open_cases": count,
        "finished_cases": finished,
        **_books(),
    }


def _side_by_side(model: Model, rounds: int, seconds: float) -> dict[str, Any]:
    """In turns, so that a busy minute is everybody's."""
    from .floor import floor
    from .walking import walk

    walk(model, 1.0)  # both begin warm
    mine, theirs, bare = [], [], []
    for _ in range(rounds):
        theirs.append(_used(lambda: _peer(model, seconds)))
        mine.append(_used(lambda: walk(model, seconds)))
        bare += floor(seconds / 4)
    ours, peer = ([one for turn in side for one in turn.get("took", [])] for side in (mine, theirs))
    used, peer_used = _cpu(mine), _cpu(theirs)
    return {
        "ours": _median(ours),
        "p95_ms": _p95(ours),
        "limit": _median(bare),
        "ratio": round(_median(bare) / _median(ours), 3),
        "peer": _median(peer) if peer else None,
        "peer_ratio": round(_median(peer) / _median(ours), 2) if peer else None,
        "peer_p95_ms": _p95(peer) if peer else None,
        "cases_per_second": _rate(mine),
        "peer_cases_per_second": _rate(theirs),
        "processor_ms_a_step": used,
        "peer_processor_ms_a_step": peer_used,
        "peer_processor_ratio": round(peer_used / used, 2) if peer_used and used else None,
    }


def _peer(model: Model, seconds: float) -> dict[str, Any]:
    python = os.environ["BENCH_PEER"]
    folder = Path(os.environ["DIEBIAN_DATA"]).parent
    url = os.environ["BENCH_PEER_URL"]
    return walked(model, python, folder, url, seconds) if python else {}


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


def _rate(turns: Sequence[dict[str, Any]]) -> float | None:
    seconds = sum(one.get("seconds", 0) for one in turns)
    return round(sum(one.get("cases", 0) for one in turns) / seconds, 1) if seconds else None


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
