"""A column of a table cut at its constants: one point for every way in which its cells can answer.

Between two neighbouring constants all cells answer alike, so one point of each stretch stands for
all of it. That holds for what is compared with constants; what reads other data or asks about `?`
itself cannot be cut, and is told as `NotCut`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from diebian.base.process.expressions.compiling import Compiler
from diebian.base.process.expressions.expression import Cell
from diebian.base.process.expressions.matching import asks_itself
from diebian.base.process.expressions.printing import printed_value
from diebian.base.process.expressions.refusals import Mistake, Mistaken
from diebian.base.process.expressions.scope import Scope, Semantics
from diebian.base.process.expressions.tree import Comparing, Matching, Node
from diebian.base.process.expressions.values import DECIMALS, Months, Range, Value, kind_of

from .tables import Input

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
ANYTHING = "任何值"


class NotCut(Exception):
    """In words: why this column cannot be looked at."""


@dataclass(frozen=True)
class Point:
    value: Value
    words: str


def points_of(columns: Sequence[tuple[Input, Sequence[Cell]]]) -> list[Point]:
    """All columns that ask the same question, together."""
    cells = [cell for _, told in columns for cell in told]
    bounds = [one.allowed for one, _ in columns if one.allowed]
    bounds += [one.type.allowed for one, _ in columns if one.type.allowed]
    constants = [one for cell in (*cells, *bounds) for one in _constants(cell)]
    kinds = {kind_of(one) for one in constants if one is not None}
    is_empty_asked = None in constants
    if len(kinds) > 1:
        raise NotCut("同一列里有几类数据")
    told = _points(kinds.pop() if kinds else columns[0][0].type.base, constants, cells)
    if is_empty_asked:
        told.append(Point(None, "为空"))
    return [one for one in told if all(_passes(cell, one.value) for cell in bounds)]


def _points(kind: str, constants: Sequence[Value], cells: Sequence[Cell]) -> list[Point]:
    values = _distinct(one for one in constants if one is not None)
    if kind == "boolean":
        return [Point(True, "为“是”"), Point(False, "为“否”")]
    if not values:
        return [Point(_Anything(), ANYTHING)]
    if kind == "string":
        return _texts(values, is_ordered=any(_is_ordered(cell) for cell in cells))
    if kind == "number":
        return _numbers(sorted(values))
    if kind in _STEPS:
        return _steps(sorted(values), _STEPS[kind])
    raise NotCut("这一类数据不能逐段检查")


class _Anything(str):
    """A value for a column that asks nothing."""

    __slots__ = ()


def _numbers(values: list[Decimal]) -> list[Point]:
    told = [Point(values[0] - 1, f"小于 {_shown(values[0])}")]
    for place, one in enumerate(values):
        told.append(Point(one, f"等于 {_shown(one)}"))
        if place + 1 < len(values):
            after = values[place + 1]
            middle = DECIMALS.divide(DECIMALS.add(one, after), Decimal(2))
            words = f"在 {_shown(one)} 和 {_shown(after)} 之间（如 {_shown(middle)}）"
            told.append(Point(middle, words))
    return [*told, Point(values[-1] + 1, f"大于 {_shown(values[-1])}")]


def _texts(values: list[str], *, is_ordered: bool) -> list[Point]:
    told = [Point(one, f"为“{one}”") for one in values]
    if not is_ordered:
        return [*told, Point("\0", "为其他文字")]
    told += [Point(f"{one}\0", f"紧接在“{one}”之后") for one in values]
    return told if "" in values else [*told, Point("", "为空文字")]


def _steps(values: list[Value], step: "Step") -> list[Point]:
    """Where there is a next one: it, and the one before, stand for the stretches between."""
    told: list[Value] = []
    for one in values:
        for value in (step(one, -1), one, step(one, 1)):
            if value is not None and value not in told:
                told.append(value)
    return [Point(one, f"为 {_shown(one)}") for one in told]


Step = Callable[[Value, int], Value]


def _moved(value: Value, by: timedelta) -> Value:
    try:
        return value + by
    except OverflowError:
        return None


def _clock_moved(value: time, way: int) -> time | None:
    moved = datetime.combine(date(2000, 1, 1), value) + SECOND * way
    return moved.timetz() if moved.date() == date(2000, 1, 1) else None


_STEPS: dict[str, Step] = {
    "date": lambda value, way: _moved(value, DAY * way),
    "date and time": lambda value, way: _moved(value, SECOND * way),
    "time": _clock_moved,
    "days and time duration": lambda value, way: _moved(value, SECOND * way),
    "years and months duration": lambda value, way: Months(value.count + way),
}


def _constants(cell: Cell) -> Iterator[Value]:
    if not cell.is_constant:
        raise NotCut(f"“{cell.text}”读取了别的数据（{'、'.join(sorted(cell.names))}）")
    for test in cell.tree.tests:
        if not isinstance(test, Comparing | Matching) or asks_itself(test):
            raise NotCut(f"“{cell.text}”不是和固定的值相比")
        yield from _flat(_value(test.with_), cell)


def _value(node: Node) -> Value:
    return Compiler(Semantics.STANDARD).compile(node)(Scope({}))


def _flat(value: Value, cell: Cell) -> Iterator[Value]:
    if isinstance(value, list):
        for one in value:
            yield from _flat(one, cell)
    elif isinstance(value, Range):
        yield from (one for one in (value.low, value.high) if one is not None)
    elif isinstance(value, dict):
        raise NotCut(f"“{cell.text}”不是和固定的值相比")
    else:
        yield value


def _is_ordered(cell: Cell) -> bool:
    """Whether texts are asked for their order and not only for being the same."""
    return any(
        (isinstance(one, Comparing) and one.operator not in ("=", "!="))
        or (isinstance(one, Matching) and _has_range(_value(one.with_)))
        for one in cell.tree.tests
    )


def _has_range(value: Value) -> bool:
    return isinstance(value, Range) or (isinstance(value, list) and any(map(_has_range, value)))


def _passes(cell: Cell, value: Value) -> bool:
    if isinstance(value, _Anything):
        return True
    try:
        return cell.test is None or cell.test(value, Scope({})) is True
    except (Mistake, Mistaken):
        return False


def _distinct(values: Iterable[Value]) -> list[Value]:
    told: list[Value] = []
    for one in values:
        if one not in told:
            told.append(one)
    return told


def _shown(value: Value) -> str:
    return printed_value(value)
