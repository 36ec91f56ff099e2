"""Rows of the sources in one shape and one spelling, in DuckDB's SQL.

`stage.records`: source (its place in the plan), ref (its row key), dated, token, and a column
`c0`, `c1`… for each of the base's. The token is by what the row is known over time: `#` and its
identifier where that is valid, else `table:key`.
"""

from collections.abc import Callable, Mapping

from diebian.base.lake.public import (
    DUCKDB,
    LakeTable,
    digits_of,
    id_number_of,
    literal,
    plain_name,
    plain_number,
    quoted,
    rows_at,
)
from diebian.standards.credit_code import ALPHABET, WEIGHTS
from diebian.standards.identifiers import ID_CHECKS, ID_WEIGHTS

from .plan import Fed, Kind, Plan, Source

APART = "\x1f"  # between the parts of a key that has several


def staged(plan: Plan, place: int, table: LakeTable, snapshot: int) -> str:
    """One row for each row of the source at its snapshot. `is_bad`: it has something where the
    identifier stands, but no valid one.

    In layers, so that what a value is spelled from is worked out once.
    """
    source, named = plan.sources[place], plan.names.index(plan.identifier)
    texts, plains, numbers, values = list[str](), list[str](), list[str](), list[str]()
    for number, column in enumerate(plan.columns):
        fed = source.columns.get(column.name)
        texts.append(f"{_text(fed, column.kind, table)} AS t{number}")
        plains.append(f"{PLAIN.get(Kind(column.kind), _as_it_is)(f't{number}')} AS p{number}")
        numbers.append(f"{NUMBER.get(Kind(column.kind), _as_it_is)(f'p{number}')} AS n{number}")
        values.append(f"{VALUE.get(Kind(column.kind), _as_it_is)(f'n{number}')} AS c{number}")
    names = ", ".join(f"c{number}" for number in range(len(plan.columns)))
    return (
        f"SELECT {place}::TINYINT AS source, ref, dated, c{named} IS NULL AND is_given AS is_bad, "
        f"CASE WHEN c{named} IS NOT NULL THEN '#' || c{named} "
        f"ELSE {literal(source.table + ':')} || ref END AS token, {names} FROM "
        f"(SELECT ref, dated, is_given, {', '.join(values)} FROM "
        f"(SELECT ref, dated, is_given, {', '.join(numbers)} FROM "
        f"(SELECT ref, dated, coalesce(trim(t{named}) <> '', false) AS is_given, "
        f"{', '.join(plains)} FROM (SELECT {_key(table)} AS ref, {_dated(source, table)} AS dated, "
        f"{', '.join(texts)} FROM {rows_at(table.name, snapshot)}) t) p) n) v"
    )


def _key(table: LakeTable) -> str:
    """A key of one column as it is; of several with a sign between that nobody types."""
    parts = [f"CAST({quoted(name)} AS VARCHAR)" for name in table.key]
    return f" || {literal(APART)} || ".join(parts)


def _dated(source: Source, table: LakeTable) -> str:
    if not source.dated_by:
        return "NULL::DATE"
    return DUCKDB.date_of(quoted(source.dated_by), table.types[source.dated_by])


def _text(fed: Fed | None, kind: str, table: LakeTable) -> str:
    if fed is None:
        return "NULL::VARCHAR"
    column = quoted(fed.column)
    if kind == Kind.DATE:
        return f"CAST({DUCKDB.date_of(column, table.types[fed.column])} AS VARCHAR)"
    text = f"CAST({column} AS VARCHAR)"
    if fed.codes:
        told = " ".join(f"WHEN {literal(a)} THEN {literal(b)}" for a, b in fed.codes.items())
        text = f"(CASE trim({text}) {told} ELSE trim({text}) END)"
    return text


def _as_it_is(text: str) -> str:
    return text


def _id_number(number: str) -> str:
    """18 places with a real date of birth and the right last one; else nothing."""
    digits = f"TRY_CAST(left({number}, 17) AS BIGINT)"  # whole numbers cost a tenth of letters
    summed = " + ".join(
        f"({digits} // {10 ** (16 - place)} % 10) * {weight}"
        for place, weight in enumerate(ID_WEIGHTS)
    )
    check = f"substr('{ID_CHECKS}', CAST(({summed}) % 11 AS INTEGER) + 1, 1)"
    born = f"try_strptime(substr({number}, 7, 8), '%Y%m%d')"
    is_real = f"{born} IS NOT NULL AND substr({number}, 7, 4) <> '0000'"
    return f"CASE WHEN substr({number}, 18) = {check} AND {is_real} THEN {number} END"


def _credit_code(code: str) -> str:
    summed = " + ".join(
        f"(strpos({literal(ALPHABET)}, substr({code}, {place + 1}, 1)) - 1) * {weight}"
        for place, weight in enumerate(WEIGHTS)
    )
    check = f"substr({literal(ALPHABET)}, (31 - ({summed}) % 31) % 31 + 1, 1)"
    shape = f"'^[0-9]{{8}}[{ALPHABET}]{{10}}$'"
    return f"CASE WHEN {code} ~ {shape} AND substr({code}, 18) = {check} THEN {code} END"


PLAIN: Mapping[Kind, Callable[[str], str]] = {
    Kind.ID_NUMBER: plain_number,
    Kind.CREDIT_CODE: lambda text: f"upper({plain_number(text)})",
    Kind.NAME: plain_name,
    Kind.PHONE: digits_of,
    Kind.DIVISION: digits_of,
    Kind.TEXT: lambda text: f"trim({text})",
}
NUMBER: Mapping[Kind, Callable[[str], str]] = {Kind.ID_NUMBER: id_number_of}
VALUE: Mapping[Kind, Callable[[str], str]] = {
    Kind.ID_NUMBER: _id_number,
    Kind.CREDIT_CODE: _credit_code,
    Kind.NAME: lambda plain: f"nullif({plain}, '')",
    Kind.PHONE: lambda plain: f"nullif({plain}, '')",
    Kind.DIVISION: lambda plain: f"nullif({plain}, '')",
    Kind.TEXT: lambda plain: f"nullif({plain}, '')",
}
