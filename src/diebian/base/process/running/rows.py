"""The hot path in SQL: a case is locked and loaded in one round trip, and written in another.

The ORM does the same in a dozen round trips (`./diebian bench cases`). The lock and the reads are
separate statements of one pipeline: each sees what was committed when it began, so the reads see
what the step before us wrote. `no key update`, because children insert messages to their parent.
"""

import json
from collections.abc import Sequence
from dataclasses import astuple, fields
from datetime import datetime
from decimal import Decimal
from typing import Any

import psycopg
from django.db import connection

from .state import CaseRow, Changes, Tok

CASE = ", ".join(one.name for one in fields(CaseRow))
TOKEN = ", ".join(one.name for one in fields(Tok))
LOCK = f"select {CASE} from process_case where id = %s for no key update"  # noqa: S608
TOKENS = f"select {TOKEN} from process_token where case_id = %s order by number"  # noqa: S608
DECISIONS = "select element, round, item, outcome from process_decision where case_id = %s"
FORM = """select number, form::text from process_revision where case_id = %s
          order by number desc limit 1"""
LIFT = "delete from process_token where case_id = %s and number = any(%s)"
PUT = f"""
insert into process_token (case_id, {TOKEN}) values (%s, {", ".join(["%s"] * len(fields(Tok)))})
on conflict (case_id, number) do update set ({TOKEN}) = row(
  {", ".join(f"excluded.{one.name}" for one in fields(Tok))})"""  # noqa: S608
DECIDE = """
insert into process_decision (case_id, element, round, item, outcome, by_key, by_name, department,
  reason, evidence, at) values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb, %s)"""
REVISE = """insert into process_revision (case_id, number, form, by_name, at)
values (%s, %s, %s::jsonb, %s, %s)"""
LOG = """insert into process_logline (case_id, number, at, event, element, by_key, by_name, facts)
values (%s, %s, %s, %s, %s, %s, %s, %s::jsonb)"""
JOB = """insert into process_job (case_id, token, kind, key, facts, due_at, state, tries, said)
values (%s, %s, %s, %s, %s::jsonb, %s, 'due', 0, '')"""
FREE = """update process_job set state = 'cancelled', ended_at = %s
where case_id = %s and state = 'due' and token = any(%s) and kind in ('service', 'timer')"""
INCIDENT = """insert into process_incident (case_id, token, job, element, sentence, at, settled_by)
values (%s, %s, %s, %s, %s, %s, '')"""
SETTLE = """update process_incident set settled_at = %s, settled_by = %s
where case_id = %s and token = any(%s) and settled_at is null"""
RECEIVE = "insert into process_received (case_id, message, number, at) values (%s, %s, %s, %s)"
AFTER = """update process_case set sequence = %s, state = %s, outcome = %s, closed_at = %s
where id = %s"""
OPEN = f"""insert into process_case ({CASE.removeprefix("id, ")})
values ({", ".join(["%s"] * (len(fields(CaseRow)) - 1))}) returning id"""  # noqa: S608

Loaded = tuple[CaseRow, list[Tok], list[tuple[str, int, str, str]], int, dict[str, Any]]


def raw() -> "psycopg.Connection[Any]":
    """Django's own connection, in its transaction."""
    connection.ensure_connection()
    told: psycopg.Connection[Any] = connection.connection
    return told


def cursor() -> "psycopg.Cursor[Any]":
    """On it, with parameters bound by the server."""
    return psycopg.Cursor(raw())


def locked(case_id: int) -> Loaded | None:
    """None where there is no such case."""
    with raw().pipeline():
        asked = [cursor().execute(sql, (case_id,)) for sql in (LOCK, TOKENS, DECISIONS, FORM)]
        found, tokens, decisions, form = (one.fetchall() for one in asked)
    if not found:
        return None
    number, text = form[0]
    return CaseRow(*found[0]), [Tok(*one) for one in tokens], decisions, number, parsed(text)


def opened(case: CaseRow) -> int:
    """The new case's number. Raises `UniqueViolation` where its key is taken."""
    with cursor() as asked:
        row = asked.execute(OPEN, astuple(case)[1:]).fetchone()
    assert row is not None  # noqa: S101  an insert returns its row
    return int(row[0])


def write(case: CaseRow, changes: Changes, *, now: datetime, by_name: str) -> None:
    """Inside the caller's pipeline."""
    to, number = cursor(), case.id
    if changes.lifted:
        to.execute(LIFT, (number, list(changes.lifted)))
    if changes.put:
        _each(to, PUT, [(number, *astuple(one)) for one in changes.put.values()])
    if changes.freed:
        to.execute(FREE, (now, number, list(changes.freed)))
    if changes.settled:
        to.execute(SETTLE, (now, by_name, number, changes.settled))
    _each(to, DECIDE, changes.decisions)
    _each(to, REVISE, changes.revisions)
    _each(to, RECEIVE, [(number, *one, now) for one in changes.received])
    _each(to, LOG, changes.log)
    _each(to, INCIDENT, changes.incidents)
    jobs = [(one.case, one.token, one.kind, one.key, text_of(one.facts), one.due_at)
            for one in changes.jobs]  # fmt: skip
    _each(to, JOB, jobs)
    to.execute(AFTER, (case.sequence, case.state, case.outcome, case.closed_at, number))


def text_of(told: Any) -> str:
    return json.dumps(told, ensure_ascii=False, default=_plain)


def parsed(text: str) -> Any:
    """Numbers are exact: a limit of 0.1 is met by 0.1."""
    return json.loads(text, parse_float=Decimal)


def _each(to: "psycopg.Cursor[Any]", sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
    for row in rows:
        to.execute(sql, row)


def _plain(told: object) -> Any:
    if isinstance(told, Decimal):
        return int(told) if told == told.to_integral_value() else float(told)
    return str(told)
