"""The lake seen by some threads, each with a transaction of its own that judges table after table.

A statement over a small table cannot use two cores; two statements can. A transaction asks the
lake's catalogue once for what tables there are; which files one has is asked for each that is read.
"""

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextvars import copy_context
from dataclasses import replace
from queue import SimpleQueue
from typing import TYPE_CHECKING

import duckdb

from diebian.base.lake.public import DUCKDB, LakeTable
from diebian.kernel import clock
from diebian.kernel.errors import first_line

from .models import Rule
from .passes import Pass, pass_over
from .settling import Outcome

if TYPE_CHECKING:
    from diebian.base.lake.public import TableStore

WORKERS = 3  # two cores judge while one waits for the catalogue to name a table's files
SMALL = 20_000  # rows; to hold as many is quicker than to find their files again
quoted = DUCKDB.quoted
log = logging.getLogger(__name__)


class Looker:
    """One transaction. After an error the next one begins, perhaps at a newer snapshot.

    Tables that rules look into again and again are held, each by its name in the lake.
    """

    def __init__(self, duck: duckdb.DuckDBPyConnection, held: Mapping[str, str]) -> None:
        self.duck, self._held = duck.cursor(), held
        self._begin()

    def answer(self, sql: str) -> list[tuple[object, ...]]:
        try:
            return self.duck.execute(sql).fetchall()
        except duckdb.Error:
            self.duck.execute("ROLLBACK")
            self._begin()
            raise

    def _begin(self) -> None:
        self.duck.execute("BEGIN")
        found = self.duck.execute("SELECT id FROM ducklake_current_snapshot('lake')").fetchone()
        self.snapshot = int(found[0]) if found else 0
        for name, here in self._held.items():
            self.duck.execute(f"CREATE TEMP TABLE {here} AS FROM lake.{quoted(name)}")


class View:
    """`others`: the tables that rules look into beside the one they judge, by slug."""

    def __init__(self, lake: "TableStore", others: Mapping[str, LakeTable]) -> None:
        self._columns, self._sizes = lake.columns_of_all(), lake.sizes()
        self._others = {slug: self.as_is(one) for slug, one in others.items() if self.has(one)}
        small = [one.name for one in self._others.values() if self.size(one) <= SMALL]
        self._held = {name: quoted(f"#{name}") for name in small}
        self._free: SimpleQueue[Looker] = SimpleQueue()
        for _ in range(WORKERS):
            self._free.put(Looker(lake.duck, self._held))

    def has(self, table: LakeTable) -> bool:
        return table.name in self._columns

    def size(self, table: LakeTable) -> int:
        return self._sizes.get(table.name, 0)

    def as_is(self, table: LakeTable) -> LakeTable:
        """With what the lake has: a column that was adopted is there with the next batch only."""
        there = self._columns[table.name]
        return replace(
            table,
            types={name: type_ for name, type_ in table.types.items() if name in there},
            key=tuple(name for name in table.key if name in there),
        )

    def asked(self, table: LakeTable, rules: Sequence[Rule]) -> Pass:
        is_small = self.size(table) <= SMALL
        table = self.as_is(table)
        return pass_over(table, rules, self._others, held=self._held, is_small=is_small)

    def outcomes(
        self, tables: Sequence[LakeTable], asked: Callable[[LakeTable], Pass]
    ) -> Iterator[Outcome]:
        """As they come, the largest first: so the threads end together."""
        ordered = sorted(tables, key=self.size, reverse=True)
        with ThreadPoolExecutor(WORKERS, "quality") as pool:
            # with the context: a clock that is held is held for the threads, too
            waiting = [
                pool.submit(copy_context().run, self._outcome, table, asked) for table in ordered
            ]
            for one in as_completed(waiting):
                yield one.result()

    def _outcome(self, table: LakeTable, asked: Callable[[LakeTable], Pass]) -> Outcome:
        began, started, looker = time.perf_counter(), clock.now(), self._free.get()
        try:
            told = asked(table)
            rows, found = told.read(looker.answer(told.sql))
        except duckdb.Error as error:
            log.exception("the rules of %s", table.slug)
            why = first_line(error)
            return Outcome(table, started, sentence=f"规则没有查成：{why}")
        finally:
            self._free.put(looker)
        spent = round((time.perf_counter() - began) * 1000)
        in_order = sorted(found, key=lambda one: one.rule.pk)
        return Outcome(table, started, looker.snapshot, rows, in_order, spent)
