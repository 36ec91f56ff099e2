"""退回: to an earlier task of the same way. What was decided there stays, a new round begins."""

from django.db import transaction

from diebian.base.process.definitions.drawing import Kind, Node
from diebian.base.process.definitions.services import TaskDrawn, tasks_in
from diebian.base.process.running import policy
from diebian.base.process.running.lifting import lift
from diebian.base.process.running.models import Standing
from diebian.base.process.running.moves import enter
from diebian.base.process.running.standing import is_item, task_of
from diebian.base.process.running.state import Tok
from diebian.base.process.running.step import Step, loaded, stepping
from diebian.security.identity.public import Actor, Refused

from .desk import worded
from .refusals import NoWayBack


def return_task(*, case: int, task: int, to: str, reason: str, by: Actor) -> None:
    """`to` is an element of the drawing. Raises `NoWayBack` with the reason why not."""
    with stepping(case, "task.returned", by) as step:
        token = task_of(step, task)
        if not policy.may_arrange(by, token):
            raise Refused
        _check(step, token, step.drawing.nodes.get(to))
        for aside in step.children(token.number):
            lift(step, aside)
        step.log("returned", token.element, task=task, to=to, reason=worded(reason))
        enter(step, token, to)


@transaction.atomic
def ways_back(*, case: int, task: int, by: Actor) -> list[TaskDrawn]:
    """What a page offers; nothing where it is not this official's to send back."""
    step = loaded(case, by)
    token = step.tokens.get(task)
    if token is None or token.standing != Standing.TASK or not policy.may_arrange(by, token):
        return []
    return [
        one for one in tasks_in(step.drawing)
        if not _against(step, token, step.drawing.nodes[one.element])
    ]  # fmt: skip


def _check(step: Step, token: Tok, node: Node | None) -> None:
    against = _against(step, token, node)
    if against:
        raise NoWayBack(against)


def _against(step: Step, token: Tok, node: Node | None) -> str:
    """Why not; empty where it goes."""
    here = step.node(token)
    if node is None or node.kind != Kind.USER or node is here:
        return "那不是另一个由人办的任务"
    if is_item(step, token) or node.many:
        return "为清单里每一项各办一份的任务不能单独退回"
    if (node.scope, node.nesting) != (here.scope, here.nesting):
        return "那一步在另一个并行分支或子流程里"
    rounds = step.decisions.get(node.key, {})
    if not any(token.item in items for items in rounds.values()):
        return "这一件没有经过那一步"
    return ""
