"""Decision tables: read from a file, and asked."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import TypedDict

from diebian.base.process.expressions.expression import Cell, Expression, read, read_cell
from diebian.base.process.expressions.refusals import Mistake
from diebian.base.process.expressions.scope import Scope, Semantics, Test
from diebian.base.process.expressions.tree import ListOf, Literal, Matching
from diebian.base.process.expressions.values import Value
from diebian.base.process.tags import Tag

from .datatypes import ANY, DataType, fitted
from .document import Document, name_of
from .hitting import AGGREGATE, CHOOSE, RANKED, SINGLE, Hit
from .refusals import ManyRules, NoRule, NotAllowed


@dataclass(frozen=True)
class Fired:
    """Evidence: which rules of which table made the value. `keys` are the ids of the rules."""

    decision: str
    line: int
    rules: tuple[int, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Input:
    label: str
    expression: Expression
    allowed: Cell | None
    type: DataType


@dataclass(frozen=True)
class Output:
    name: str
    type: DataType
    order: tuple[Value, ...] = ()
    default: Expression | None = None


@dataclass(frozen=True)
class Rule:
    number: int
    key: str
    line: int
    cells: tuple[Cell, ...]
    outputs: tuple[Expression, ...]


@dataclass(frozen=True)
class Table:
    owner: str
    line: int
    key: str
    policy: str
    aggregation: str
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]
    is_strict: bool = True
    _tests: tuple[tuple[tuple[int, Test], ...], ...] = field(default=(), repr=False, compare=False)

    def __post_init__(self) -> None:
        """What passes everything is not asked at all."""
        tests = tuple(
            tuple((place, cell.test) for place, cell in enumerate(rule.cells) if cell.test)
            for rule in self.rules
        )
        object.__setattr__(self, "_tests", tests)

    @property
    def names(self) -> frozenset[str]:
        told = [one.expression.names for one in self.inputs]
        told += [cell.names for rule in self.rules for cell in rule.cells]
        told += [one.names for rule in self.rules for one in rule.outputs]
        told += [one.default.names for one in self.outputs if one.default]
        return frozenset().union(*told)

    def run(self, scope: Scope) -> Value:
        try:
            return self._decided(scope)
        except (ManyRules, NoRule, NotAllowed):
            if self.is_strict:
                raise
            return None

    def _decided(self, scope: Scope) -> Value:
        values = [self._asked(one, scope) for one in self.inputs]
        hits = [self._hit(place, scope) for place in self._fired(values, scope)]
        if not hits:
            return self._default(scope)
        heard = CHOOSE[self.policy](hits)
        self._note(scope, heard)
        told = [hit.value for hit in heard]
        if self.aggregation:
            return AGGREGATE[self.aggregation](told)
        return told[0] if self.policy in SINGLE else told

    def _asked(self, column: Input, scope: Scope) -> Value:
        value = column.expression.run(scope)
        test = column.allowed.test if column.allowed else None
        if column.allowed and test and value is not None and test(value, scope) is not True:
            raise NotAllowed(f"“{column.label}”只能是 {column.allowed.text}")
        return value

    def _fired(self, values: list[Value], scope: Scope) -> list[int]:
        told = []
        is_first = self.policy == "FIRST"
        for place, tests in enumerate(self._tests):
            for column, test in tests:
                if test(values[column], scope) is not True:
                    break
            else:
                told.append(place)
                if is_first:
                    break
        return told

    def _hit(self, place: int, scope: Scope) -> Hit:
        rule = self.rules[place]
        columns = list(zip(self.outputs, rule.outputs, strict=True))
        told = [self._output(one, expression, scope) for one, expression in columns]
        pairs = zip(told, self.outputs, strict=True)
        rank = tuple(_rank(value, one) for value, one in pairs if one.order)
        return Hit(rule.number, self._together(told), rank)

    def _output(self, output: Output, expression: Expression, scope: Scope) -> Value:
        value = expression.run(scope)
        if output.type is ANY:
            return value
        try:
            return fitted(value, output.type)
        except Mistake as error:
            raise NotAllowed(f"输出“{output.name or self.owner}”：{error}") from error

    def _default(self, scope: Scope) -> Value:
        if any(one.default for one in self.outputs):
            self._note(scope, [])
            told = [one.default.run(scope) if one.default else None for one in self.outputs]
            value = self._together(told)
            return value if self.policy in SINGLE or self.aggregation else [value]
        if self.aggregation == "COUNT":
            return AGGREGATE["COUNT"]([])
        if self.policy in SINGLE:
            raise NoRule(f"“{self.owner}”")
        return None if self.aggregation else []

    def _together(self, values: list[Value]) -> Value:
        if len(values) == 1:
            return values[0]
        return {one.name: value for one, value in zip(self.outputs, values, strict=True)}

    def _note(self, scope: Scope, heard: list[Hit]) -> None:
        numbers = tuple(hit.number for hit in heard)
        keys = tuple(self.rules[number - 1].key for number in numbers)
        scope.work.notes.append(Fired(self.owner, self.line, numbers, keys))


def _rank(value: Value, output: Output) -> int:
    return output.order.index(value) if value in output.order else len(output.order)


class Known(TypedDict):
    """What a cell may read, told to `expressions`."""

    names: Collection[str]
    members: Collection[str]
    is_closed: bool
    semantics: Semantics


class TableReader:
    """`names`: what cells may read."""

    def __init__(
        self,
        document: Document,
        semantics: Semantics,
        names: Collection[str],
        types: Callable[[Tag], DataType],
    ):
        self._document, self._types = document, types
        self._is_strict = semantics is Semantics.STRICT
        self._known = Known(
            names=names, members=document.members, is_closed=True, semantics=semantics
        )

    def read(self, tag: Tag, owner: str) -> Table | None:
        """None where something was refused."""
        before = len(self._document.problems)
        self._document.parts(tag, "input", "output", "rule")
        policy = tag.attributes.get("hitPolicy", "UNIQUE")
        aggregation = tag.attributes.get("aggregation", "")
        inputs = tuple(filter(None, map(self._input, tag.named("input"))))
        outputs = tuple(map(self._output, tag.named("output")))
        told = [self._rule(*one) for one in enumerate(tag.named("rule"), 1)]
        rules = tuple(filter(None, told))
        self._check(tag, policy, aggregation, outputs)
        for one, rule in zip(tag.named("rule"), told, strict=True):
            if rule and (len(rule.cells), len(rule.outputs)) != (len(inputs), len(outputs)):
                self._document.refuse(one, "规则的格数和表的列数不同")
        if len(self._document.problems) > before:
            return None
        columns = (inputs, outputs, rules)
        return Table(owner, tag.line, tag.key, policy, aggregation, *columns, self._is_strict)

    def _check(self, tag: Tag, policy: str, aggregation: str, outputs: tuple[Output, ...]) -> None:
        if policy not in CHOOSE:
            self._document.refuse(tag, f"不认识的命中策略 {policy}")
        if aggregation and (aggregation not in AGGREGATE or policy != "COLLECT"):
            self._document.refuse(tag, f"{policy} 不能汇总为 {aggregation}")
        if aggregation and len(outputs) != 1:
            self._document.refuse(tag, "只有一列输出才能汇总")
        if policy in RANKED and not any(one.order for one in outputs):
            self._document.refuse(tag, f"{policy} 要有输出值的次序（outputValues）")
        if not outputs:
            self._document.refuse(tag, "表没有输出列")
        if len(outputs) > 1 and len({one.name for one in outputs} - {""}) != len(outputs):
            self._document.refuse(tag, "每一列输出都要有自己的名称")

    def _input(self, tag: Tag) -> Input | None:
        self._document.parts(tag, "inputExpression", "inputValues")
        asked = tag.first("inputExpression")
        if asked is None:
            self._document.refuse(tag, "输入列没有表达式")
            return None
        allowed = tag.first("inputValues")
        has_text = allowed is not None and self._document.text_of(allowed)
        cell = self._cell(allowed) if allowed is not None and has_text else None
        expression = self._expression(asked)
        label = tag.attributes.get("label", "").strip() or self._document.text_of(asked)
        return Input(label, expression, cell, self._types(asked)) if expression else None

    def _output(self, tag: Tag) -> Output:
        self._document.parts(tag, "outputValues", "defaultOutputEntry")
        told, default = tag.first("outputValues"), tag.first("defaultOutputEntry")
        order = self._order(told) if told is not None and self._document.text_of(told) else ()
        expression = None
        if default is not None and self._document.text_of(default):
            expression = self._expression(default)
        return Output(name_of(tag), self._types(tag), order, expression)

    def _order(self, tag: Tag) -> tuple[Value, ...]:
        """Values one after another: read like the tests that they are, taken as an order."""
        cell = self._cell(tag)
        values = [one.with_ for one in cell.tree.tests if isinstance(one, Matching)] if cell else []
        if cell and (len(values) != len(cell.tree.tests) or cell.tree.is_negated):
            return ()  # a range is no order
        if not all(isinstance(one, Literal | ListOf) for one in values):
            return ()
        return tuple(one.value for one in values if isinstance(one, Literal))

    def _rule(self, number: int, tag: Tag) -> Rule | None:
        self._document.parts(tag, "inputEntry", "outputEntry")
        cells = [self._cell(one) for one in tag.named("inputEntry")]
        outputs = [self._expression(one) for one in tag.named("outputEntry")]
        if None in cells or None in outputs:
            return None
        kept = tuple(filter(None, cells)), tuple(filter(None, outputs))
        return Rule(number, tag.key, tag.line, *kept)

    def _cell(self, tag: Tag) -> Cell | None:
        self._document.parts(tag, "text")
        text = self._document.text_of(tag)
        return self._document.tried(tag, lambda: read_cell(text, **self._known))

    def _expression(self, tag: Tag) -> Expression | None:
        self._document.parts(tag, "text")
        text = self._document.text_of(tag)
        return self._document.tried(tag, lambda: read(text, **self._known))
