"""What is measured, within the process that has the lake: a check, the bare engine, the peer."""

import resource
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any

import psycopg
from django.urls import reverse

from diebian.base.lake.public import (
    POSTGRESQL,
    Dialect,
    LakeTable,
    collect,
    define_all,
    lake_tables,
    open_lake,
    sample_source,
)
from diebian.base.quality.checking import MEMORY, check, rules_in_force
from diebian.base.quality.everywhere import declare_everywhere
from diebian.base.quality.models import Order, Result, Rule, RunState
from diebian.base.quality.passes import Pass, pass_over
from diebian.base.quality.view import View
from diebian.kernel.processor import processor_seconds
from diebian.security.identity.public import PLATFORM

from .source import AREAS, RULES

PREFIX = "bench"
BY_WINDOW = replace(POSTGRESQL, is_window_quicker=True)
SETTINGS = ("set work_mem = '256MB'", "set max_parallel_workers_per_gather = 0", "set jit = off")
CONNECTIONS = 2  # one for each core, as ours has two threads; a worker more would only wait
Counts = dict[tuple[str, str], tuple[int, int]]  # table and rule: checked, failed


@dataclass(frozen=True)
class Took:
    seconds: float
    cpu_seconds: float


def rounds(source: str, server: Path) -> dict[str, Any]:
    _prepare(source)
    reverse("quality:orders")  # a worker has long read all addresses when it checks
    peer: dict[str, Took] = {}
    theirs: Counts = {}
    ours, ours_took = _measured(lambda: check(by=PLATFORM), server)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    wrong = [one.sentence for one in ours if one.state != RunState.DONE]
    if wrong:
        raise RuntimeError(f"{len(wrong)} were not checked: {wrong[:3]}")
    _, bare_took = _measured(partial(_bare, Pass), server)
    _, alike_took = _measured(partial(_bare, Counting), server)
    for name, dialect in (("group", POSTGRESQL), ("window", BY_WINDOW)):
        theirs, peer[name] = _measured(partial(_peer, source, _passes(dialect)), server)
    counts = _counts([one.pk for one in ours])
    pairs = [(counts.get(one, (0, 0)), theirs.get(one, (0, 0))) for one in {*counts, *theirs}]
    gaps = [them - us for pair in pairs for us, them in zip(*pair, strict=True)]
    return {
        "rows": sum(one.rows for one in ours),
        "rules": len(counts),
        "checked": sum(checked for checked, _ in counts.values()),
        "failed": sum(failed for _, failed in counts.values()),
        "orders": Order.objects.count(),
        "ours": vars(ours_took),
        "bare": vars(bare_took),
        "alike": vars(alike_took),
        "peer": {name: vars(one) for name, one in peer.items()},
        "peak_mb": peak,
        "lost": sum(gap for gap in gaps if gap > 0),
        "doubled": -sum(gap for gap in gaps if gap < 0),
    }


def _measured(work: Callable[[], Any], server: Path) -> tuple[Any, Took]:
    used, began = processor_seconds(server), time.perf_counter()
    told = work()
    return told, Took(time.perf_counter() - began, processor_seconds(server) - used)


def _prepare(source: str) -> None:
    """By the same actions as anybody: a source, its tables, a batch of each, rules for all."""
    sample_source(PREFIX, source)
    made = define_all(source=PREFIX, by=PLATFORM, prefix=PREFIX)
    collect(*(one.slug for one in made))
    for kind, told in RULES:
        declare_everywhere(kind=kind, told=told, by=PLATFORM)


def _counts(runs: Sequence[int]) -> Counts:
    results = Result.objects.filter(run__in=runs).values_list(
        "run__collection__lake_table", "rule__says", "checked", "failed"
    )
    return {(table, says): (checked, failed) for table, says, checked, failed in results}


class Counting(Pass):
    """As the peer is asked: for counts alone, and for no failing keys."""

    @property
    def sql(self) -> str:
        return self.counting


def _bare(way: type[Pass]) -> None:
    """The same statements, and nothing else."""
    tables, rules = _tables()
    with open_lake() as lake:
        lake.duck.execute(f"SET memory_limit = '{MEMORY}'")
        view = View(lake, _others(tables))
        passes = {one.number: _as(way, view.asked(one, rules[one.number])) for one in tables}
        for _ in view.outcomes(tables, lambda table: passes[table.number]):
            pass


def _as(way: type[Pass], one: Pass) -> Pass:
    return way(one.place, one.rules, one.timely, one.unclear, one.person)


def _peer(source: str, passes: Mapping[str, Pass]) -> Counts:
    """Two connections, large tables first, each taking the next table that nobody has."""
    waiting, counts = iter(list(passes.items())), Counts()

    def work() -> None:
        with psycopg.connect(source, autocommit=True) as connection:
            for one in SETTINGS:
                connection.execute(one.encode())
            for table, asked in waiting:
                found = connection.execute(_counting(asked).encode()).fetchone() or ()
                for at, (rule, _) in enumerate(asked.rules):
                    counts[table, rule.says] = found[1 + 2 * at], found[2 + 2 * at]

    workers = [Thread(target=work) for _ in range(CONNECTIONS)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    return counts


def _counting(asked: Pass) -> str:
    """PostgreSQL is quicker when it counts each rule for itself; it is asked for no keys."""
    places = range(len(asked.rules))
    counts = ", ".join(f"count(r{at}), count(*) FILTER (WHERE r{at})" for at in places)
    return f"SELECT count(*), {counts} FROM ({asked.judged}) q"


def _tables() -> tuple[list[LakeTable], dict[int, list[Rule]]]:
    """Those that have rules, and the rules of each."""
    rules = rules_in_force()
    return [one for one in lake_tables() if one.number in rules], rules


def _others(tables: Sequence[LakeTable]) -> dict[str, LakeTable]:
    return {one.slug: one for one in tables if one.slug.endswith(AREAS)}


def _passes(dialect: Dialect) -> dict[str, Pass]:
    """By lake table. In PostgreSQL the tables have their own names, without the prefix."""
    tables, rules = _tables()
    there = {one.name: _bare_name(one) for one in tables}
    others = _others(list(there.values()))
    return {
        one.name: pass_over(
            there[one.name], rules[one.number], others, dialect=dialect, schema="public"
        )
        for one in tables
    }


def _bare_name(table: LakeTable) -> LakeTable:
    return replace(table, name=table.name.removeprefix(f"{PREFIX}_"))
