"""Rows of a released file, in pages and by filters: what the API and its callers get.

A filter is `column=value`, or `column__gte`, `__lte`, `__contains`. A column is one of those that
were released, a value goes to the engine apart from the statement: neither can be SQL.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from diebian.base.lake.public import quoted

from .reading import RELEASED, reading
from .refusals import QuestionWrong
from .releasing import plain
from .shelf import place_of
from .shown import Released

USUAL, MOST = 100, 1000
LONGEST_NUMBER, LONGEST_VALUE, MOST_FILTERS = 12, 200, 10
OPERATORS = {"": "=", "gte": ">=", "lte": "<=", "contains": ""}
RESERVED = {"limit", "offset"}


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


def page_of(release: Released, asked: Mapping[str, Sequence[str]]) -> Page:
    """Refuses a question that it cannot read, field by field."""
    limit, offset = _number(asked, "limit", USUAL), _number(asked, "offset", 0)
    if limit > MOST:
        raise _wrong("limit", f"一次最多 {MOST} 行")
    where, values = _filters(release, asked)
    names = [one["name"] for one in release.columns]
    if offset >= release.rows or limit == 0:  # nothing can be there: nothing is read
        matching = release.rows if not values else _matching(release, where, values)
        return Page(names, [], matching, offset, limit)
    listed = ", ".join(quoted(name) for name in names)
    statement = f"SELECT {listed} FROM {RELEASED}{where} LIMIT {limit} OFFSET {offset}"  # noqa: S608
    with reading(_file(release)) as duck:
        found = duck.execute(statement, values).fetchall()
        matching = release.rows if not values else _count(duck, where, values)
    rows = [dict(zip(names, map(plain, one), strict=True)) for one in found]
    return Page(names, rows, matching, offset, limit)


def _matching(release: Released, where: str, values: Sequence[str]) -> int:
    with reading(_file(release)) as duck:
        return _count(duck, where, values)


def _count(duck: Any, where: str, values: Sequence[str]) -> int:
    return int(duck.execute(f"SELECT count(*) FROM {RELEASED}{where}", values).fetchone()[0])  # noqa: S608


def _file(release: Released) -> Any:
    return place_of(release.files["parquet"].digest)


def _filters(
    release: Released, asked: Mapping[str, Sequence[str]]
) -> tuple[str, list[str]]:  # fmt: skip
    types = {one["name"]: one["type"] for one in release.columns}
    clauses, values = [], list[str]()
    told = [(name, value) for name, told in asked.items() if name not in RESERVED for value in told]
    if len(told) > MOST_FILTERS:
        raise _wrong("filters", f"最多 {MOST_FILTERS} 个条件")
    for name, value in told:
        column, _, word = name.partition("__")
        if column not in types or word not in OPERATORS:
            raise _wrong(name, "没有这一列，或没有这种条件（可用 __gte、__lte、__contains）")
        if len(value) > LONGEST_VALUE or "\0" in value:
            raise _wrong(name, f"条件的值最多 {LONGEST_VALUE} 个字")
        clauses.append(_clause(column, types[column], word))
        values.append(_checked(name, types[column], word, value))
    return (" WHERE " + " AND ".join(clauses) if clauses else ""), values


def _clause(column: str, type_: str, word: str) -> str:
    name = quoted(column)
    if word == "contains":
        return f"contains(CAST({name} AS VARCHAR), ?)"
    return f"{name} {OPERATORS[word]} CAST(? AS {type_})"


def _checked(name: str, type_: str, word: str, value: str) -> str:
    """A value that the column's type does not know is told before the engine meets it."""
    if word == "contains" or type_ == "VARCHAR":
        return value
    import duckdb

    try:
        duckdb.execute(
            f"SELECT CAST(? AS {type_})", [value]
        )  # the file's own type, not a word sent
    except duckdb.Error as error:
        raise _wrong(name, "这一列的值不是这样写的（数写 12.5，日期写 2026-01-31）") from error
    return value


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
