"""How tokens go away, and what goes with them: jobs, incidents, called cases."""

from diebian.base.process.definitions.drawing import ACTIVITIES, WITHDRAWN, Kind
from diebian.kernel.errors import DiebianError

from .models import CaseState, JobKind, Standing
from .state import NewJob, Tok
from .step import Step

STAYS = ACTIVITIES | {Kind.CATCH}


def lift(step: Step, token: Tok) -> None:
    """Away with it and all that belongs to it; a called case is told."""
    for child in step.children(token.number):
        lift(step, child)
    call_back(step, token)
    if step.node(token).kind in STAYS:
        step.log("cancelled", token.element, token=token.number, item=token.item)
        step.changes.settled.add(token.number)  # also what a job of its was given up for
    drop(step, token)


def withdraw(step: Step) -> None:
    for token in step.children(None):
        lift(step, token)
    close(step, WITHDRAWN)


def close(step: Step, outcome: str) -> None:
    case = step.case
    case.state, case.outcome, case.closed_at = CaseState.CLOSED, outcome, step.now
    step.log("closed", outcome=outcome)
    if case.parent is not None:  # a message: the parent's row is never touched from here
        step.changes.jobs.append(
            NewJob(JobKind.CHILD, f"child:{case.id}", step.now, {"outcome": outcome},
                   case.parent_token, case.parent)
        )  # fmt: skip


def scope_of(step: Step, token: Tok) -> Tok | None:
    """The sub-process that it is in."""
    around = step.tokens.get(token.parent or 0)
    while around is not None and around.standing != Standing.SCOPE:
        around = step.tokens.get(around.parent or 0)
    return around


def call_back(step: Step, token: Tok) -> None:
    if token.child is not None:
        step.changes.jobs.append(withdrawal(step, token.child))
        token.child = None


def withdrawal(step: Step, child: int) -> NewJob:
    """A message: the called case's row is never touched from here."""
    return NewJob(JobKind.WITHDRAW, f"withdraw:{child}", step.now, {}, None, child)


def drop(step: Step, token: Tok) -> None:
    free(step, token)
    if token.standing == Standing.STUCK:
        step.changes.settled.add(token.number)
    step.forget(token)


def free(step: Step, token: Tok) -> None:
    """Nothing is waited for any more."""
    node = step.node(token)
    has_timer = node.timer or node.reminders or any(one.timer for one in node.boundary)
    if not (node.topic or node.called or has_timer):
        return
    step.changes.jobs = [one for one in step.changes.jobs if not _waits_on(one, step, token)]
    step.changes.freed.add(token.number)


def cleared(token: Tok) -> Tok:
    """As it goes on: nothing of where it stood is left with it."""
    token.wanted = token.arrived = token.child = None
    token.department = token.post = token.holder = token.outcome = ""
    return token


def stick(step: Step, token: Tok, error: Exception) -> None:
    told = error.told if isinstance(error, DiebianError) else str(error)
    token.standing = Standing.STUCK
    step.put(token)
    step.log("stuck", token.element, sentence=told)
    step.incident(told, token.element, token=token.number)


def _waits_on(job: NewJob, step: Step, token: Tok) -> bool:
    is_own = (job.case, job.token) == (step.case.id, token.number)
    return is_own and job.kind in {JobKind.SERVICE, JobKind.TIMER}
