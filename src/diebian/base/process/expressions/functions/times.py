"""Functions over dates, times and durations. None of them asks the clock."""

from calendar import day_name, month_name
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from diebian.base.process.expressions.refusals import Mistake, OutOfReach
from diebian.base.process.expressions.temporal import (
    date_of,
    months_of,
    read_date,
    read_duration,
    read_moment,
    read_time,
    zone_of,
)
from diebian.base.process.expressions.values import Months, Value, kind_of

from .registry import feel

FARTHEST_YEAR = 999_999_999


@feel("date", "from:string|date|date and time")
def date_from(value: Value) -> date:
    if isinstance(value, str):
        return read_date(value)
    return value.date() if isinstance(value, datetime) else value


@feel("date", "year:number, month:number, day:number")
def date_of_parts(year: Decimal, month: Decimal, day: Decimal) -> date:
    if abs(year) > FARTHEST_YEAR or abs(month) > FARTHEST_YEAR or abs(day) > FARTHEST_YEAR:
        raise Mistake("没有这一天")
    return date_of(int(year), int(month), int(day))


@feel("time", "from:string|date|time|date and time")
def time_from(value: Value) -> time:
    if isinstance(value, str):
        return read_time(value)
    if isinstance(value, datetime):
        if value.tzinfo is not None and value.timetz().utcoffset() is None:
            raise OutOfReach("时刻只能带时差（如 +08:00），不能带时区名")
        return value.timetz()
    return value if isinstance(value, time) else time(tzinfo=UTC)


@feel("time", "hour:number, minute:number, second:number",
      "hour:number, minute:number, second:number, offset:days and time duration|null")  # fmt: skip
def time_of_parts(
    hour: Decimal, minute: Decimal, second: Decimal, offset: timedelta | None = None
) -> time:
    fraction = int((second % 1) * 1_000_000)
    zone = None if offset is None else zone_of(offset)
    try:
        return time(int(hour), int(minute), int(second), fraction, tzinfo=zone)
    except (ValueError, OverflowError) as error:
        raise Mistake("没有这个时刻") from error


@feel("date and time", "from:string|date|date and time")
def moment_from(value: Value) -> datetime:
    if isinstance(value, str):
        return read_moment(value)
    return value if isinstance(value, datetime) else datetime.combine(value, time(tzinfo=UTC))


@feel("date and time", "date:date|date and time, time:time")
def moment_of_parts(day: date, clock: time) -> datetime:
    return datetime.combine(day.date() if isinstance(day, datetime) else day, clock)


@feel("duration", "from:string|days and time duration|years and months duration")
def duration(value: Value) -> Months | timedelta:
    return read_duration(value) if isinstance(value, str) else value


@feel("years and months duration", "from:date|date and time, to:date|date and time")
def months_between(begun: Value, ended: Value) -> Months:
    """Whole months alone, by the days: at which hour they begin and end does not matter."""
    if begun_after := date_from(ended) < date_from(begun):
        begun, ended = ended, begun
    count = (ended.year - begun.year) * 12 + ended.month - begun.month
    if ended.day < begun.day:
        count -= 1
    return months_of(-count if begun_after else count)


@feel("day of year", "date:date|date and time")
def day_of_year(day: date) -> Decimal:
    return Decimal(day.timetuple().tm_yday)


@feel("week of year", "date:date|date and time")
def week_of_year(day: date) -> Decimal:
    return Decimal(day.isocalendar().week)


@feel("day of week", "date:date|date and time")
def day_of_week(day: date) -> str:
    return day_name[day.weekday()]


@feel("month of year", "date:date|date and time")
def month_of_year(day: date) -> str:
    return month_name[day.month]


@feel("is", "value1?:any, value2?:any")
def is_(left: Value, right: Value) -> bool:
    """Equal in kind and zone as well."""
    if kind_of(left) != kind_of(right):
        return False
    if isinstance(left, datetime | time):
        return bool(left.replace(tzinfo=None) == right.replace(tzinfo=None)) and _zone(
            left
        ) == _zone(right)
    return bool(left == right)


def _zone(value: datetime | time) -> str:
    return str(value.tzinfo)
