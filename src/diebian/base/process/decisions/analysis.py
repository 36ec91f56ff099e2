"""What is wrong with a table before anybody is decided about by it.

Every column is cut into points (`columns`); then the sets of rules that can fire together are
carried from column to column. Sets that were met before are not carried twice, so the work grows
with the number of different sets and not with the number of combinations.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from diebian.base.process.expressions.expression import Cell, Expression
from diebian.base.process.expressions.printing import printed
from diebian.base.process.expressions.refusals import Mistaken
from diebian.base.process.expressions.scope import Scope
from diebian.base.process.expressions.values import Value, same

from .columns import ANYTHING, NotCut, Point, points_of
from .hitting import RANKED, SINGLE
from .tables import Input, Table

MOST_SETS = 20_000
MOST_GAPS = 5


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
    label: str
    points: list[tuple[Point, int]]  # with the rules that pass there, one bit each


Way = tuple[Point, ...]


def analysed(table: Table) -> list[Finding]:
    told = list(_outputs(table))
    try:
        columns = _columns(table)
    except NotCut as error:
        return [*told, Finding(Kind.INCOMPLETE, table.line, (), f"没有检查重叠和遗漏：{error}")]
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
    return _Column(label, [(one, _passing(table, places, one.value)) for one in points])


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


class _Walk:
    def __init__(self, table: Table, columns: list[_Column]):
        self._table, self._columns = table, columns
        self._sets: dict[int, Way] = {}
        self._gaps: list[Way] = []
        self._is_complete = True

    def go(self) -> None:
        """Rules that can fire together, each such set with one case in which they do."""
        sets: dict[int, Way] = {(1 << len(self._table.rules)) - 1: ()}
        for column in self._columns:
            after: dict[int, Way] = {}
            for mask, way in sets.items():
                for point, passing in column.points:
                    self._step(after, mask & passing, (*way, point))
            if len(after) > MOST_SETS:
                self._is_complete = False
                after = dict(list(after.items())[:MOST_SETS])
            sets = after
        if not self._columns and not self._table.rules:
            self._gaps.append(())
        self._sets = sets

    def _step(self, after: dict[int, Way], mask: int, way: Way) -> None:
        if mask:
            after.setdefault(mask, way)
        elif len(self._gaps) < MOST_GAPS:
            self._gaps.append(way)

    def findings(self) -> Iterator[Finding]:
        table = self._table
        if table.policy in ("UNIQUE", "ANY"):
            yield from self._overlaps()
        if table.policy in SINGLE and not any(one.default for one in table.outputs):
            for way in self._gaps:
                yield self._found(Kind.GAP, table.line, (), way, "没有规则适用")
        if not self._is_complete:
            told = f"没有检查完：规则的组合多于 {MOST_SETS} 种"
            yield Finding(Kind.INCOMPLETE, table.line, (), told)
            return
        yield from self._never()

    def _overlaps(self) -> Iterator[Finding]:
        seen: set[tuple[int, int]] = set()
        for mask, way in self._sets.items():
            bits = _bits(mask)
            for place, first in enumerate(bits):
                for second in bits[place + 1 :]:
                    if (first, second) not in seen and self._disagree(first, second):
                        seen.add((first, second))
                        rules = (first + 1, second + 1)
                        told = f"规则 {rules[0]} 和 {rules[1]} 同时适用"
                        line = self._table.rules[second].line
                        yield self._found(Kind.OVERLAP, line, rules, way, told)

    def _disagree(self, first: int, second: int) -> bool:
        """For ANY it does not matter that both fire where both say the same for certain."""
        if self._table.policy == "UNIQUE":
            return True
        sides = [self._table.rules[one].outputs for one in (first, second)]
        if not all(one.is_constant for side in sides for one in side):
            return [one.printed for one in sides[0]] != [one.printed for one in sides[1]]
        return not all(same(_value(one), _value(other)) for one, other in zip(*sides, strict=True))

    def _never(self) -> Iterator[Finding]:
        chosen = 0
        for mask in self._sets:
            chosen |= self._chosen(mask)
        for place, rule in enumerate(self._table.rules):
            if not chosen >> place & 1:
                told = f"规则 {rule.number} 永远不会用到"
                yield Finding(Kind.NEVER, rule.line, (rule.number,), told)

    def _chosen(self, mask: int) -> int:
        policy = self._table.policy
        if policy == "FIRST":
            return mask & -mask
        if policy == "PRIORITY" and (ranks := _ranks(self._table)):
            return 1 << min(_bits(mask), key=lambda bit: (ranks[bit], bit))
        return mask

    def _found(self, kind: Kind, line: int, rules: tuple[int, ...], way: Way, what: str) -> Finding:
        labels = [one.label for one in self._columns]
        words = [
            f"{label} {point.words}"
            for label, point in zip(labels, way, strict=False)
            if point.words != ANYTHING
        ]
        example = {label: point.value for label, point in zip(labels, way, strict=False)}
        return Finding(kind, line, rules, f"{what}：{'，'.join(words) or '任何情况'}", example)


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
