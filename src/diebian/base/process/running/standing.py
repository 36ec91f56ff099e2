"""Questions about where tokens stand, for whoever acts on them."""

from . import rows
from .models import Standing
from .refusals import TaskDone
from .state import Tok
from .step import Step

DONE_BY = "select by_name, outcome from process_decision where case_id = %s and token = %s"


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
        found = cursor.execute(DONE_BY, (step.case.id, task)).fetchone()
    return f"{found[0]}已经办过，结果是“{found[1]}”" if found else ""
