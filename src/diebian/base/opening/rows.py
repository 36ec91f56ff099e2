"""Rows of a released file, in pages and by filters: the one way to them, for the site's own API and
for CKAN's `datastore_search` (`open_rows`).

A filter of the API is `column=value`, or `column__gte`, `__lte`, `__contains`. A column is one of
those that were released, a value goes to the engine apart from the statement: neither can be SQL.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Any

from diebian.base.lake.public import quoted

from .counted import plain
from .facts import RESERVED
from .reading import NUMBER, NUMBERED, RELEASED, reading
from .refusals import Busy, QuestionWrong
from .shelf import place_of
from .shown import Released

USUAL, MOST = 100, 1000
MOST_CHARACTERS = 4_000_000  # of one page
LONGEST_NUMBER, LONGEST_VALUE, MOST_FILTERS = 12, 200, 10
OPERATORS = {"": "=", "gte": ">=", "lte": "<=", "contains": ""}
PLACES = BoundedSemaphore(3)
PATIENCE = 2.0  # seconds that a question waits for its place


@dataclass(frozen=True)
class Page:
    columns: Sequence[str]
    rows: Sequence[Mapping[str, Any]]
    matching: int  # rows that the filters let through
    offset: int
    limit: int

    @property
    def next_offset(self) -> int | None:
        after = self.offset + len(self.rows)
        return after if self.rows and after < self.matching else None


@dataclass(frozen=True)
class Filter:
    name: str  # as it was asked
    type: str  # what its value is read as
    clause: str
    value: str


@dataclass(frozen=True)
class Cut:
    """Which rows of which columns. `clauses` and `order` are SQL of quoted names alone."""

    columns: Sequence[str]
    limit: int
    offset: int
    clauses: Sequence[str] = ()
    values: Sequence[str] = ()
    order: Sequence[str] = ()
    is_counted: bool = True

    @property
    def where(self) -> str:
        return f" WHERE {' AND '.join(self.clauses)}" if self.clauses else ""


@contextmanager
def opened(release: Released) -> Iterator[Any]:
    """The file of a release, once there is a place for the question."""
    with _a_place(), reading(place_of(release.files["parquet"].digest)) as duck:
        yield duck


def counted(duck: Any, release: Released, cut: Cut) -> int:
    """Rows that the clauses let through."""
    if not cut.clauses:
        return release.rows
    asked = f"SELECT count(*) FROM {RELEASED}{cut.where}"  # noqa: S608  names are quoted
    return int(duck.execute(asked, list(cut.values)).fetchone()[0])


def rows_in(duck: Any, cut: Cut) -> Iterator[tuple[Any, ...]]:
    """One after the other: the row's number in the release, then the columns.

    Without an order they come as they lie in the file, and no more of it is read than is asked.
    """
    listed = ", ".join([NUMBER, *(quoted(name) for name in cut.columns)])
    order = f" ORDER BY {', '.join([*cut.order, NUMBER])}" if cut.order else ""
    page = f" LIMIT {cut.limit} OFFSET {cut.offset}"
    asked = f"SELECT {listed} FROM {NUMBERED}{cut.where}{order}{page}"  # noqa: S608  names quoted
    duck.execute(asked, list(cut.values))
    while (row := duck.fetchone()) is not None:
        yield row


def page_of(release: Released, asked: Mapping[str, Sequence[str]]) -> Page:
    """Refuses a question that it cannot read, field by field."""
    limit, offset = _number(asked, "limit", USUAL), _number(asked, "offset", 0)
    if limit > MOST:
        raise _wrong("limit", f"一次最多 {MOST} 行")
    filters = _filters(release, asked)
    names = [one["name"] for one in release.columns]
    if not filters and (offset >= release.rows or limit == 0):  # nothing can be there
        return Page(names, [], release.rows, offset, limit)
    clauses, values = [one.clause for one in filters], [one.value for one in filters]
    cut = Cut(names, limit, offset, clauses=clauses, values=values)
    with opened(release) as duck:
        for one in filters:
            _refuse_unlike(duck, one)
        matching = counted(duck, release, cut)
        rows = [dict(zip(names, one, strict=True)) for one in _fetched(rows_in(duck, cut))]
    return Page(names, rows, matching, offset, limit)


@contextmanager
def _a_place() -> Iterator[None]:
    """Questions never take all threads of the web process: pages go on."""
    if not PLACES.acquire(timeout=PATIENCE):
        raise Busy
    try:
        yield
    finally:
        PLACES.release()


def _fetched(rows: Iterator[tuple[Any, ...]]) -> Iterator[list[Any]]:
    """Ends early where rows are very long: the caller goes on with `next`."""
    told = 0
    for row in rows:
        if told >= MOST_CHARACTERS:
            return
        values = [plain(value) for value in row[1:]]
        told += sum(len(one) for one in values if isinstance(one, str))
        yield values


def _filters(release: Released, asked: Mapping[str, Sequence[str]]) -> list[Filter]:
    types = {one["name"]: one["type"] for one in release.columns}
    told = [(name, value) for name, told in asked.items() if name not in RESERVED for value in told]
    if len(told) > MOST_FILTERS:
        raise _wrong("filters", f"最多 {MOST_FILTERS} 个条件")
    return [_filter(types, name, value) for name, value in told]


def _filter(types: Mapping[str, str], name: str, value: str) -> Filter:
    column, _, word = name.partition("__")
    if column not in types or word not in OPERATORS:
        raise _wrong(name, "没有这一列，或没有这种条件（可用 __gte、__lte、__contains）")
    if len(value) > LONGEST_VALUE or "\0" in value:
        raise _wrong(name, f"条件的值最多 {LONGEST_VALUE} 个字")
    type_ = "VARCHAR" if word == "contains" else types[column]
    return Filter(name, type_, _clause(column, type_, word), value)


def _clause(column: str, type_: str, word: str) -> str:
    name = quoted(column)
    if word == "contains":
        return f"contains(CAST({name} AS VARCHAR), ?)"
    return f"{name} {OPERATORS[word]} CAST(? AS {type_})"


def _refuse_unlike(duck: Any, one: Filter) -> None:
    """A value that the column's type does not know; the type is the file's own, never sent."""
    import duckdb

    try:
        duck.execute(f"SELECT CAST(? AS {one.type})", [one.value]).fetchall()
    except duckdb.ConversionException as error:
        says = "这一列的值不是这样写的（数写 12.5，日期写 2026-01-31）"
        raise _wrong(one.name, says) from error


def _number(asked: Mapping[str, Sequence[str]], name: str, otherwise: int) -> int:
    told = asked.get(name, [])
    if not told or told[-1] == "":
        return otherwise
    value = told[-1]
    if not (value.isascii() and value.isdecimal() and len(value) <= LONGEST_NUMBER):
        raise _wrong(name, f"应是不超过 {LONGEST_NUMBER} 位的自然数")
    return int(value)


def _wrong(name: str, says: str) -> QuestionWrong:
    return QuestionWrong(f"{name[:60]}：{says}", fields={name[:60]: [says]})
