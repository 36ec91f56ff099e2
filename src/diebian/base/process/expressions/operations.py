"""Sums, products and powers over numbers, texts, dates and durations. Raises `Mistake`."""

from collections.abc import Callable
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta
from decimal import Decimal, DecimalException

from .refusals import Mistake, OutOfReach, TooMuch
from .temporal import months_of, span
from .values import DECIMALS, Months, Value, in_chinese, kind_of

Operation = Callable[[Value, Value], Value]
LONGEST_TEXT = 10_000
DAY = timedelta(days=1)
MICROSECOND = timedelta(microseconds=1)
IN_WORDS = {"+": "相加", "-": "相减", "*": "相乘", "/": "相除", "**": "乘方"}


def operate(operator: str, left: Value, right: Value) -> Value:
    if left is None or right is None:
        return None
    found = _KNOWN.get((operator, type(left), type(right)))
    if found is None:
        told = f"{in_chinese(left)}和{in_chinese(right)}"
        raise Mistake(f"不能把{told}{IN_WORDS[operator]}")
    try:
        return found(left, right)
    except DecimalException as error:
        raise Mistake("除数是零，或结果超出范围") from error
    except OverflowError as error:
        raise OutOfReach("日期超出公元 1 至 9999 年") from error


def negative(value: Value) -> Value:
    if value is None:
        return None
    match kind_of(value):
        case "number":
            return DECIMALS.minus(value)
        case "days and time duration":
            return span(seconds=-_seconds(value))
        case "years and months duration":
            return Months(-value.count)
    raise Mistake(f"{in_chinese(value)}没有负的")


def month_later(moment: Value, months: Months) -> Value:
    """The same day so many months on, or the last one of a month that is shorter."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months.count, 12)
    if not MINYEAR <= year <= MAXYEAR:
        raise OutOfReach(f"公元 {year} 年")
    for day in range(moment.day, 0, -1):
        try:
            return moment.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    raise AssertionError("every month has a first day")


def in_zone(moment: Value) -> datetime:
    """A date counts as its midnight in UTC, as the standard has it."""
    if type(moment) is datetime:
        return moment
    return datetime.combine(moment, time(tzinfo=UTC))


def between(left: Value, right: Value) -> timedelta:
    left, right = in_zone(left), in_zone(right)
    if (left.tzinfo is None) != (right.tzinfo is None):
        raise Mistake("一个有时区、一个没有时区的时间不能相减")
    return _in_utc(left) - _in_utc(right)


def _in_utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo is None else moment.astimezone(UTC)


def _joined(left: str, right: str) -> str:
    if len(left) + len(right) > LONGEST_TEXT:
        raise TooMuch(f"文字长于 {LONGEST_TEXT} 个字")
    return left + right


def _day_later(day: date, length: timedelta) -> date:
    return day + timedelta(days=length // DAY)


def _clock_later(clock: time, length: timedelta) -> time:
    return (
        datetime.combine(date(2000, 1, 1), clock)
        + timedelta(seconds=length.seconds, microseconds=length.microseconds)
    ).timetz()


def _clock_between(left: time, right: time) -> timedelta:
    if (left.tzinfo is None) != (right.tzinfo is None):
        raise Mistake("一个有时差、一个没有时差的时刻不能相减")
    day = date(2000, 1, 1)
    return datetime.combine(day, left) - datetime.combine(day, right)


def _times(length: timedelta, number: Decimal) -> timedelta:
    return span(seconds=DECIMALS.multiply(_seconds(length), number))


def _over(length: timedelta, number: Decimal) -> timedelta:
    return span(seconds=DECIMALS.divide(_seconds(length), number))


def _seconds(length: timedelta) -> Decimal:
    return Decimal(length // MICROSECOND).scaleb(-6)


def _months_times(months: Months, number: Decimal) -> Months:
    return months_of(int(DECIMALS.multiply(Decimal(months.count), number)))


def _months_over(months: Months, number: Decimal) -> Months:
    return months_of(int(DECIMALS.divide(Decimal(months.count), number)))


def _ratio(left: timedelta, right: timedelta) -> Decimal:
    return DECIMALS.divide(_seconds(left), _seconds(right))


def _power(left: Decimal, right: Decimal) -> Decimal:
    return DECIMALS.power(left, right)


def _turned(operation: Operation) -> Operation:
    return lambda left, right: operation(right, left)


def _minus(operation: Operation) -> Operation:
    return lambda left, right: operation(left, negative(right))


_D, _M, _L = Decimal, Months, timedelta
_KNOWN: dict[tuple[str, type[object], type[object]], Operation] = {
    ("+", _D, _D): DECIMALS.add,
    ("-", _D, _D): DECIMALS.subtract,
    ("*", _D, _D): DECIMALS.multiply,
    ("/", _D, _D): DECIMALS.divide,
    ("**", _D, _D): _power,
    ("+", str, str): _joined,
    ("+", _M, _M): lambda left, right: months_of(left.count + right.count),
    ("-", _M, _M): lambda left, right: months_of(left.count - right.count),
    ("+", _L, _L): lambda left, right: left + right,
    ("-", _L, _L): lambda left, right: left - right,
    ("*", _L, _D): _times,
    ("*", _D, _L): _turned(_times),
    ("/", _L, _D): _over,
    ("/", _L, _L): _ratio,
    ("*", _M, _D): _months_times,
    ("*", _D, _M): _turned(_months_times),
    ("/", _M, _D): _months_over,
    ("/", _M, _M): lambda left, right: DECIMALS.divide(Decimal(left.count), Decimal(right.count)),
    ("-", date, date): between,
    ("-", date, datetime): between,
    ("-", datetime, date): between,
    ("-", datetime, datetime): between,
    ("-", time, time): _clock_between,
}
_LATER: tuple[tuple[type[object], type[object], Operation], ...] = (
    (date, _M, month_later),
    (datetime, _M, month_later),
    (date, _L, _day_later),
    (datetime, _L, lambda moment, length: moment + length),
    (time, _L, _clock_later),
)
for _moment, _length, _operation in _LATER:
    _KNOWN["+", _moment, _length] = _operation
    _KNOWN["+", _length, _moment] = _turned(_operation)
    _KNOWN["-", _moment, _length] = _minus(_operation)
