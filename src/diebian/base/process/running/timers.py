"""Timers as rows. Moving a case to another drawing sets them anew, from when the wait began."""

from . import rows
from .models import JobKind, Standing
from .reminders import remind_of
from .standing import is_item
from .step import Step
from .timing import due_at

STOP = """update process_job set state = 'cancelled', ended_at = %s
where case_id = %s and kind = 'timer' and state = 'due'"""
NOT_HOSTS = {Standing.FORK, Standing.STUCK, Standing.ASIDE}


def set_again(step: Step) -> None:
    """All that the drawing of the step wants for where its tokens stand."""
    rows.cursor().execute(STOP, (step.now, step.case.id))
    for token in step.tokens.values():
        node = step.node(token)
        if token.standing == Standing.TASK:
            remind_of(step, token, node)
        if token.standing == Standing.TIMER and node.timer:
            due = due_at(node.timer, token.since)
            step.job(JobKind.TIMER, token.number, due, key=_key(step, token.number, "again"))
        if token.standing in NOT_HOSTS or is_item(step, token):
            continue
        for event in node.boundary:
            if event.timer:
                key = _key(step, token.number, event.key)
                due = due_at(event.timer, token.since)
                step.job(JobKind.TIMER, token.number, due, key=key, event=event.key)


def _key(step: Step, token: int, what: str) -> str:
    """A job's key is used once: the sequence makes it another one than before."""
    return f"timer:{step.case.id}:{token}:{step.next_number()}:{what}"
