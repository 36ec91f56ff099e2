"""What people do with a task besides deciding it. Each is a step of its own, with its line."""

from diebian.base.process.definitions.deployable import PERSON
from diebian.base.process.running import policy
from diebian.base.process.running.models import Standing
from diebian.base.process.running.refusals import ReasonMissing, TaskDone
from diebian.base.process.running.standing import task_of
from diebian.base.process.running.state import Tok
from diebian.base.process.running.step import Step, stepping
from diebian.security.identity.public import (
    PLATFORM,
    Actor,
    Post,
    Refused,
    department_name,
    names_of,
    officials_holding,
)

from .refusals import HeldBySomebody, NoSuchColleague, NoSuchDesk, NotAsked, NotHeld

POSTS = {one.value for one in Post}
AGREES, DISAGREES = "同意", "不同意"


def claim(*, case: int, task: int, by: Actor) -> None:
    """认领: of two who click at once one has it, and the other reads who. Twice is once."""
    with stepping(case, "task.claimed", by) as step:
        token = _open_task(step, task)
        if token.holder == by.key != "":
            return
        if not policy.may_claim(by, token):
            raise Refused
        if token.holder:
            raise HeldBySomebody(names_of([token.holder]).get(token.holder, token.holder))
        _hold(step, token, by.key, "claimed")


def release(*, case: int, task: int, by: Actor) -> None:
    """放回: anybody of the post may take it."""
    with stepping(case, "task.released", by) as step:
        token = _open_task(step, task)
        if not token.holder or token.post == PERSON:
            raise NotHeld
        if not policy.may_work_on(by, token):
            raise Refused
        _hold(step, token, "", "released")


def delegate(
    *, case: int, task: int, to: str, reason: str, by: Actor, is_allowed: bool = False
) -> None:
    """委托: to a colleague in the same post, who finds it among her own. `is_allowed`: the owner
    lets somebody give on what another holds."""
    with stepping(case, "task.delegated", by) as step:
        token = _open_task(step, task) if is_allowed else _mine(step, task, by)
        if token.post not in POSTS:
            raise NoSuchColleague
        if to not in officials_holding(Post(token.post), department=token.department):
            raise NoSuchColleague(to)
        _hold(step, token, to, "delegated", reason=worded(reason))


def transfer(*, case: int, task: int, department: str, post: str, reason: str, by: Actor) -> None:
    """转办: it belongs to another desk; who has it there is for that desk to say."""
    with stepping(case, "task.transferred", by) as step:
        token = _mine(step, task, by)
        _check_desk(department, post)
        before = f"{token.department}/{token.post}"
        token.department, token.post = department, post
        _hold(step, token, "", "transferred", reason=worded(reason), before=before)


def reassign(
    *, case: int, department: str, reason: str, by: Actor, is_allowed: bool = False
) -> None:
    """改派: another department answers for the case from now on. What stood before a desk of the
    one before stands before the same desk there, and nobody holds it."""
    with stepping(case, "case.reassigned", by) as step:
        if not (is_allowed or by == PLATFORM):
            raise Refused
        if not department_name(department):
            raise NoSuchDesk
        before, step.case.department = step.case.department, department
        for token in step.tokens.values():
            if token.standing == Standing.TASK and token.department == before:
                token.department, token.holder = department, ""
                step.put(token)
        step.log("reassigned", before=before, after=department, reason=worded(reason))


def ask_countersign(
    *, case: int, task: int, department: str, post: str, reason: str, by: Actor
) -> int:
    """会签: another desk is asked for its word; until it has come the task is not completed."""
    with stepping(case, "countersign.asked", by) as step:
        token = _mine(step, task, by)
        _check_desk(department, post)
        if token.standing != Standing.TASK:
            raise TaskDone
        made = step.place(token.number, token.element, token.item)
        made.standing, made.round = Standing.ASIDE, token.round
        made.department, made.post = department, post
        step.log("countersign", token.element, token=made.number, task=task, reason=worded(reason),
                 department=department, post=post)  # fmt: skip
        return made.number


def countersign(*, case: int, task: int, agrees: bool, reason: str, by: Actor) -> None:
    """The word of the desk that was asked, kept with its reason; it decides nothing by itself."""
    with stepping(case, "countersigned", by) as step:
        token = step.tokens.get(task)
        if token is None or token.standing != Standing.ASIDE:
            raise NotAsked
        if not policy.may_work_on(by, token):
            raise Refused
        said = AGREES if agrees else DISAGREES
        step.log("countersigned", token.element, token=task, task=token.parent, said=said,
                 reason=worded(reason), department=by.department)  # fmt: skip
        step.forget(token)


def worded(reason: str) -> str:
    told = reason.strip()
    if not told:
        raise ReasonMissing
    return told[:1000]


def _open_task(step: Step, task: int) -> Tok:
    token = step.tokens.get(task)
    return token if token and token.standing == Standing.ASIDE else task_of(step, task)


def _mine(step: Step, task: int, by: Actor) -> Tok:
    token = _open_task(step, task)
    if not policy.may_arrange(by, token):
        raise Refused
    return token


def _check_desk(department: str, post: str) -> None:
    if post not in POSTS or not department_name(department):
        raise NoSuchDesk


def _hold(step: Step, token: Tok, holder: str, event: str, **facts: str) -> None:
    token.holder = holder
    step.put(token)
    step.log(event, token.element, token=token.number, holder=holder, **facts)
