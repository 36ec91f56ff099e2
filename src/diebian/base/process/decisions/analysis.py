"""What is wrong with a table before anybody is decided about by it.

Every column is cut into points (`columns`). Two rules overlap where each column has a point that
both pass: every pair is asked, and the answer is complete. For gaps the sets of rules that can
fire together are carried from column to column; sets that were met before are not carried twice.
That may be too many, and is then told.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import combinations

from diebian.base.process.expressions.expression import Cell, Expression
from diebian.base.process.expressions.printing import printed
from diebian.base.process.expressions.refusals import Mistaken
from diebian.base.process.expressions.scope import Scope
from diebian.base.process.expressions.values import Value, same

from .columns import ANYTHING, NotCut, Point, points_of
from .hitting import RANKED, SINGLE
from .tables import Input, Table

MOST_STEPS = 200_000  # a second or less
MOST_GAPS = 5
MOST_OVERLAPS = 50


class Kind(StrEnum):
    OVERLAP = "overlap"
    GAP = "gap"
    NEVER = "never"
    OUTPUT = "output"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True)
class Finding:
    """`example`: by the label of the column, what was tried."""

    kind: Kind
    line: int
    rules: tuple[int, ...]
    sentence: str
    example: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class _Column:
    """`passing`: for each point the rules that pass there; `passed`: for each rule its points. One
    bit each.
    """

    label: str
    points: list[Point]
    passing: list[int]

    @cached_property
    def passed(self) -> list[int]:
        told: dict[int, int] = {}
        for place, rules in enumerate(self.passing):
            for rule in _bits(rules):
                told[rule] = told.get(rule, 0) | 1 << place
        return [told.get(rule, 0) for rule in range(max(told, default=-1) + 1)]

    def common(self, *rules: int) -> Point | None:
        """The first point that all of them pass."""
        places = -1
        for rule in rules:
            places &= self.passed[rule] if rule < len(self.passed) else 0
        return self.points[(places & -places).bit_length() - 1] if places else None


Way = tuple[Point, ...]


def analysed(table: Table) -> list[Finding]:
    told = list(_outputs(table))
    try:
        columns = _columns(table)
    except NotCut as error:
        return [*told, Finding(Kind.INCOMPLETE, table.line, (), f"没有检查重叠和遗漏：{error}")]
    if table.policy in ("UNIQUE", "ANY"):
        told += _overlaps(table, columns)
    walk = _Walk(table, columns)
    walk.go()
    return [*told, *walk.findings()]


def _columns(table: Table) -> list[_Column]:
    """Columns that ask the same question are one."""
    groups: dict[str, list[int]] = {}
    for place, one in enumerate(table.inputs):
        groups.setdefault(printed(one.expression.tree), []).append(place)
    return [_column(table, places) for places in groups.values()]


def _column(table: Table, places: list[int]) -> _Column:
    told: list[tuple[Input, Sequence[Cell]]] = [
        (table.inputs[place], [rule.cells[place] for rule in table.rules]) for place in places
    ]
    label = table.inputs[places[0]].label
    try:
        points = points_of(told)
    except NotCut as error:
        raise NotCut(f"列“{label}”中{error}") from error
    return _Column(label, points, [_passing(table, places, one.value) for one in points])


def _passing(table: Table, places: list[int], value: Value) -> int:
    scope, mask = Scope({}), 0
    for bit, rule in enumerate(table.rules):
        if all(_passes(rule.cells[place], value, scope) for place in places):
            mask |= 1 << bit
    return mask


def _passes(cell: Cell, value: Value, scope: Scope) -> bool:
    if cell.test is None:
        return True
    try:
        return cell.test(value, scope) is True
    except Mistaken:
        return False


def _overlaps(table: Table, columns: list[_Column]) -> list[Finding]:
    told: list[Finding] = []
    more = 0
    for first, second in combinations(range(len(table.rules)), 2):
        way = _together(columns, first, second)
        if way is None or not _disagree(table, first, second):
            continue
        if len(told) == MOST_OVERLAPS:
            more += 1
            continue
        rules = (first + 1, second + 1)
        what = f"规则 {rules[0]} 和 {rules[1]} 同时适用"
        told.append(_found(Kind.OVERLAP, table.rules[second].line, rules, columns, way, what))
    if more:
        told.append(Finding(Kind.OVERLAP, table.line, (), f"另有 {more} 对规则同时适用"))
    return told


def _together(columns: list[_Column], *rules: int) -> Way | None:
    """A case in which all of these fire."""
    way: list[Point] = []
    for column in columns:
        point = column.common(*rules)
        if point is None:
            return None
        way.append(point)
    return tuple(way)


def _disagree(table: Table, first: int, second: int) -> bool:
    """For ANY it does not matter that both fire where both say the same for certain."""
    if table.policy == "UNIQUE":
        return True
    sides = [table.rules[one].outputs for one in (first, second)]
    if not all(one.is_constant for side in sides for one in side):
        return [one.printed for one in sides[0]] != [one.printed for one in sides[1]]
    return not all(same(_value(one), _value(other)) for one, other in zip(*sides, strict=True))


def _found(
    kind: Kind, line: int, rules: tuple[int, ...], columns: list[_Column], way: Way, what: str
) -> Finding:
    tried = [(column.label, point) for column, point in zip(columns, way, strict=False)]
    words = [f"{label} {point.words}" for label, point in tried if point.words != ANYTHING]
    example = {label: point.value for label, point in tried}
    return Finding(kind, line, rules, f"{what}：{'，'.join(words) or '任何情况'}", example)


class _Walk:
    """Rules that can fire together, each such set with one case in which they do."""

    def __init__(self, table: Table, columns: list[_Column]):
        self._table, self._columns = table, columns
        self._sets: dict[int, Way] = {(1 << len(table.rules)) - 1: ()}
        self._gaps: list[Way] = [] if table.rules else [()]
        self._steps = 0

    @property
    def _is_complete(self) -> bool:
        return self._steps <= MOST_STEPS

    def go(self) -> None:
        for column in self._columns:
            after: dict[int, Way] = {}
            for mask, way in self._sets.items():
                self._steps += len(column.points)
                if not self._is_complete:
                    return
                for point, passing in zip(column.points, column.passing, strict=True):
                    self._step(after, mask & passing, (*way, point))
            self._sets = after

    def _step(self, after: dict[int, Way], mask: int, way: Way) -> None:
        if mask:
            after.setdefault(mask, way)
        elif len(self._gaps) < MOST_GAPS:
            self._gaps.append(way)

    def findings(self) -> Iterator[Finding]:
        table = self._table
        if table.policy in SINGLE and not any(one.default for one in table.outputs):
            for way in self._gaps:
                yield _found(Kind.GAP, table.line, (), self._columns, way, "没有规则适用")
        if not self._is_complete:
            told = "没有检查完遗漏：规则可以同时适用的情形太多"
            yield Finding(Kind.INCOMPLETE, table.line, (), told)
        yield from self._never()

    def _never(self) -> Iterator[Finding]:
        """Where the walk was given up, those alone that pass nowhere by themselves."""
        chosen = 0
        if self._is_complete:
            for mask in self._sets:
                chosen |= self._chosen(mask)
        else:
            for place in range(len(self._table.rules)):
                chosen |= 1 << place if _together(self._columns, place) is not None else 0
        for place, rule in enumerate(self._table.rules):
            if not chosen >> place & 1:
                told = f"规则 {rule.number} 永远不会用到"
                yield Finding(Kind.NEVER, rule.line, (rule.number,), told)

    def _chosen(self, mask: int) -> int:
        policy = self._table.policy
        if policy == "FIRST":
            return mask & -mask
        if policy == "PRIORITY" and (ranks := self._ranks):
            return 1 << min(_bits(mask), key=lambda bit: (ranks[bit], bit))
        return mask

    @cached_property
    def _ranks(self) -> list[tuple[int, ...]]:
        return _ranks(self._table)


def _outputs(table: Table) -> Iterator[Finding]:
    """Constants that the table's own list of output values does not hold."""
    for rule in table.rules:
        for column, expression in zip(table.outputs, rule.outputs, strict=True):
            if column.order and expression.is_constant and _value(expression) not in column.order:
                told = f"规则 {rule.number} 的输出 {expression.text} 不在允许的取值里"
                yield Finding(Kind.OUTPUT, rule.line, (rule.number,), told)


def _ranks(table: Table) -> list[tuple[int, ...]]:
    """Empty where an output is worked out and its rank known only then."""
    outputs = [one for rule in table.rules for one in rule.outputs]
    if table.policy not in RANKED or not all(one.is_constant for one in outputs):
        return []
    return [
        tuple(
            column.order.index(value) if value in column.order else len(column.order)
            for column, value in zip(table.outputs, map(_value, rule.outputs), strict=True)
            if column.order
        )
        for rule in table.rules
    ]


def _value(expression: Expression) -> Value:
    return expression.run(Scope({}))


def _bits(mask: int) -> list[int]:
    return [bit for bit in range(mask.bit_length()) if mask >> bit & 1]
