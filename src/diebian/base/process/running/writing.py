"""What a step has changed, written by one statement with its line in the trail: only the parts that
it has, with one document.

The server keeps the plan of each combination; there are a few dozen of them.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from diebian.security.audit import public as audit

from . import rows
from .state import CaseRow, Changes

TOLD = "jsonb_to_recordset(%(told)s::jsonb->'{part}')"
OF_A_ROW = """number int, parent int, element text, standing text, item text, round int,
  since timestamptz, wanted int, arrived int, child bigint, outcome text, department text,
  post text, holder text"""
PARTS = {
    "lifted": """delete from process_token where case_id = %(case)s and number in
      (select value::int from jsonb_array_elements_text(%(told)s::jsonb->'lifted'))""",
    "put": f"""insert into process_token (case_id, {rows.TOKEN})
      select %(case)s, {rows.TOKEN} from {TOLD.format(part="put")} as t({OF_A_ROW})
      on conflict (case_id, number) do update set ({rows.TOKEN}) = row(
        {", ".join(f"excluded.{one}" for one in rows.TOKEN_NAMES)})""",
    "freed": """update process_job set state = 'cancelled', ended_at = %(now)s
      where case_id = %(case)s and state in ('due', 'ill')
        and kind in ('service', 'timer') and token in
      (select value::int from jsonb_array_elements_text(%(told)s::jsonb->'freed'))""",
    "settled": """update process_incident set settled_at = %(now)s, settled_by = %(by_name)s
      where case_id = %(case)s and settled_at is null and token in
      (select value::int from jsonb_array_elements_text(%(told)s::jsonb->'settled'))""",
    "decisions": f"""insert into process_decision (case_id, element, round, item, outcome, token,
        by_key, by_name, department, reason, evidence, at)
      select %(case)s, element, round, item, outcome, token, %(by_key)s, %(by_name)s,
        %(department)s, reason, evidence, %(now)s
      from {TOLD.format(part="decisions")} as t(element text,
        round int, item text, outcome text, token int, reason text, evidence jsonb)""",
    "revisions": f"""insert into process_revision (case_id, number, form, by_name, at)
      select %(case)s, number, form, %(by_name)s, %(now)s
      from {TOLD.format(part="revisions")} as t(number int, form jsonb)""",
    "received": f"""insert into process_received (case_id, message, number, at)
      select %(case)s, message, number, %(now)s
      from {TOLD.format(part="received")} as t(message text, number text)""",
    "log": """insert into process_steplog (case_id, number, at, action, by_key, by_name, events)
      values (%(case)s, %(sequence)s, %(now)s, %(action)s, %(by_key)s, %(by_name)s,
        %(told)s::jsonb->'log')""",
    "incidents": f"""insert into process_incident (case_id, token, job, element, sentence, at,
        settled_by)
      select %(case)s, token, job, element, sentence, %(now)s, ''
      from {TOLD.format(part="incidents")} as t(token int, job bigint, element text,
        sentence text)""",
    "jobs": f"""insert into process_job (case_id, token, kind, key, facts, due_at, state, tries,
        said)
      select "case", token, kind, key, facts, due_at, 'due', 0, ''
      from {TOLD.format(part="jobs")} as t("case" bigint, token int, kind text, key text,
        facts jsonb, due_at timestamptz)""",
}
AFTER = """update process_case set version_id = %(version)s, department = %(answers)s,
  sequence = %(sequence)s, state = %(state)s, outcome = %(outcome)s, closed_at = %(closed_at)s
  where id = %(case)s"""
TRAIL = f"trail as ({audit.PART})"
_statements: dict[frozenset[str], str] = {}


def write(
    case: CaseRow, changes: Changes, *, action: str, now: datetime, by_key: str, by_name: str,
    department: str, trail: Mapping[str, object],
) -> None:  # fmt: skip
    """`trail`: the parameters of its line there."""
    told = changes.told()
    given: dict[str, Any] = {
        "case": case.id, "version": case.version_id, "answers": case.department,
        "told": rows.text_of(told),
        "now": now, "action": action, "by_key": by_key,
        "by_name": by_name, "department": department, "sequence": case.sequence,
        "state": case.state, "outcome": case.outcome, "closed_at": case.closed_at,
        **trail,
    }  # fmt: skip
    rows.cursor().execute(_statement(frozenset(told)), given)


def _statement(parts: frozenset[str]) -> str:
    if parts not in _statements:
        steps = [f"{name} as ({sql})" for name, sql in PARTS.items() if name in parts]
        _statements[parts] = f"with {', '.join([*steps, TRAIL])} {AFTER}"
    return _statements[parts]
