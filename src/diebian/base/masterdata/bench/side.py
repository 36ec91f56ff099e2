"""`python -m diebian.base.masterdata.bench.side FILE`: collects three tables, builds the base."""

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
    by = _declared()
    first = _built(by)
    told = {**first, **_judged(), **_bare()}
    told["again"] = _built(by)["run_seconds"]  # nothing has changed
    told["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    file.write_text(json.dumps(told))


def _declared() -> Any:
    from diebian.base.lake.public import collect, define_collection, sample_source
    from diebian.base.masterdata.actions import declare
    from diebian.security.identity.public import Actor, Post

    from .rows import PLAN, TABLES

    code = sample_source("bench", os.environ["BENCH_SOURCE"])
    by = Actor(name="样例", department=code, key="bench", posts=(Post.DATA_MANAGER,))
    for table in TABLES:
        define_collection(slug=table, title=table, source="bench", table=table, key=["id"], by=by)
        collect(table)
    declare(told=PLAN, by=by)
    return by


def _built(by: Any) -> dict[str, Any]:
    """A real build: the clock of `seconds` stops when all that has to be written is known."""
    from diebian.base.masterdata.actions import start
    from diebian.base.masterdata.running import execute

    build_id = start(slug="bench", by=by).pk
    marks: dict[str, float] = {}
    used: dict[str, float] = {}
    server = Path(os.environ["BENCH_SERVER"])
    before, began = processor_seconds(server), time.perf_counter()

    def mark(name: str) -> None:
        if name not in marks:
            marks[name], used[name] = time.perf_counter(), processor_seconds(server)

    build = execute(build_id, point=mark)
    ended = time.perf_counter()
    if build.state != "done":
        raise RuntimeError(build.sentence)
    steps = ["reading", "matching", "choosing", "computed", "published"]
    at = [began, *(marks[one] for one in steps)]
    return {
        "counts": build.counts,
        "seconds": marks["computed"] - began,
        "cpu_seconds": used["computed"] - before,
        "run_seconds": ended - began,
        "steps": {
            name: round(until - since, 2)
            for name, since, until in zip(["open", *steps[:3], "writing"], at, at[1:], strict=False)
        },
    }


def _judged() -> dict[str, Any]:
    """Pairs of rows of one person: how many were to be found, were found, and are none.

    By sums of squares: no pair is written down. `lost`, `doubled`: rows of the sources that stand
    in no record, or in several.
    """
    from django.db import connection

    stored = """
      create temp table stood as select number, split_part(m, ',', 1)::int as source,
        split_part(m, ',', 2)::bigint as id from (select number,
        translate(jsonb_array_elements(members)::text, '[]" ', '') as m
        from masterdata_goldenrecord where until is null) x"""
    with connection.cursor() as cursor:
        cursor.execute(stored)
        cursor.execute("select count(*), count(distinct (source, id)) from stood")
        rows, distinct = cursor.fetchone()
        # The truth is the row's own number: the same person has the same in each source.
        asked = "select coalesce(sum(n * (n - 1) / 2), 0) from (select count(*) n from stood {}) g"
        pairs = {}
        for name, by in (("true", "group by id"), ("told", "group by number"),
                         ("both", "group by number, id")):  # fmt: skip
            cursor.execute(asked.format(by))
            pairs[name] = int(cursor.fetchone()[0])
    return {"rows": rows, "distinct": distinct, "pairs": pairs}


def _bare() -> dict[str, float]:
    """The least that any such build does: the same rows, joined by the number as it is spelled,
    grouped, one value of each column.
    """
    from diebian.base.lake.public import open_lake
    from diebian.base.masterdata.running import MEMORY, THREADS

    with open_lake() as lake:
        lake.duck.execute(f"SET threads = {THREADS}")
        lake.duck.execute(f"SET memory_limit = '{MEMORY}'")
        used, began = time.process_time(), time.perf_counter()
        lake.duck.execute(
            "CREATE TABLE stage.bare AS SELECT n, min(name), min(born), min(phone), "
            "list(ref) FROM (SELECT card AS n, name, born, phone, id AS ref FROM lake.a UNION ALL "
            "SELECT sfz, xm, csrq, dh, id FROM lake.b UNION ALL "
            "SELECT zjhm, qlr, sr, tel, id FROM lake.c) u GROUP BY n"
        )
        return {
            "bare": time.perf_counter() - began,
            "bare_cpu": time.process_time() - used,
        }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
