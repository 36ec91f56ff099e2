"""`python -m diebian.base.lake.bench.spark.side FILE`: all works by both engines, in one process.

`BENCH_SOURCES` tells where sample rows are made, a database for each work.
"""

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import django

from diebian.kernel.digests import digest_of

MEMORY = "2GB"


def main(file: Path, is_quick: bool) -> None:
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    file.write_text(json.dumps(_measured(is_quick), ensure_ascii=False))


def _measured(is_quick: bool) -> dict[str, Any]:
    from django.conf import settings

    from diebian.base.lake.opening import open_lake
    from diebian.base.lake.scale import scale_works
    from diebian.base.lake.spark import open_spark

    from .engines import Duck, Spark

    sources: Mapping[str, str] = json.loads(os.environ["BENCH_SOURCES"])
    tables = {one.slug: one.prepare(sources[one.slug], is_quick) for one in scale_works}
    with open_lake() as lake:
        lake.duck.execute(f"SET threads = 2; SET memory_limit = '{MEMORY}'")
        files = {name: lake.files(name) for names in tables.values() for name in names}
        duck = Duck(lake, files)
        in_files = duck.rows_in_files()
        by_duck = {one.slug: _told(partial(one.answers, duck), _own) for one in scale_works}
    began = time.perf_counter()
    with open_spark(Path(settings.DIEBIAN_DATA)) as session:
        spark = Spark(session)
        spark.show([*files.values()])
        spark.scanned(min(files.values(), key=lambda one: len(one.files)))
        started = time.perf_counter() - began
        scan = _told(lambda: ((spark.scanned(one),) for one in files.values()), spark.used)
        by_spark = {one.slug: _told(partial(one.answers, spark), spark.used) for one in scale_works}
    rows = sum(int(str(rows)) for (rows,) in scan.answers)
    if in_files <= rows:
        raise RuntimeError("no row is gone: a reader that forgets such rows would not be found out")
    return {
        "rows": rows,
        "rows_in_files": in_files,
        "tables": len(files),
        "files": sum(len(one.files) for one in files.values()),
        "delete_files": sum(len(one.with_deletes) for one in files.values()),
        "works": {slug: _compared(by_duck[slug], by_spark[slug]) for slug in tables},
        "start_seconds": started,
        "scan": {"seconds": scan.seconds, "cpu_seconds": scan.cpu_seconds},
    }


@dataclass(frozen=True)
class Told:
    answers: list[tuple[object, ...]]
    seconds: float
    cpu_seconds: float


def _told(work: Callable[[], Iterable[tuple[object, ...]]], used: Callable[[], float]) -> Told:
    before, began = used(), time.perf_counter()
    answers = [*work()]
    return Told(answers, time.perf_counter() - began, used() - before)


def _own() -> float:
    return sum(os.times()[:2])


def _compared(duck: Told, spark: Told) -> dict[str, Any]:
    ours, theirs = Counter(map(_line, duck.answers)), Counter(map(_line, spark.answers))
    return {
        "answers": len(duck.answers),
        "digest": {"duckdb": digest_of(duck.answers), "spark": digest_of(spark.answers)},
        "lost": sum((ours - theirs).values()),
        "doubled": sum((theirs - ours).values()),
        "first_differences": sorted({*(ours - theirs), *(theirs - ours)})[:5],
        "seconds": {"duckdb": duck.seconds, "spark": spark.seconds},
        "cpu_seconds": {"duckdb": duck.cpu_seconds, "spark": spark.cpu_seconds},
    }


def _line(row: tuple[object, ...]) -> str:
    return "|".join(map(str, row))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:] == ["quick"])
