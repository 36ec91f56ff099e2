"""Rows of the sources in one shape and one spelling, in DuckDB's SQL.

`stage.records`: source (its place in the plan), ref (its row key), dated, token, and a column
`c0`, `c1`… for each of the base's. The token is by what the row is known over time: `#` and its
identifier where that is valid, else `table:key`.
"""

from collections.abc import Callable, Mapping

from diebian.base.lake.public import (
    LakeTable,
    cast_of,
    id_check,
    id_number_of,
    literal,
    plain_name,
    plain_number,
    quoted,
    rows_at,
)
from diebian.standards.credit_code import ALPHABET, WEIGHTS

from .plan import Fed, Kind, Plan, Source

APART = "\x1f"  # between the parts of a key that has several


def staged(plan: Plan, place: int, table: LakeTable, snapshot: int) -> str:
    """One row for each row of the source at its snapshot."""
    source = plan.sources[place]
    values = ", ".join(
        f"{_value(source.columns.get(column.name), column.kind, table)} AS c{number}"
        for number, column in enumerate(plan.columns)
    )
    named = plan.names.index(plan.identifier)
    return (
        f"SELECT {place}::TINYINT AS source, ref, dated, "
        f"CASE WHEN c{named} IS NOT NULL THEN '#' || c{named} "
        f"ELSE {literal(source.table + ':')} || ref END AS token, "
        f"{', '.join(f'c{number}' for number in range(len(plan.columns)))} FROM "
        f"(SELECT {_key(table)} AS ref, {_dated(source, table)} AS dated, {values} "
        f"FROM {rows_at(table.name, snapshot)}) t"
    )


def unusable(plan: Plan, place: int, table: LakeTable, snapshot: int) -> str:
    """Counts rows that have something where the identifier stands, but no valid one."""
    fed = plan.sources[place].columns.get(plan.identifier)
    if fed is None:
        return "SELECT 0"
    kind = plan.column(plan.identifier).kind
    given = f"trim(CAST({quoted(fed.column)} AS VARCHAR)) <> ''"
    value = _value(fed, kind, table)
    return f"SELECT count(*) FROM {rows_at(table.name, snapshot)} WHERE {given} AND {value} IS NULL"


def _key(table: LakeTable) -> str:
    """A key of one column as it is; of several with a sign between that nobody types."""
    parts = [f"CAST({quoted(name)} AS VARCHAR)" for name in table.key]
    return f" || {literal(APART)} || ".join(parts)


def _dated(source: Source, table: LakeTable) -> str:
    if not source.dated_by:
        return "NULL::DATE"
    return cast_of(quoted(source.dated_by), table.types[source.dated_by], "DATE")


def _value(fed: Fed | None, kind: str, table: LakeTable) -> str:
    if fed is None:
        return "NULL::VARCHAR"
    column = quoted(fed.column)
    if kind == Kind.DATE:
        return f"CAST({cast_of(column, table.types[fed.column], 'DATE')} AS VARCHAR)"
    text = f"CAST({column} AS VARCHAR)"
    if fed.codes:
        told = " ".join(f"WHEN {literal(a)} THEN {literal(b)}" for a, b in fed.codes.items())
        text = f"(CASE trim({text}) {told} ELSE trim({text}) END)"
    return SPELLED[Kind(kind)](text)


def _id_number(text: str) -> str:
    """18 places with a real date of birth and the right last one; else nothing."""
    number = id_number_of(f"({plain_number(text)})")
    return (
        f"(SELECT CASE WHEN n IS NOT NULL AND substr(n, 18) = {id_check('n')} "
        f"AND try_strptime(substr(n, 7, 8), '%Y%m%d') IS NOT NULL THEN n END "
        f"FROM (SELECT {number} AS n) q)"
    )


def _credit_code(text: str) -> str:
    summed = " + ".join(
        f"(strpos({literal(ALPHABET)}, substr(n, {place + 1}, 1)) - 1) * {weight}"
        for place, weight in enumerate(WEIGHTS)
    )
    check = f"substr({literal(ALPHABET)}, (31 - ({summed}) % 31) % 31 + 1, 1)"
    shape = f"'^[0-9]{{8}}[{ALPHABET}]{{10}}$'"
    return (
        f"(SELECT CASE WHEN n ~ {shape} AND substr(n, 18) = {check} THEN n END "
        f"FROM (SELECT upper({plain_number(text)}) AS n) q)"
    )


def _digits(text: str) -> str:
    return f"nullif(regexp_replace({plain_number(text)}, '[^0-9]', '', 'g'), '')"


SPELLED: Mapping[Kind, Callable[[str], str]] = {
    Kind.ID_NUMBER: _id_number,
    Kind.CREDIT_CODE: _credit_code,
    Kind.NAME: lambda text: f"nullif({plain_name(text)}, '')",
    Kind.PHONE: _digits,
    Kind.DIVISION: _digits,
    Kind.TEXT: lambda text: f"nullif(trim({text}), '')",
}
