"""The hot path in SQL: a case is locked and loaded in one round trip, and written in another.

The ORM does the same in a dozen round trips (`./diebian bench cases`). A statement that waits for
the lock still reads the rest as it was before: the sequence tells, and then the rest is read again.
`no key update`, because children insert messages to their parent.
"""

import json
import re
from dataclasses import fields
from datetime import datetime
from decimal import Decimal
from typing import Any

import psycopg
from django.db import connection

from .state import CaseRow, Tok

CASE_NAMES = [one.name for one in fields(CaseRow)]
TOKEN_NAMES = [one.name for one in fields(Tok)]
TOKEN = ", ".join(TOKEN_NAMES)
INSIDE = f"""
(select json_agg(json_build_array({TOKEN}) order by number) from process_token
  where case_id = %(case)s)::text,
(select json_agg(json_build_array(element, round, item, outcome)) from process_decision
  where case_id = %(case)s)::text,
(select json_build_array(number, form) from process_revision where case_id = %(case)s
  order by number desc limit 1)::text"""
LOCK = f"""
with held as (select {", ".join(CASE_NAMES)} from process_case where id = %(case)s
  for no key update)
select {", ".join(CASE_NAMES)}, (select sequence from process_case where id = %(case)s), {INSIDE}
from held"""
AGAIN = f"select {INSIDE}"
OPEN = f"""insert into process_case ({", ".join(CASE_NAMES[1:])})
values ({", ".join(["%s"] * len(CASE_NAMES[1:]))})
on conflict (business_key) do nothing returning id"""
EXACT = "\ue000"  # before a number that is written as it is; in nobody's text
QUOTED = re.compile(f'"{EXACT}([^"]*)"')

Decided = list[tuple[str, int, str, str]]  # element, round, item, outcome
Loaded = tuple[CaseRow, list[Tok], Decided, int, dict[str, Any]]


def raw() -> "psycopg.Connection[Any]":
    """Django's own connection, in its transaction; it keeps the plans of what we ask on it."""
    connection.ensure_connection()
    told: psycopg.Connection[Any] = connection.connection
    if told.prepare_threshold is None:
        told.prepare_threshold = 1
    return told


def cursor() -> "psycopg.Cursor[Any]":
    """On it, with parameters bound by the server."""
    return psycopg.Cursor(raw())


def locked(case_id: int) -> Loaded | None:
    """None where there is no such case."""
    asked = {"case": case_id}
    found = cursor().execute(LOCK, asked).fetchone()
    if found is None:
        return None
    case, known, inside = CaseRow(*found[:-4]), found[-4], found[-3:]
    if known != case.sequence:  # we waited for the row: what is inside was read before that
        inside = cursor().execute(AGAIN, asked).fetchone() or inside
    tokens, decisions, form = (parsed(one or "[]") for one in inside)
    return case, [_token(one) for one in tokens], decisions, *form


def opened(case: CaseRow) -> int | None:
    """The new case's number; None where its key is taken."""
    row = cursor().execute(OPEN, [getattr(case, name) for name in CASE_NAMES[1:]]).fetchone()
    return row[0] if row else None


def _token(told: list[Any]) -> Tok:
    told[SINCE] = datetime.fromisoformat(told[SINCE])
    return Tok(*told)


SINCE = TOKEN_NAMES.index("since")


def text_of(told: Any) -> str:
    text = json.dumps(told, ensure_ascii=False, default=_plain)
    return QUOTED.sub(r"\1", text) if EXACT in text else text


def parsed(text: str) -> Any:
    """Numbers are exact: a limit of 0.1 is met by 0.1."""
    return json.loads(text, parse_float=Decimal)


def _plain(told: object) -> str:
    return f"{EXACT}{told:f}" if isinstance(told, Decimal) else str(told)
