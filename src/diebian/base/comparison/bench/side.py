"""`python -m diebian.base.comparison.bench.side FILE`: collects both tables, compares them."""

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
    _declared()
    told = {**_compared(), "bare_seconds": _bare()}
    told["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    file.write_text(json.dumps(told))


def _declared() -> None:
    from datetime import timedelta

    from diebian.base.comparison.actions import declare
    from diebian.base.lake.public import collect, define_collection, sample_source
    from diebian.kernel import clock
    from diebian.security.identity.public import Actor, Post

    from .rows import PLAN

    code = sample_source("bench", os.environ["BENCH_SOURCE"])
    posts = (Post.DATA_MANAGER, Post.APPLICANT)
    manager = Actor(name="样例", department=code, key="bench", posts=posts)
    for table in ("jobless", "insured"):
        define_collection(slug=table, title=table, source="bench", table=table, key=["id"],
                          by=manager)  # fmt: skip
        collect(table)
    declare(slug="bench", title="样例", left="jobless", right="insured", plan=PLAN, purpose="样例",
            legal_basis="样例", valid_to=clock.today() + timedelta(days=1),
            seen_by=[Post.DATA_MANAGER], by=manager)  # fmt: skip


def _compared() -> dict[str, Any]:
    """A real run: the clock of `seconds` stops when all outcomes are known."""
    from diebian.base.comparison.actions import start
    from diebian.base.comparison.models import Comparison, Result
    from diebian.base.comparison.running import execute
    from diebian.security.identity.public import Actor, Post

    one = Comparison.objects.get()
    by = Actor(name="样例", department=one.consumer.credit_code, key="bench",
               posts=(Post.APPLICANT,))  # fmt: skip
    run_id = start(slug="bench", by=by).pk
    marks: dict[str, float] = {}
    used: dict[str, float] = {}
    server = Path(os.environ["BENCH_SERVER"])
    before = processor_seconds(server)
    began = time.perf_counter()

    def mark(name: str) -> None:
        if name not in marks:
            marks[name], used[name] = time.perf_counter(), processor_seconds(server)

    run = execute(run_id, point=mark)
    ended = time.perf_counter()
    if run.state != "done":
        raise RuntimeError(run.sentence)
    return {
        "rows": list(Result.objects.values_list("id_number", "outcome", "differing")),
        "digest": run.digest,
        "counts": run.counts,
        "seconds": marks["compared"] - began,
        "cpu_seconds": used["compared"] - before,
        "run_seconds": ended - began,
        "shown_to": _shown_to(),
    }


def _shown_to() -> int:
    """Persons in whose 谁查过我 it stands: the tracker's own table, counted."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select count(*) from tracker_massreadsubject")
        return int(cursor.fetchone()[0])


def _bare() -> float:
    from diebian.base.lake.public import open_lake

    with open_lake() as lake:
        lake.duck.execute("SET threads = 2")
        began = time.perf_counter()
        lake.duck.execute(
            "CREATE TABLE stage.bare AS SELECT l.id_no, count(r.card) FROM lake.jobless l "
            "LEFT JOIN lake.insured r ON l.id_no = r.card GROUP BY 1"
        )
        lake.duck.execute("SELECT count(DISTINCT card) FROM lake.insured").fetchone()
        return time.perf_counter() - began


if __name__ == "__main__":
    main(Path(sys.argv[1]))
