"""An act with a mapping, a reason and a line. Refused where a token would stand nowhere."""

from collections.abc import Mapping

from diebian.base.process.definitions.models import Version
from diebian.base.process.definitions.policy import may_deploy
from diebian.base.process.definitions.refusals import NotDeployed
from diebian.base.process.definitions.selectors import drawing_of
from diebian.base.process.running.step import stepping
from diebian.base.process.running.timers import set_again
from diebian.base.process.work.desk import worded
from diebian.security.identity.public import Actor, Refused

from .places import against
from .refusals import CannotMove


def move_case(
    *, case: int, version: int, reason: str, by: Actor, mapping: Mapping[str, str] | None = None
) -> None:
    """`mapping`: element to element, of those that are called something else in that version."""
    with stepping(case, "case.moved", by) as step:
        if not may_deploy(by):
            raise Refused
        before = Version.objects.defer("file").get(pk=step.case.version_id)
        after = Version.objects.defer("file").filter(
            language=before.language, key=before.key, number=version
        )
        found = after.first()
        if found is None:
            raise NotDeployed(f"{before.key} 第 {version} 版")
        drawing, other = drawing_of(found.pk), dict(mapping or {})
        problems = against(step, drawing, other)
        if problems:
            raise CannotMove("；".join(problems))
        step.log("moved", before=before.number, after=version, mapping=other, reason=worded(reason))
        step.case.version_id, step.drawing = found.pk, drawing
        for token in step.tokens.values():
            token.element = other.get(token.element, token.element)
            step.put(token)
        set_again(step)
