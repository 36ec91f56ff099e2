"""Checking: one pass over each table, in a process that has the lake open. Loads DuckDB."""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import duckdb

from diebian.base.lake.public import LakeTable, has_lake, lake_tables, open_lake
from diebian.kernel import clock
from diebian.security.identity.public import Actor, Refused

from . import policy
from .models import Rule, Run
from .passes import Found, pass_over
from .refusals import NothingToCheck
from .settling import Outcome, settle

THREADS = 2
GROUP_SECONDS = (
    1.0  # results are written together: a thousand small tables are not a thousand writes
)
MEMORY = "900MB"
NOT_COLLECTED = "还没有归集过，湖里没有这张表"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Progress:
    title: str
    done: int
    of: int
    rows: int


Report = Callable[[Progress], None]


def _quiet(_: object) -> None:
    """Nobody listens."""


def check(*, slugs: Sequence[str] = (), by: Actor, report: Report = _quiet) -> list[Run]:
    """All rules of these tables, or of all tables that have rules; gives the runs.

    What is found is settled as it goes: killed, what was settled stays, and the rest is checked
    again by whoever comes next.
    """
    rules = _rules(slugs)
    tables = [one for one in lake_tables(slugs) if one.collection in rules]
    if not tables:
        raise NothingToCheck
    if not all(policy.may_check(by, one.department) for one in tables):
        raise Refused
    made: list[Run] = []
    waiting: list[Outcome] = []
    told_at, rows = time.monotonic(), 0
    for number, outcome in enumerate(_outcomes(tables, rules), start=1):
        waiting.append(outcome)
        rows += outcome.rows
        if number == len(tables) or time.monotonic() - told_at > GROUP_SECONDS:
            made += settle(outcomes=waiting, asked_by=by)
            waiting, told_at = [], time.monotonic()
            report(Progress(outcome.table.title, number, len(tables), rows))
    return made


def _rules(slugs: Sequence[str]) -> dict[int, list[Rule]]:
    asked = Rule.objects.filter(ended_at=None).order_by("pk")
    if slugs:
        asked = asked.filter(collection__slug__in=slugs)
    told: dict[int, list[Rule]] = {}
    for rule in asked:
        told.setdefault(rule.collection_id, []).append(rule)
    return told


def _outcomes(tables: Sequence[LakeTable], rules: dict[int, list[Rule]]) -> Iterator[Outcome]:
    if not has_lake():
        yield from (Outcome(one, sentence=NOT_COLLECTED) for one in tables)
        return
    named = {str(rule.told.get("other", "")) for one in rules.values() for rule in one} - {""}
    others = {one.slug: one for one in lake_tables(sorted(named))} if named else {}
    with open_lake() as lake:
        lake.duck.execute(f"SET threads = {THREADS}")
        lake.duck.execute(f"SET memory_limit = '{MEMORY}'")
        lake.duck.execute("BEGIN")  # one view of the lake, asked of its catalogue once
        known, snapshot = _columns(lake.duck), lake.snapshot()
        there = {slug: _as_is(one, known) for slug, one in others.items() if one.table in known}
        for told in tables:
            if told.table not in known:
                yield Outcome(told, sentence=NOT_COLLECTED)
                continue
            table = _as_is(told, known)
            began = time.perf_counter()
            asked = pass_over(table, rules[table.collection], there)
            started = clock.now()
            try:
                row = lake.duck.execute(asked.sql).fetchone()
            except duckdb.Error as error:
                log.exception("the rules of %s", table.slug)
                lake.duck.execute("ROLLBACK")
                lake.duck.execute("BEGIN")
                snapshot = lake.snapshot()
                why = str(error).split("\n", 1)[0][:200]
                yield Outcome(table, started, sentence=f"规则没有查成：{why}")
                continue
            count, found = asked.read(row or ())
            spent = round((time.perf_counter() - began) * 1000)
            yield Outcome(table, started, snapshot, count, _in_order(found), spent)


def _columns(duck: duckdb.DuckDBPyConnection) -> dict[str, set[str]]:
    """What the lake really has: a column that was adopted is there with the next batch only."""
    asked = duck.execute(
        "SELECT table_name, list(column_name) FROM duckdb_columns() "
        "WHERE database_name = 'lake' GROUP BY table_name"
    )
    return {table: set(columns) for table, columns in asked.fetchall()}


def _as_is(table: LakeTable, known: dict[str, set[str]]) -> LakeTable:
    there = known[table.table]
    return replace(
        table,
        types={name: type_ for name, type_ in table.types.items() if name in there},
        key=tuple(name for name in table.key if name in there),
    )


def _in_order(found: Sequence[Found]) -> list[Found]:
    return sorted(found, key=lambda one: one.rule.pk)
