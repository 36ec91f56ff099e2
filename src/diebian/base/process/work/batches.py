"""批量: the same decision on many tasks. Each is a step of its own: one that cannot be done now
keeps no other from being done, and says why."""

from collections.abc import Sequence
from dataclasses import dataclass

from diebian.base.process.running.actions import complete
from diebian.kernel.errors import DiebianError
from diebian.security.identity.public import Actor

from .refusals import TooMany

MOST = 200


@dataclass(frozen=True)
class Done:
    case: int
    task: int
    refusal: str = ""  # a sentence; empty where it is done


def complete_many(
    *, tasks: Sequence[tuple[int, int]], outcome: str, reason: str, by: Actor
) -> list[Done]:
    if len(tasks) > MOST:
        raise TooMany(f"最多 {MOST} 件")
    return [_one(case, task, outcome, reason, by) for case, task in dict.fromkeys(tasks)]


def _one(case: int, task: int, outcome: str, reason: str, by: Actor) -> Done:
    try:
        complete(case=case, task=task, outcome=outcome, reason=reason, by=by)
    except DiebianError as error:
        return Done(case, task, error.told)
    return Done(case, task)
