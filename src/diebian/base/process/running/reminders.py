"""A task that waits reminds whoever has it: after the working days that its drawing says."""

from datetime import timedelta

from diebian.base.process.definitions.drawing import Node, Timer
from diebian.standards.calendar import UnknownYear

from .models import JobKind
from .state import Tok
from .step import Step
from .timing import due_at


def remind_of(step: Step, token: Tok, node: Node) -> None:
    """One timer for each. What is past already, as of a case that was moved, is not told again."""
    for days in node.reminders:
        try:
            due = due_at(Timer(timedelta(days=days), is_working=True), token.since)
        except UnknownYear:  # the task does not hang on it: the log tells what was left out
            step.log("unreminded", node.key, token=token.number, days=days)
            continue
        if due > step.now:
            key = f"remind:{step.case.id}:{token.number}:{step.case.version_id}:{days}"
            step.job(JobKind.TIMER, token.number, due, key=key, remind=days)
