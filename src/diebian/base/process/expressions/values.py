"""The values of FEEL as Python's, what kind each is, and when two are equal or in order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal, DecimalException, DivisionByZero, InvalidOperation, Overflow
from types import NoneType
from typing import Any

from .refusals import Mistake, Mistaken, TooMuch

Value = Any  # what an expression meets is known when it meets it

DECIMALS = Context(
    prec=34, Emax=6144, Emin=-6143, traps=[InvalidOperation, DivisionByZero, Overflow]
)


MOST_PARTS = 5_000
DEEPEST = 60


@dataclass(frozen=True, slots=True, order=True)
class Months:
    """A duration of years and months: of no length in days."""

    count: int


@dataclass(frozen=True, slots=True)
class Range:
    """An end that is None is open to that side for ever."""

    low: Value
    high: Value
    has_low: bool = True
    has_high: bool = True


@dataclass(frozen=True, slots=True)
class Function:
    """`run` is handed the arguments in order. Equal to itself alone."""

    parameters: tuple[str, ...]
    run: Callable[[Sequence[Value]], Value]
    name: str = ""

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)


KINDS: dict[type[object], str] = {
    Decimal: "number", str: "string", bool: "boolean", NoneType: "null", date: "date",
    time: "time", datetime: "date and time", timedelta: "days and time duration",
    Months: "years and months duration", list: "list", dict: "context", Range: "range",
    Function: "function",
}  # fmt: skip
ORDERED = frozenset(
    {"number", "string", "date", "time", "date and time", "days and time duration",
     "years and months duration"}
)  # fmt: skip
IN_CHINESE = {
    "number": "数字", "string": "文字", "boolean": "是否", "null": "空", "date": "日期",
    "time": "时刻", "date and time": "日期时间", "days and time duration": "时长",
    "years and months duration": "年月时长", "list": "列表", "context": "一组数据",
    "range": "区间", "function": "函数",
}  # fmt: skip


def kind_of(value: Value) -> str:
    return KINDS[type(value)]


def in_chinese(value: Value) -> str:
    return IN_CHINESE[kind_of(value)]


def taken(value: object, deep: int = 0) -> Value:
    """What the platform hands in, as a value of FEEL. Whole and broken numbers become decimals."""
    if deep > DEEPEST:
        raise TooMuch(f"数据嵌套超过 {DEEPEST} 层")
    kind = type(value)
    if isinstance(value, int | float | Decimal) and kind is not bool:
        return _number(value)
    if kind in KINDS and kind not in (list, dict):
        return value
    if isinstance(value, dict):
        return {str(name): taken(one, deep + 1) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [taken(one, deep + 1) for one in value]
    raise Mistaken(f"表达式不认识这一类数据：{kind.__name__}")


def bounded(value: Value) -> Value:
    """The value, if a walk through it ends soon. Lists that hold lists many times over do not."""
    if type(value) not in (list, dict):
        return value
    count, waiting = 0, [value]
    while waiting:
        one = waiting.pop()
        count += 1
        if count > MOST_PARTS:
            raise TooMuch(f"结果多于 {MOST_PARTS} 项")
        if type(one) is list:
            waiting.extend(one)
        elif type(one) is dict:
            waiting.extend(one.values())
    return value


def _number(value: float | Decimal) -> Decimal:
    """Within the digits and the size that FEEL has; what is no number at all is refused."""
    try:
        told = DECIMALS.create_decimal(repr(value) if isinstance(value, float) else value)
    except DecimalException as error:
        raise Mistaken("数字过大") from error
    if not told.is_finite():
        raise Mistaken(f"{told} 不是数字")
    return told


def equal(left: Value, right: Value) -> bool | None:
    """Null equals null; of different kinds is no question that has an answer."""
    if left is None or right is None:
        return left is right
    kind = kind_of(left)
    if kind != kind_of(right):
        raise Mistake(f"不能把{in_chinese(left)}和{in_chinese(right)}相比")
    if kind in ("list", "context"):
        return _equal_parts(bounded(left), bounded(right))
    if kind in ("date and time", "time"):  # the standard looks no closer than the second
        if _has_zone(left) != _has_zone(right):
            return False
        left, right = left.replace(microsecond=0), right.replace(microsecond=0)
    return bool(left == right)


def _equal_parts(left: Value, right: Value) -> bool:
    if isinstance(left, list):
        return len(left) == len(right) and all(map(same, left, right))
    return left.keys() == right.keys() and all(same(left[name], right[name]) for name in left)


def same(left: Value, right: Value) -> bool:
    """Equal, where things of different kinds are just not."""
    return kind_of(left) == kind_of(right) and equal(left, right) is True


def before(left: Value, right: Value) -> bool | None:
    """left < right, null where either is empty."""
    if left is None or right is None:
        return None
    kind = kind_of(left)
    if kind != kind_of(right) or kind not in ORDERED:
        raise Mistake(f"{in_chinese(left)}和{in_chinese(right)}分不出先后")
    if kind in ("date and time", "time") and _has_zone(left) != _has_zone(right):
        raise Mistake("一个有时区、一个没有时区的时间分不出先后")
    return bool(left < right)


def within(value: Value, span: Range) -> bool | None:
    """Whether the range holds the value; an end that is None holds everything on its side."""
    if value is None:
        return None
    after = True if span.low is None else _reached(span.low, value, span.has_low)
    until = True if span.high is None else _reached(value, span.high, span.has_high)
    return both(after, until)


def _reached(low: Value, high: Value, is_met: bool) -> bool | None:
    return before(low, high) or (is_met and equal(low, high) is True)


def both(left: bool | None, right: bool | None) -> bool | None:
    if left is False or right is False:
        return False
    return True if left is True and right is True else None


def either(left: bool | None, right: bool | None) -> bool | None:
    if left is True or right is True:
        return True
    return False if left is False and right is False else None


def negated(value: bool | None) -> bool | None:
    return None if value is None else not value


def _has_zone(value: datetime | time) -> bool:
    return value.tzinfo is not None
