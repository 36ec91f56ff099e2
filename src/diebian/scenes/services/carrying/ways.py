"""A way of an item's own: which step of its drawing stands for which state, and what it needs.

A step says in the drawing what the case is while it stands there (`stage`), and of a special
procedure which one it is (`about`) and how many working days it takes (`days`). The five steps that
each way has are known by their ids.
"""

from collections.abc import Iterator, Mapping, Sequence

from diebian.base.process.public import Place, TaskDrawn, tasks_of
from diebian.scenes.services import standard_item as drawing
from diebian.scenes.services.models import State
from diebian.standards.procedures import LONGEST_STOP, PROCEDURES, Procedure

STATES: Mapping[str, str] = {
    drawing.ACCEPT: State.RECEIVED,
    drawing.REVIEW: State.UNDER_REVIEW,
    drawing.SUPPLEMENT: State.SUPPLEMENT,
    drawing.SPECIAL: State.SPECIAL,
    drawing.SUSPENDED: State.SUSPENDED,
}
OWN_STATES = (State.UNDER_REVIEW, State.SPECIAL)
VERBS = frozenset({
    drawing.IS_ACCEPTED, drawing.GRANT, drawing.REFUSE, drawing.ASK, drawing.PROCEED,
    drawing.SUSPEND,
})  # fmt: skip
NEEDS: Mapping[str, Sequence[str]] = {
    drawing.ACCEPT: [drawing.IS_ACCEPTED],
    drawing.REVIEW: [drawing.GRANT, drawing.REFUSE, drawing.ASK],
    drawing.SUPPLEMENT: [drawing.IS_DONE],
}
POSTS = {drawing.SUPPLEMENT: "person", drawing.SUSPENDED: "department_head"}


def state_at(step: Place | TaskDrawn) -> str:
    """Empty where the drawing does not say."""
    return step.stage or STATES.get(step.element, "")


def own_outcomes(step: Place | TaskDrawn) -> list[str]:
    """What a step of its own can come to, beside the verbs that every case has."""
    return [one for one in step.outcomes if one not in VERBS] if step.stage else []


def own_steps(process: str) -> list[TaskDrawn]:
    """What the guide tells: all but waiting and what happens by itself."""
    hidden = {drawing.ACCEPT, drawing.SUPPLEMENT, drawing.SPECIAL, drawing.SUSPENDED}
    return [one for one in tasks_of(process) if one.element not in hidden]


def faults(tasks: Sequence[TaskDrawn]) -> Iterator[tuple[str, str]]:
    """What a case could not go by, by element."""
    for one in tasks:
        if one.stage and one.stage not in OWN_STATES:
            yield one.element, f"stage 只能是 {'、'.join(OWN_STATES)}，不能是“{one.stage}”"
        elif not state_at(one):
            yield one.element, f"没有写到了“{one.name}”办件是什么状态（stage）"
        elif one.post != POSTS.get(one.element, "reviewer"):
            yield one.element, f"“{one.name}”要由 {POSTS.get(one.element, 'reviewer')} 办（post）"
        elif one.stage == State.SPECIAL:
            yield from _of_special(one)


def _of_special(step: TaskDrawn) -> Iterator[tuple[str, str]]:
    if step.about not in set(Procedure):
        told = "、".join(Procedure)
        yield step.element, f"没有写是哪一种特别程序（about），能写的是 {told}"
        return
    bound = PROCEDURES[Procedure(step.about)].bound
    most, source = (bound.days, f"（{bound.source}）") if bound else (LONGEST_STOP, "")
    if not 1 <= step.days <= most:
        yield step.element, f"“{step.name}”要写 1 到 {most} 个工作日（days）{source}"
