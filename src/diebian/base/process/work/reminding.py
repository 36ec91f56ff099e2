"""提醒: a task has waited as long as its drawing says, and whoever has it is told. With the last
reminder of several the head of the department is told as well."""

from diebian.base.messages.public import notify_all
from diebian.base.process.running.models import Standing
from diebian.base.process.running.state import Tok
from diebian.base.process.running.step import Step
from diebian.security.identity.public import PLATFORM, Post, officials_holding

from .urging import whoever_has


def remind(step: Step, token: Tok, days: int) -> None:
    """Of a task that nobody has decided in so many working days."""
    node = step.node(token)
    if token.standing != Standing.TASK:
        return
    keys = whoever_has(token)
    is_last = len(node.reminders) > 1 and days == node.reminders[-1]
    if is_last and token.department:
        heads = officials_holding(Post.HEAD, department=token.department)
        keys = [*keys, *(one for one in heads if one not in keys)]
    step.log("reminded", node.key, token=token.number, days=days, told=len(keys))
    within = f"，应在 {node.days} 个工作日内办完" if node.days else ""
    body = f"“{node.name}”已等 {days} 个工作日{within}。请现在办，办不了请转给能办的人。"
    notify_all(keys=keys, title=f"还没有办：{step.case.title}", body=body, by=PLATFORM)
