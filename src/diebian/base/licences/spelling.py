"""Rows of a table of licences in one spelling, in DuckDB's SQL: with why a row is set aside.

In layers, so that what a value is spelled from is worked out once.
"""

from collections.abc import Mapping

from diebian.base.lake.public import (
    DUCKDB,
    LakeTable,
    code_check_of,
    id_check_of,
    id_number_of,
    literal,
    plain_number,
    quoted,
    rows_at,
)

from .models import LicenceType
from .numbering import is_identifier_sql
from .plan import Plan

APART = "\x1f"  # between the parts of a key that has several
LONGEST_NUMBER, LONGEST_NAME = 100, 200
COLUMNS = (
    "row_key", "type_id", "number", "holder_number", "holder_name", "issued_on", "valid_until",
    "state", "identifier", "fields", "fault",
)  # fmt: skip


def staged(plan: Plan, table: LakeTable, snapshot: int, types: Mapping[str, LicenceType]) -> str:
    """A query of `COLUMNS`: a row for each row of the table."""
    rows = (
        f"SELECT {_key(table)} AS row_key, {_type(plan, types)} AS type_id, "
        f"trim({_text(plan.number)}) AS number, "
        f"{plain_number(_text(plan.holder_number))} AS given, "
        f"trim({_text(plan.holder_name)}) AS holder_name, "
        f"{DUCKDB.date_of(quoted(plan.issued), table.types[plan.issued])} AS issued_on, "
        f"{_until(plan, table)}, {_coded(plan.state_column, plan.states)} AS state, "
        f"{_identifier(plan)} AS identifier, {_fields(plan)} AS fields "
        f"FROM {rows_at(table.name, snapshot)}"
    )
    rows = f"SELECT *, {id_number_of('given')} AS person, upper(given) AS body FROM ({rows})"
    person, body = id_check_of("person", "person"), code_check_of("body", "body")
    helpers = [f"{sql} AS {name}" for name, sql in {**person.helpers, **body.helpers}.items()]
    rows = f"SELECT *, {', '.join(helpers)} FROM ({rows})"
    rows = (
        f"SELECT *, person IS NOT NULL AND NOT ({person.wrong}) AS is_person, "
        f"coalesce(NOT ({body.wrong}), false) AS is_body FROM ({rows})"
    )
    return (
        "SELECT row_key, type_id, number, CASE WHEN is_person THEN person ELSE body END AS "
        "holder_number, holder_name, issued_on, CAST(valid_until AS VARCHAR) AS valid_until, "
        f"state, identifier, fields, {_fault(plan, types)} AS fault FROM ({rows})"
    )


def _key(table: LakeTable) -> str:
    parts = [f"CAST({quoted(name)} AS VARCHAR)" for name in table.key]
    return f" || {literal(APART)} || ".join(parts)


def _text(column: str) -> str:
    return f"CAST({quoted(column)} AS VARCHAR)"


def _type(plan: Plan, types: Mapping[str, LicenceType]) -> str:
    numbers = {word: str(types[code].pk) for word, code in plan.types.items()}
    if not plan.type_column:
        return f"{numbers['']}::BIGINT"
    told = " ".join(f"WHEN {literal(word)} THEN {number}" for word, number in numbers.items())
    return f"(CASE trim({_text(plan.type_column)}) {told} END)::BIGINT"


def _coded(column: str, codes: Mapping[str, str]) -> str:
    told = " ".join(f"WHEN {literal(word)} THEN {literal(ours)}" for word, ours in codes.items())
    return f"CASE trim({_text(column)}) {told} END"


def _until(plan: Plan, table: LakeTable) -> str:
    """The day, and whether something stands there that is neither a day nor says without end."""
    if not plan.until:
        return "NULL::DATE AS valid_until, false AS is_until_wrong"
    day = DUCKDB.date_of(quoted(plan.until), table.types[plan.until])
    text = f"coalesce(trim({_text(plan.until)}), '')"
    endless = ", ".join(literal(word) for word in plan.endless) or "NULL"
    is_endless = f"coalesce({text} IN ({endless}), false)"
    return (
        f"CASE WHEN NOT {is_endless} THEN {day} END AS valid_until, "
        f"({day}) IS NULL AND NOT {is_endless} AS is_until_wrong"
    )


def _identifier(plan: Plan) -> str:
    return f"coalesce(trim({_text(plan.identifier)}), '')" if plan.identifier else "''"


def _fields(plan: Plan) -> str:
    """As JSON text."""
    if not plan.fields:
        return "'{}'"
    told = ", ".join(
        f"{literal(title)}: nullif(trim({_text(column)}), '')"
        for title, column in plan.fields.items()
    )
    return f"CAST(to_json({{{told}}}) AS VARCHAR)"


def _fault(plan: Plan, types: Mapping[str, LicenceType]) -> str:
    """The first reason, in the order in which a person would look."""
    of = {kind: [str(one.pk) for one in types.values() if one.holder_kind == kind]
          for kind in ("person", "legal")}  # fmt: skip
    persons, bodies = (", ".join(of[kind]) or "NULL" for kind in ("person", "legal"))
    reasons = {
        "type": "type_id IS NULL",
        "number": f"coalesce(number, '') = '' OR length(number) > {LONGEST_NUMBER}",
        "holder": "NOT (is_person OR is_body)",
        "holder_kind": f"coalesce((type_id IN ({persons}) AND NOT is_person) "
                       f"OR (type_id IN ({bodies}) AND NOT is_body), false)",
        "name": f"coalesce(holder_name, '') = '' OR length(holder_name) > {LONGEST_NAME}",
        "issued": "issued_on IS NULL",
        "until": "is_until_wrong",
        "order": "valid_until < issued_on",
        "state": "state IS NULL",
    }  # fmt: skip
    if plan.identifier:
        reasons["identifier"] = f"identifier <> '' AND NOT {is_identifier_sql('identifier')}"
    return "CASE " + " ".join(f"WHEN {sql} THEN '{name}'" for name, sql in reasons.items()) + " END"
