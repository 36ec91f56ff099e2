"""Whose turn a job is: it is leased in a transaction of its own, so that nobody waits for it.

A worker that dies lets its lease run out, and the job is due again. Another turn at a call is told
by the job's key; what comes late of the first turn finds a lease that is not its own.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from diebian.base.process.running import rows
from diebian.kernel import clock

LEASE = timedelta(seconds=60)  # longer than a system may take to answer
TAKE = """
update process_job set lease = %(lease)s, due_at = %(until)s, tries = tries + 1
where id = (select id from process_job where state = 'due' and due_at <= %(now)s
            order by due_at, id limit 1 for update skip locked)
returning id, case_id, token, kind, key, facts::text, tries, lease,
  (select business_key from process_case c where c.id = case_id),
  (select form::text from process_revision r where r.case_id = process_job.case_id
   order by number desc limit 1)"""


@dataclass(frozen=True)
class Leased:
    id: int
    case: int
    token: int | None
    kind: str
    key: str
    facts: dict[str, Any]
    tries: int
    lease: UUID
    business_key: str
    form: dict[str, Any]


def lease() -> Leased | None:
    """None when nothing is due."""
    now = clock.now()
    with rows.cursor() as cursor:
        cursor.execute(TAKE, {"lease": uuid4(), "until": now + LEASE, "now": now})
        found = cursor.fetchone()
    if found is None:
        return None
    number, case, token, kind, key, facts, tries, turn, business_key, form = found
    return Leased(number, case, token, kind, key, rows.parsed(facts), tries, turn, business_key,
                  rows.parsed(form))  # fmt: skip
