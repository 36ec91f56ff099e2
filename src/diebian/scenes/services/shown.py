"""What pages show of a case, in words: filled lines, materials, the next step. No decisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from diebian.base.licences.public import states_now
from diebian.kernel.clock import CITY_TIME
from diebian.kernel.errors import NotFound
from diebian.standards.masking import masked
from diebian.standards.money import yuan

from .checks import doubts, facts_of
from .items.situations import questions
from .journey import Journey, Show, journey_for
from .journey_parts import FILE, STATEMENT
from .models import Case, Fetched

DEMANDED = "要您交"
EVENTS = {
    "corrected": "数据改正了",
    "received": "已收件",
    "waiting": "等部门系统恢复",
    "passed_on": "不归收到的机关办，已转",
    "forwarded": "电子材料已到决定机关",
    "followed_up": "一并办理的事项",
    "assigned": "转给有权办理的机关",
    "accepted": "受理，时钟从次日起算",
    "supplement_asked": "一次告知补正，时钟停",
    "supplement_done": "补充到了，时钟继续",
    "promised": "容缺受理，答应补交",
    "promise_kept": "补交的材料到了",
    "step_done": "办完一步",
    "paused": "进入特别程序，时钟停",
    "resumed": "特别程序结束，时钟继续",
    "suspended": "中止办理，时钟停",
    "suspension_ended": "恢复办理，时钟继续",
    "extended": "法定时间延长",
    "overran": "超过承诺日子的原因",
    "decided": "作出决定",
    "delivered": "决定送达",
    "handover_said": "说了证件怎样拿",
    "paper_owed": "纸质证件等着交给您",
    "paper_taken": "窗口收下纸质材料",
    "paper_scanned": "窗口扫描了材料",
    "handed_out": "领取了纸质决定",
    "mailed": "寄出纸质决定",
    "parcel_arrived": "邮件已送到",
    "parcel_returned": "邮件退回了窗口",
    "verified": "核验了申请人说的内容，只得到对不对",
    "fee_wanted": "请申请人缴费",
    "fee_spared": "免缴费用",
    "fee_paid": "费用已缴",
    "fee_void": "费用不用缴了",
    "fee_twice": "缴了两次",
    "fee_going_back": "费用正在退",
    "fee_given_back": "费用已退",
    "withdrawn": "撤回",
    "true_will_said": "本人说了，是自己真实的意愿",
}


@dataclass(frozen=True)
class Line:
    """One line of the filled form: what, the value, who says so."""

    label: str
    value: str
    source: str


@dataclass(frozen=True)
class EventLine:
    kind: str
    at: datetime
    says: str
    reason: str


@dataclass(frozen=True)
class MaterialLine:
    name: str
    says: str
    state: str  # done, later or yours
    tag: str
    key: str = ""  # of the material, where the applicant's own licence answers
    now: str = ""  # what that licence is today


def filled_lines(case: Case, journey: Journey, providers: Mapping[str, str]) -> list[Line]:
    """What departments answered. What is not there yet says so and asks nothing of the person."""
    fetched = {one.resource: one for one in case.fetched.all()}
    lines = []
    for show in journey.shows:
        lines += _lines_of(show, fetched.get(show.ask), providers[show.ask])
    return lines


def spared_lines(case: Case, journey: Journey, providers: Mapping[str, str]) -> list[MaterialLine]:
    """Without what the person hands in, where that is listed with its files."""
    return [one for one in material_lines(case, journey, providers) if one.tag != DEMANDED]


def material_lines(
    case: Case, journey: Journey, providers: Mapping[str, str]
) -> list[MaterialLine]:
    fetched = {one.resource: one for one in case.fetched.all()}
    held = [one.held for one in journey.materials if one.held]
    now = states_now(held) if held else {}
    lines = []
    for one in journey.materials:
        line = _material(one.name, one.says, one.answered_by, fetched, providers)
        lines.append(replace(line, key=one.key, now=now.get(one.held, "")) if one.held else line)
    return lines


def answer_lines(case: Case) -> list[Line]:
    """What the person filled in, with the label and in the order of the form."""
    fields = journey_for(case).fields
    return [
        Line(one.label, case.form[one.name], one.name) for one in fields if one.name in case.form
    ]


def question_lines(case: Case) -> list[Line]:
    """What the person chose, in the words of the questions."""
    asked = questions(case.version.facts, case.chosen)
    return [Line(one.situation.question, one.answer, one.situation.slug) for one in asked]


def columns_of(case: Case) -> list[str]:
    """What a page of the case shows of the person, as it stands in 谁查过我."""
    return [*(fetched.title for fetched in case.fetched.all()), "申请表"]


def doubts_of(case: Case) -> list[str]:
    """What a reviewer would ask about: told before it is handed in, not after."""
    journey = journey_for(case)
    answers = case.answers()
    if set(journey.asks) - set(answers):
        return []  # who has not answered yet has said nothing wrong
    return doubts(journey, answers, facts_of(case))


def event_lines(case: Case) -> list[EventLine]:
    """What happened since it counts, newest first; what happened to the draft is not news."""
    return [
        EventLine(one.kind, one.at, EVENTS[one.kind], one.reason)
        for one in reversed(list(case.events.all()))
        if one.kind in EVENTS
    ]


def line_of(case: Case, journey: Journey, ask: str, label: str) -> Line:
    """The line that somebody says is wrong. NotFound for one that this case does not show."""
    fetched = case.fetched.filter(resource=ask).first()
    for show in journey.shows:
        if (show.ask, show.label) == (ask, label) and fetched is not None:
            return _lines_of(show, fetched, fetched.title)[0]
    raise NotFound


def doubtable(case: Case, journey: Journey) -> list[tuple[str, Line]]:
    """Each line of the case that came from a department, with the ask that it came by."""
    return [(one.resource, line) for one, lines in review_groups(case, journey) for line in lines]


def review_groups(case: Case, journey: Journey) -> list[tuple[Fetched, Sequence[Line]]]:
    """For the reviewer: each answer with its lines, as the person saw them."""
    return [
        (one, [line for show in journey.shows if show.ask == one.resource
               for line in _lines_of(show, one, one.title)])
        for one in case.fetched.all()
    ]  # fmt: skip


def _lines_of(show: Show, fetched: Fetched | None, provider: str) -> list[Line]:
    if fetched is None:
        return [Line(show.label, "暂时取不到，提交后自动补上", provider)]
    if not fetched.rows:
        return [Line(show.label, "没有查到", _source(provider, fetched.at))]
    return [
        Line(show.label, _value(show.kind, row.get(show.field, "")), _source(provider, fetched.at))
        for row in fetched.rows
    ]


def _value(kind: str, text: str) -> str:
    if kind == "fen":
        return f"{yuan(int(text))} 元" if text.lstrip("-").isdigit() else text
    if kind == "date" and len(text) >= len("20260918") and text[:8].isdigit():
        return f"{text[:4]} 年 {int(text[4:6])} 月 {int(text[6:8])} 日"
    return masked(text) if kind == "masked" else text


def _source(provider: str, at: datetime) -> str:
    return f"{provider}，{at.astimezone(CITY_TIME):%H:%M} 取得"


def _material(
    name: str,
    says: str,
    answered_by: str,
    fetched: Mapping[str, Fetched],
    providers: Mapping[str, str],
) -> MaterialLine:
    if answered_by in providers:
        if answered_by in fetched:
            told = _source(providers[answered_by], fetched[answered_by].at)
            return MaterialLine(name, f"{says}。{told}", "done", "免提交")
        return MaterialLine(name, f"{says}。暂时取不到，提交后自动再取", "later", "免提交")
    if answered_by == STATEMENT:
        return MaterialLine(name, says, "yours", "勾选一句")
    if answered_by == FILE:
        return MaterialLine(name, says, "yours", DEMANDED)
    return MaterialLine(name, says, "done", "免提交")
