"""The clock of a case in words, for the person and for the desk: what, why, until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from diebian.standards.calendar import in_words
from diebian.standards.deadlines import Card, Clock, Rule, State, Unit
from diebian.standards.stops import Stop

UNKNOWN = "要用到的年份还没有公布放假安排，公布后自动算出最晚的日子，中间照常办理。"
PROVISIONAL = "（放假安排还没有公布，暂定）"
CARDS = {Card.YELLOW: "黄牌", Card.RED: "红牌"}


@dataclass(frozen=True)
class StopWords:
    title: str
    says: str
    is_open: bool
    warning: str  # what is wrong with it, for the department as for the person


@dataclass(frozen=True)
class ClockWords:
    head: str  # the few words in large letters
    says: Sequence[str]
    stops: Sequence[StopWords]
    card: Card
    note: str = ""  # behind the promised day

    @property
    def card_title(self) -> str:
        return CARDS.get(self.card, "")


def day_in_words(day: date, told: Clock) -> str:
    """A day that next year's notice may still move is told as such."""
    return f"{in_words(day)}{PROVISIONAL if day in told.provisional else ''}"


def words_of(told: Clock, rule: Rule) -> ClockWords:
    stops = [_stop(stop, told) for stop in told.stops]
    note = PROVISIONAL if told.is_promise_provisional else ""
    return ClockWords(_head(told), _says(told, rule), stops, told.card, note)


def _head(told: Clock) -> str:
    if told.state == State.UNKNOWN:
        return "暂时算不出"
    if told.state == State.STOPPED:
        return "时钟已停"
    if told.is_past_statute:
        return "已超法定时间"
    if told.is_past_promise:
        return "已超承诺"
    return f"还剩 {told.left} 天"


def _says(told: Clock, rule: Rule) -> list[str]:
    if told.state == State.UNKNOWN:
        return [UNKNOWN]
    if told.promised_due is None or told.statutory_due is None:
        return []
    unit = "日" if rule.statutory_unit == Unit.DAY else "个工作日"
    says = [f"法定 {rule.statutory_days} {unit}，最晚 {day_in_words(told.statutory_due, told)}。"]
    if told.extended:
        says.append(f"经部门负责人同意，法定时间延长了 {told.extended} 个工作日（只能延长一次）。")
    if told.extended and told.promised_due < told.statutory_due:
        says.append("延长的是法定时间；承诺的日子不变，过了照样记为超期。")
    if told.state == State.STOPPED:
        says.append("时钟停着的日子不算在内，最晚的日子跟着往后移。")
    return says


def _stop(stop: Stop, told: Clock) -> StopWords:
    lasts = "到现在还停着" if stop.is_open else f"{in_words(stop.until)}止"
    says = f"{in_words(stop.since)}起，{lasts}"
    if stop.told is not None:
        says += f"；告知的是到 {day_in_words(stop.told, told)}"
    if stop.bound is not None and stop.bound_on is not None:
        until = day_in_words(stop.bound_on, told)
        says += f"；{stop.bound.source}：最长 {stop.bound.days} 个工作日，到 {until}"
    return StopWords(stop.title, f"{says}。", stop.is_open, _warning(stop))


def _warning(stop: Stop) -> str:
    if stop.is_over_bound:
        return "超过了法律规定的最长时间"
    if stop.is_over_told:
        return "超过了告知申请人的时间"
    return "开始得晚了：受理后 5 个工作日内就应当指派人员" if stop.is_begun_late else ""
