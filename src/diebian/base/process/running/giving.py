"""To whom a task or a called case goes, and what goes along."""

from collections.abc import Mapping
from typing import Any

from diebian.base.process.definitions.deployable import PERSON
from diebian.base.process.definitions.drawing import Node
from diebian.security.identity.public import department_name

from .asking import asked
from .models import Standing
from .refusals import Trouble
from .reminders import remind_of
from .state import Tok
from .step import Step


def give(step: Step, token: Tok, node: Node) -> None:
    """To a post of a department, or to the person whom the case is about."""
    if node.post == PERSON and not step.case.person:
        raise Trouble(f"“{node.name}”要由申请人办，这一件没有写申请人")
    department = "" if node.post == PERSON else department_of(step, token, node)
    token.standing, token.post, token.department = Standing.TASK, node.post, department
    token.holder = step.case.person if node.post == PERSON else ""
    remind_of(step, token, node)


def department_of(step: Step, token: Tok, node: Node) -> str:
    """The case's own, or the one that the drawing says; somebody has to be there."""
    if node.department is None:
        return step.case.department
    told = asked(step, token, node.department)
    if not isinstance(told, str) or not department_name(told):
        raise Trouble(f"“{node.name}”由哪个部门办：“{node.department.text}”不是一个部门")
    return told


def passed(step: Step, token: Tok, node: Node) -> Mapping[str, Any]:
    """What the called case is told: each department its own, where the drawing says so."""
    if node.passes is None:
        return step.form
    told = asked(step, token, node.passes)
    if not isinstance(told, Mapping):
        raise Trouble(f"“{node.name}”：带给另一件的“{node.passes.text}”不是一组字段")
    return told
