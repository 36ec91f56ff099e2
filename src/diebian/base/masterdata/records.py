"""Rows of the sources in one shape and one spelling, in DuckDB's SQL.

`stage.records`: source (its place in the plan), ref (its row key), dated, token, and a column
`c0`, `c1`… for each of the base's. The token is by what the row is known over time: `#` and its
identifier where that is valid, else `table:key`.
"""

from collections.abc import Callable, Mapping

from diebian.base.lake.public import (
    DUCKDB,
    Check,
    LakeTable,
    code_check_of,
    digits_of,
    id_check_of,
    id_number_of,
    literal,
    plain_name,
    plain_number,
    plain_organisation,
    quoted,
    registration_check_of,
    rows_at,
)

from .plan import Fed, Kind, Plan, Source

APART = "\x1f"  # between the parts of a key that has several


def columns(plan: Plan) -> str:
    """Of `stage.records`, in the order of `staged`: also where no source may be read."""
    told = "".join(f", c{number} VARCHAR" for number in range(len(plan.columns)))
    return f"source TINYINT, ref VARCHAR, dated DATE, is_bad BOOLEAN, token VARCHAR{told}"


def staged(plan: Plan, place: int, table: LakeTable, snapshot: int) -> str:
    """One row for each row of the source at its snapshot. `is_bad`: it has something where the
    identifier stands, but no valid one.

    In layers, so that what a value is spelled from is worked out once.
    """
    source, named = plan.sources[place], plan.names.index(plan.identifier)
    kinds = [Kind(column.kind) for column in plan.columns]
    texts = [f"{_text(source.columns.get(column.name), column.kind, table)} AS t{number}"
             for number, column in enumerate(plan.columns)]  # fmt: skip
    rows = (
        f"SELECT {_key(table)} AS ref, {_dated(source, table)} AS dated, {', '.join(texts)} "
        f"FROM {rows_at(table.name, snapshot)}"
    )
    kept = f"ref, dated, coalesce(trim(t{named}) <> '', false) AS is_given"
    for before, after, spelled in (("t", "p", PLAIN), ("p", "n", NUMBER)):
        told = [f"{spelled.get(kind, _as_it_is)(f'{before}{number}')} AS {after}{number}"
                for number, kind in enumerate(kinds)]  # fmt: skip
        rows, kept = f"SELECT {kept}, {', '.join(told)} FROM ({rows}) {before}", KEPT
    plain = [f"n{number}" for number in range(len(kinds))]
    checks = {number: CHECKED[kind](f"n{number}", str(number))
              for number, kind in enumerate(kinds) if kind in CHECKED}  # fmt: skip
    helpers = [f"{sql} AS {name}" for one in checks.values() for name, sql in one.helpers.items()]
    rows = f"SELECT {KEPT}, {', '.join([*plain, *helpers])} FROM ({rows}) n"
    values = ", ".join(f"{_value(kind, f'n{number}', checks.get(number))} AS c{number}"
                       for number, kind in enumerate(kinds))  # fmt: skip
    names = ", ".join(f"c{number}" for number in range(len(kinds)))
    return (
        f"SELECT {place}::TINYINT AS source, ref, dated, c{named} IS NULL AND is_given AS is_bad, "
        f"CASE WHEN c{named} IS NOT NULL THEN '#' || c{named} "
        f"ELSE {literal(source.table + ':')} || ref END AS token, {names} FROM "
        f"(SELECT {KEPT}, {values} FROM ({rows}) d) v"
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


def _value(kind: Kind, spelled: str, check: Check | None) -> str:
    """What stands in the base: nothing where there is nothing, or where a check place is wrong."""
    if check is not None:
        return f"CASE WHEN NOT ({check.wrong}) THEN {spelled} END"
    return spelled if kind == Kind.DATE else f"nullif({spelled}, '')"


KEPT = "ref, dated, is_given"
Spelled = Mapping[Kind, Callable[[str], str]]
PLAIN: Spelled = {
    Kind.ID_NUMBER: plain_number,
    Kind.CREDIT_CODE: lambda text: f"upper({plain_number(text)})",
    Kind.REGISTRATION: plain_number,
    Kind.NAME: plain_name,
    Kind.ORGANISATION: plain_organisation,
    Kind.ADDRESS: plain_name,
    Kind.PHONE: digits_of,
    Kind.DIVISION: digits_of,
    Kind.TEXT: lambda text: f"trim({text})",
}
NUMBER: Spelled = {Kind.ID_NUMBER: id_number_of}
CHECKED: Mapping[Kind, Callable[[str, str], Check]] = {
    Kind.ID_NUMBER: id_check_of,
    Kind.CREDIT_CODE: code_check_of,
    Kind.REGISTRATION: registration_check_of,
}
