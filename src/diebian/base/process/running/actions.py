"""What is done to a case from outside. Each is one step: it happens whole, or not at all."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from diebian.base.process.definitions.selectors import newest
from diebian.base.process.definitions.services import Caller
from diebian.security.identity.public import Actor, Refused

from . import policy, rows
from .lifting import withdraw
from .models import Job, JobState, Standing
from .moves import again, happen, leave, open_case
from .refusals import NobodyWaits, NotStuck, ReasonMissing, TaskDone
from .standing import is_item, task_of
from .step import Step, stepping


@transaction.atomic
def start(
    *, process: str, business_key: str, title: str, department: str, form: Mapping[str, Any],
    by: Actor, person: str = "", caller: Caller | None = None, is_allowed: bool = False,
) -> int:  # fmt: skip
    """Opens a case on the newest version; returns its number. `form` says what is known of it.

    `caller`: the case that called it and waits for what it comes to. `is_allowed` here and below:
    the component that owns the matter has asked its own policy. Raises `NotDeployed`,
    `AlreadyOpened`.
    """
    if not (is_allowed or policy.may_start(by, department, person)):
        raise Refused
    version = newest(process)
    step = open_case(version=version, business_key=business_key, title=title[:200],
                     department=department, person=person, form=dict(form), by=by,
                     caller=caller)  # fmt: skip
    step.write("case.opened")
    return step.case.id


def complete(
    *, case: int, task: int, outcome: str, by: Actor, reason: str = "",
    form: Mapping[str, Any] | None = None, is_allowed: bool = False,
) -> None:  # fmt: skip
    """A person's decision. Raises `TaskDone` where somebody was there before."""
    with stepping(case, "task.completed", by) as step:
        token = task_of(step, task)
        if not policy.may_decide(by, token, is_allowed=is_allowed):
            raise Refused
        if any(one.standing == Standing.ASIDE for one in step.children(token.number)):
            raise TaskDone("还有会签没有办完")
        if form:
            step.amend(form)
        step.decide(token, outcome, reason=reason[:1000])
        leave(step, token)


def receive(
    *, case: int, message: str, number: str, by: Actor, form: Mapping[str, Any] | None = None
) -> bool:
    """`number` is its sender's: the same message a second time is taken for the first (False)."""
    if not policy.may_send(by):
        raise Refused
    if _is_known(case, message, number):
        return False
    with stepping(case, "message.received", by) as step:
        if _is_known(case, message, number):  # the same at the same moment
            return False
        step.changes.received.append({"message": message, "number": number})
        if form:
            step.amend(form)
        _take(step, message)
    return True


def withdraw_case(*, case: int, reason: str, by: Actor, is_allowed: bool = False) -> None:
    """撤回: by the person whom it is about, or by the department that answers for it."""
    if not reason.strip():
        raise ReasonMissing
    with stepping(case, "case.withdrawn", by) as step:
        if not (is_allowed or policy.may_withdraw(by, step.case)):
            raise Refused
        step.log("withdrawn", reason=reason.strip()[:1000])
        withdraw(step)


def retry(*, case: int, task: int, by: Actor, form: Mapping[str, Any] | None = None) -> None:
    """Whoever sees to an incident has put right what was missing, or hands it in here."""
    with stepping(case, "incident.settled", by) as step:
        if not policy.may_settle(by, step.case):
            raise Refused
        token = step.tokens.get(task)
        if form:
            step.amend(form)
        if token is not None and token.standing == Standing.STUCK:
            again(step, token)
        elif not _once_more(step, task):
            raise NotStuck


def _is_known(case: int, message: str, number: str) -> bool:
    return rows.cursor().execute(KNOWN, (case, message, number)).fetchone() is not None


KNOWN = "select 1 from process_received where case_id = %s and message = %s and number = %s"


def _take(step: Step, message: str) -> None:
    for token in list(step.tokens.values()):
        node = step.node(token)
        if token.standing == Standing.MESSAGE and node.message == message:
            step.log("message", node.key, name=message)
            step.decide(token, node.outcomes[0] if node.outcomes else message)
            leave(step, token)
            return
        event = next((one for one in node.boundary if one.message == message), None)
        if event and not is_item(step, token) and token.standing not in {Standing.STUCK}:
            happen(step, token, event)
            return
    raise NobodyWaits(f"“{message}”")


def _once_more(step: Step, token: int) -> bool:
    """A job that was given up is due again."""
    ill = Job.objects.filter(case_id=step.case.id, token=token, state=JobState.ILL)
    step.changes.settled.add(token)
    return bool(ill.update(state=JobState.DUE, due_at=step.now, tries=0, ended_at=None))
