"""What may be asked of a date, a time, a duration or a range by a path: `born.year`."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from .temporal import offset_of, zone_name
from .values import Months, Range, Value

HOUR = 3600


def _sign(value: timedelta) -> int:
    return -1 if value < timedelta() else 1


def _months(value: Months, divide: Callable[[int], int]) -> Decimal:
    return Decimal(divide(abs(value.count)) * (-1 if value.count < 0 else 1))


_DAY: dict[str, Callable[[Value], Value]] = {
    "year": lambda value: Decimal(value.year),
    "month": lambda value: Decimal(value.month),
    "day": lambda value: Decimal(value.day),
    "weekday": lambda value: Decimal(value.isoweekday()),
}
_CLOCK: dict[str, Callable[[Value], Value]] = {
    "hour": lambda value: Decimal(value.hour),
    "minute": lambda value: Decimal(value.minute),
    "second": lambda value: Decimal(value.second),
    "time offset": offset_of,
    "timezone": zone_name,
}
_OF: dict[type[object], dict[str, Callable[[Value], Value]]] = {
    date: _DAY,
    time: _CLOCK,
    datetime: _DAY | _CLOCK,
    Months: {
        "years": lambda value: _months(value, lambda count: count // 12),
        "months": lambda value: _months(value, lambda count: count % 12),
    },
    timedelta: {
        "days": lambda value: Decimal(abs(value).days * _sign(value)),
        "hours": lambda value: Decimal(abs(value).seconds // HOUR * _sign(value)),
        "minutes": lambda value: Decimal(abs(value).seconds % HOUR // 60 * _sign(value)),
        "seconds": lambda value: Decimal(abs(value).seconds % 60 * _sign(value)),
    },
    Range: {
        "start": lambda value: value.low,
        "end": lambda value: value.high,
        "start included": lambda value: value.has_low and value.low is not None,
        "end included": lambda value: value.has_high and value.high is not None,
    },
}
PROPERTIES = frozenset(name for told in _OF.values() for name in told)


def property_of(value: Value, name: str) -> Callable[[Value], Value] | None:
    return _OF.get(type(value), {}).get(name)
