"""Questions about where tokens stand, for whoever acts on them."""

from . import rows
from .models import Standing
from .refusals import TaskDone
from .state import Tok
from .step import Step

DONE_BY = """
select d.by_name, d.outcome from process_decision d where d.case_id = %s and
  (d.element, d.round, d.item) = (select l.element, (l.facts->>'round')::int,
    coalesce(l.facts->>'item', '') from process_logline l where l.case_id = %s
    and l.event = 'entered' and (l.facts->>'token')::int = %s limit 1)"""


def task_of(step: Step, task: int) -> Tok:
    """Raises `TaskDone` for what nobody works on now, saying who did it where that is known."""
    token = step.tokens.get(task)
    if token is None or token.standing != Standing.TASK:
        raise TaskDone(_done_by(step, task))
    return token


def is_item(step: Step, token: Tok) -> bool:
    """One of a list: it leaves to the token that holds the list together."""
    host = step.tokens.get(token.parent or 0)
    return host is not None and host.element == token.element and host.wanted is not None


def _done_by(step: Step, task: int) -> str:
    with rows.cursor() as cursor:
        found = cursor.execute(DONE_BY, (step.case.id, step.case.id, task)).fetchone()
    return f"{found[0]}已经办过，结果是“{found[1]}”" if found else ""
