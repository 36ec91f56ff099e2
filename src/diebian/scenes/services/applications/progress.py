"""One member of an application, in words: who has it, until when, why it waits. No decisions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from diebian.base.licences.public import Licence, licence_of_case
from diebian.scenes.services.fees.selectors import open_fee
from diebian.scenes.services.models import OPEN, Case
from diebian.scenes.services.models import State as CaseState
from diebian.scenes.services.selectors import clock_of
from diebian.scenes.services.standard_item import GRANTED, WITHDRAWN
from diebian.scenes.services.themes.drawing import LAPSED, UNCHOSEN
from diebian.scenes.services.themes.facts import Compiled, Part
from diebian.scenes.services.themes.models import Application
from diebian.scenes.services.themes.models import ApplicationState as State
from diebian.standards.calendar import in_words

TONES = {
    CaseState.APPROVED: "ok",
    CaseState.REFUSED: "bad",
    CaseState.WITHDRAWN: "",
    CaseState.SUPPLEMENT: "wait",
    CaseState.SUSPENDED: "wait",
}


@dataclass(frozen=True)
class MemberLine:
    """`until`: the promised day, or while it has not begun the day by the others' promises."""

    part: Part
    case: Case | None
    tag: str
    tone: str
    says: str
    until: date | None = None
    licence: Licence | None = None
    may_withdraw: bool = False
    is_over: bool = False

    @property
    def is_asked(self) -> bool:
        return self.case is not None and self.case.state == CaseState.SUPPLEMENT

    @property
    def is_decided(self) -> bool:
        return self.case is not None and self.case.state in {CaseState.APPROVED, CaseState.REFUSED}


@dataclass(frozen=True)
class About:
    of: Application
    told: Compiled
    outcomes: Mapping[str, str]
    days: Mapping[str, date]
    drawn: Mapping[str, Sequence[str]]  # all that the drawing puts before a member
    owners: Mapping[str, str]  # names of those who decide

    def is_ahead(self, code: str) -> bool:
        """It was chosen, and whoever needs it cannot begin yet."""
        return code in self.of.members and self.outcomes.get(code) not in {GRANTED, UNCHOSEN}

    def names(self, codes: Iterable[str]) -> str:
        return "、".join(f"“{self.told.part(one).name}”" for one in codes)


def why_lapsed(about: About, code: str) -> str:
    sunk = [one for one in about.told.part(code).after if about.is_ahead(one)]
    return f"要用{about.names(sunk)}的结果，它没有办成"


def line_of(about: About, part: Part, case: Case | None) -> MemberLine:
    outcome = about.outcomes.get(part.code)
    if case is not None:
        return _begun(about.of, part, case)
    if part.code in about.of.dropped or outcome in {UNCHOSEN, WITHDRAWN}:
        return MemberLine(part, None, "已撤回", "", "还没有开始就撤回了", is_over=True)
    if outcome == LAPSED:
        says = why_lapsed(about, part.code)
        return MemberLine(part, None, "不办了", "bad", says, is_over=True)
    if about.of.state != State.RUNNING:
        return MemberLine(part, None, "没有开始", "", "整件事已经结束", is_over=True)
    return _waiting(about, part)


def _waiting(about: About, part: Part) -> MemberLine:
    """For what it needs, or only for what the drawing puts before it."""
    until, owner = about.days[part.code], about.owners[part.code]
    needs = [one for one in part.after if about.is_ahead(one)]
    if needs:
        says = f"等{about.names(needs)}准予后自动开始，{owner}办理"
        return MemberLine(part, None, "还没轮到", "", says, until, may_withdraw=True)
    before = [one for one in about.drawn[part.code]
              if one in about.of.members and one not in about.outcomes]  # fmt: skip
    if before:
        says = f"排在{about.names(before)}后面，它有了结果就自动开始，{owner}办理"
        return MemberLine(part, None, "还没轮到", "", says, until, may_withdraw=True)
    says = f"正在交给{owner}"
    return MemberLine(part, None, "马上开始", "go", says, until, may_withdraw=True)


def _begun(of: Application, part: Part, case: Case) -> MemberLine:
    is_open = case.state in OPEN
    told = clock_of(case) if is_open else None
    return MemberLine(
        part=part,
        case=case,
        tag=case.get_state_display(),
        tone=TONES.get(CaseState(case.state), "go"),
        says=_says(case),
        until=told.promised_due if told else None,
        licence=licence_of_case(case.case_no),
        may_withdraw=is_open and of.state == State.RUNNING,
        is_over=not is_open,
    )


def _says(case: Case) -> str:
    owner = case.department.name
    if fee := open_fee(case):
        return f"等您缴费 {fee.yuan} 元，最晚 {in_words(fee.due)}，缴了{owner}接着办"
    if case.state == CaseState.RECEIVED:
        waits = f"等“{case.waits_for}”的系统恢复，自动再试" if case.waits_for else "正在向部门查询"
        return f"{owner}已收件，{waits}"
    return {
        CaseState.UNDER_REVIEW: f"{owner}正在审核",
        CaseState.SUPPLEMENT: f"{owner}请您补充，补好以前时钟停着",
        CaseState.SPECIAL: f"{owner}正在做特别程序，时钟停着",
        CaseState.SUSPENDED: f"{owner}暂时中止办理，时钟停着",
        CaseState.APPROVED: f"{owner}已准予",
        CaseState.REFUSED: f"{owner}不予办理，理由和救济办法在这一项的进度里",
        CaseState.WITHDRAWN: "您已撤回这一项",
    }[CaseState(case.state)]
