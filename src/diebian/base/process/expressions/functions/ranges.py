"""How points and ranges lie to each other (Allen's relations), as DMN lists them."""

from collections.abc import Callable

from diebian.base.process.expressions.refusals import Mistake
from diebian.base.process.expressions.values import Range, Value, before, equal

from .registry import feel

POINT = "number|string|date|time|date and time|days and time duration|years and months duration"
Relation = Callable[[Range, Range], bool | None]


def _range(value: Value) -> Range:
    return value if isinstance(value, Range) else Range(value, value)


def _bounded(span: Range) -> Range:
    if span.low is None or span.high is None:
        raise Mistake("区间没有两端")
    return span


def _apart(left: Value, right: Value, *, is_met: bool) -> bool:
    """left lies before right, or at the same place where both do not hold it."""
    return before(left, right) is True or (not is_met and equal(left, right) is True)


def _before(one: Range, other: Range) -> bool:
    return _apart(one.high, other.low, is_met=one.has_high and other.has_low)


def _meets(one: Range, other: Range) -> bool:
    return one.has_high and other.has_low and equal(one.high, other.low) is True


def _starts(one: Range, other: Range) -> bool:
    return (
        equal(one.low, other.low) is True
        and one.has_low == other.has_low
        and _ends_within(one, other)
    )


def _finishes(one: Range, other: Range) -> bool:
    return (
        equal(one.high, other.high) is True
        and one.has_high == other.has_high
        and _begins_within(one, other)
    )


def _begins_within(one: Range, other: Range) -> bool:
    same = equal(one.low, other.low) is True and (other.has_low or not one.has_low)
    return before(other.low, one.low) is True or same


def _ends_within(one: Range, other: Range) -> bool:
    same = equal(one.high, other.high) is True and (other.has_high or not one.has_high)
    return before(one.high, other.high) is True or same


def _during(one: Range, other: Range) -> bool:
    return _begins_within(one, other) and _ends_within(one, other)


def _overlaps(one: Range, other: Range) -> bool:
    return not _before(one, other) and not _before(other, one)


def _overlaps_before(one: Range, other: Range) -> bool:
    """Begins first and ends within."""
    return _overlaps(one, other) and not _begins_within(one, other) and _ends_within(one, other)


def _coincides(one: Range, other: Range) -> bool:
    return _during(one, other) and _during(other, one)


def _declare(
    name: str, relation: Relation, *kinds: tuple[str, str], is_turned: bool = False
) -> None:
    def asked(first: Value, second: Value) -> bool | None:
        one, other = _bounded(_range(first)), _bounded(_range(second))
        return relation(other, one) if is_turned else relation(one, other)

    told = (f"{_names(first)[0]}:{first}, {_names(second)[1]}:{second}" for first, second in kinds)
    feel(name, *told)(asked)


def _names(kind: str) -> tuple[str, str]:
    return ("range1", "range2") if kind == "range" else ("point1", "point2")


_TWO, _INTO, _FROM, _POINTS = ("range", "range"), (POINT, "range"), ("range", POINT), (POINT, POINT)
_declare("before", _before, _POINTS, _INTO, _FROM, _TWO)
_declare("after", _before, _POINTS, _INTO, _FROM, _TWO, is_turned=True)
_declare("meets", _meets, _TWO)
_declare("met by", _meets, _TWO, is_turned=True)
_declare("overlaps", _overlaps, _TWO)
_declare("overlaps before", _overlaps_before, _TWO)
_declare("overlaps after", _overlaps_before, _TWO, is_turned=True)
_declare("finishes", _finishes, _INTO, _TWO)
_declare("finished by", _finishes, _FROM, _TWO, is_turned=True)
_declare("includes", _during, _FROM, _TWO, is_turned=True)
_declare("during", _during, _INTO, _TWO)
_declare("starts", _starts, _INTO, _TWO)
_declare("started by", _starts, _FROM, _TWO, is_turned=True)
_declare("coincides", _coincides, _POINTS, _TWO)
