"""What a picture of a case says: each step, whether it is done, who has it and for how long."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from diebian.base.process.definitions.drawing import (
    ACTIVITIES,
    DONE,
    WITHDRAWN,
    Drawing,
    Kind,
    Node,
)
from diebian.base.process.definitions.models import Version
from diebian.base.process.definitions.selectors import drawing_of
from diebian.base.process.running.models import Case, Decision, Standing, Token
from diebian.base.process.running.step import NOTHING
from diebian.kernel import clock
from diebian.security.identity.public import department_names, names_of

Row = TypeVar("Row", Token, Decision)
A_DAY = timedelta(days=1)
STEPS = ACTIVITIES | {Kind.CATCH}
WORDS = {DONE: "办完", NOTHING: "没有要办的", WITHDRAWN: "撤回"}
BY_ITSELF = "系统自动"
NOW, ILL, PASSED = "now", "ill", "done"
STATES = {NOW: "正在这一步", ILL: "走不下去", PASSED: "办过", "": "还没有到"}


@dataclass(frozen=True)
class StepLine:
    element: str
    name: str
    state: str
    says: str  # what it came to, or what it waits for
    who: str
    since: datetime | None
    days: int  # that it has lasted, where it is now
    times: int  # rounds that were decided

    @property
    def title(self) -> str:
        return STATES[self.state]

    @property
    def badge(self) -> str:
        """The few words beside it in the picture."""
        if self.state in {NOW, ILL}:
            return f"{self.days} 天" if self.days else "今天"
        return self.says


@dataclass(frozen=True)
class Picture:
    name: str
    process: str
    version: int
    file: str  # as it was drawn
    steps: Sequence[StepLine] = ()
    marks: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # element to state, words


def picture_of(case: int) -> Picture:
    """Of a case that there is: whoever shows it has asked who may see it."""
    row = Case.objects.select_related("version").get(pk=case)
    drawing = drawing_of(row.version_id)
    tokens = _by_element(Token.objects.filter(case_id=case))
    decided = _by_element(Decision.objects.filter(case_id=case))
    people = names_of(one.holder for here in tokens.values() for one in here if one.holder)
    codes = {one.department for here in tokens.values() for one in here} - {""}
    names = {**department_names(codes), **people}
    steps = [
        _line(node, tokens.get(node.key, []), decided.get(node.key, []), names)
        for node in drawing.nodes.values()
        if node.kind in STEPS
    ]
    marks = {one.element: {"state": one.state, "says": one.badge} for one in steps if one.state}
    return _picture(row.version, drawing, steps, marks)


def picture_of_version(version: Version) -> Picture:
    """The drawing alone."""
    return _picture(version, drawing_of(version.pk), [], {})


def _picture(
    version: Version,
    drawing: Drawing,
    steps: Sequence[StepLine],
    marks: Mapping[str, Mapping[str, str]],
) -> Picture:
    text = bytes(version.file).decode()
    return Picture(drawing.name, version.key, version.number, text, steps, marks)


def _by_element(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for one in rows:
        found.setdefault(one.element, []).append(one)
    return found


def _line(
    node: Node, tokens: Sequence[Token], decided: Sequence[Decision], names: Mapping[str, str]
) -> StepLine:
    times = len({one.round for one in decided})
    if tokens:
        first = min(tokens, key=lambda one: one.since)
        is_ill = any(one.standing == Standing.STUCK for one in tokens)
        labels = dict.fromkeys(Standing(one.standing).label for one in tokens)
        days = (clock.now() - first.since) // A_DAY
        return StepLine(node.key, node.name, ILL if is_ill else NOW, "、".join(labels),
                        _who(tokens, names), first.since, days, times)  # fmt: skip
    if decided:
        last = max(decided, key=lambda one: one.at)
        says = WORDS.get(last.outcome, last.outcome)
        who = last.by_name if last.by_key else BY_ITSELF
        return StepLine(node.key, node.name, PASSED, says, who, last.at, 0, times)
    return StepLine(node.key, node.name, "", "", "", None, 0, 0)


def _who(tokens: Iterable[Token], names: Mapping[str, str]) -> str:
    """Whoever holds it, else the desk that it stands before."""
    told = [names.get(one.holder) or names.get(one.department, "") for one in tokens]
    return "、".join(dict.fromkeys(one for one in told if one))
