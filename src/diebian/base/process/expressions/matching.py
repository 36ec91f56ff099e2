"""Unary tests: does this value pass this cell? True, false, or null where it cannot be said."""

from collections.abc import Callable
from decimal import Decimal

from .refusals import Mistake, Mistaken
from .scope import Compiles, Scope, Test
from .tree import AnyOf, Comparing, Literal, Matching, Name, Node, RangeOf, children
from .values import Range, Value, before, bounded, either, equal, negated, same, within

Decide = Callable[[Value, Value], bool | None]


def compiled_tests(compiler: Compiles, tests: AnyOf) -> Test | None:
    """None where everything passes."""
    if not tests.tests:
        return None
    told = [_guarded(compiler, _test(compiler, one), one) for one in tests.tests]
    passed = told[0] if len(told) == 1 else _any(told)
    return _not(passed) if tests.is_negated else passed


def comparison(operator: str) -> Decide:
    return _DECIDE[operator]


def _guarded(compiler: Compiles, test: Test, node: Node) -> Test:
    def strictly(value: Value, scope: Scope) -> bool | None:
        try:
            return test(value, scope)
        except Mistake as error:
            raise Mistaken(f"{error}（第 {node.at + 1} 个字符处）") from error

    def as_null(value: Value, scope: Scope) -> bool | None:
        try:
            return test(value, scope)
        except Mistake:
            return None

    return strictly if compiler.is_strict else as_null


def _any(tests: list[Test]) -> Test:
    def passed(value: Value, scope: Scope) -> bool | None:
        told: bool | None = False
        for test in tests:
            told = either(told, test(value, scope))
            if told is True:
                return True
        return told

    return passed


def _not(test: Test) -> Test:
    return lambda value, scope: negated(test(value, scope))


def _test(compiler: Compiles, node: Node) -> Test:
    if isinstance(node, Comparing):
        return _comparing(compiler, node)
    if not isinstance(node, Matching):
        raise AssertionError(type(node).__name__)
    run = compiler.compile(node.with_)
    if asks_itself(node.with_):
        return lambda value, scope: _truth(run(scope.inner({"?": value})))
    if _is_number(node.with_):
        return _equals_number(run(Scope({})))
    if (
        isinstance(node.with_, RangeOf)
        and _is_number(node.with_.low)
        and _is_number(node.with_.high)
    ):
        return _in_numbers(run(Scope({})))
    if isinstance(node.with_, RangeOf):
        return lambda value, scope: None if (span := run(scope)) is None else matches(value, span)
    return lambda value, scope: matches(value, run(scope))


def _comparing(compiler: Compiles, node: Comparing) -> Test:
    run, decide = compiler.compile(node.with_), comparison(node.operator)
    if not _is_number(node.with_):
        return lambda value, scope: decide(value, run(scope))
    with_ = run(Scope({}))
    if quick := _QUICK.get(node.operator):
        return quick(with_, decide)
    return lambda value, _scope: decide(value, with_)


def matches(value: Value, told: Value) -> bool | None:
    """Whether a value is what is told, or in it."""
    if isinstance(told, Range) and not isinstance(value, Range):
        return within(value, told)
    if isinstance(told, list):
        return _in_list(value, told)
    return equal(value, told)


def _in_list(value: Value, told: list[Value]) -> bool:
    bounded(told)
    return any(_is_item(value, one) for one in told) or (
        isinstance(value, list) and _is_item(value, told)
    )


def _is_item(value: Value, one: Value) -> bool:
    if isinstance(one, Range) and not isinstance(value, Range):
        try:
            return within(value, one) is True
        except Mistake:  # a list of many kinds: this item is not meant
            return False
    return same(value, one)


def _truth(value: Value) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    raise Mistake("条件的结果应当是“是”或“否”")


def asks_itself(node: Node) -> bool:
    return node == Name("?") or any(asks_itself(child) for child in children(node))


def _is_number(node: Node) -> bool:
    return isinstance(node, Literal) and isinstance(node.value, Decimal)


def _equals_number(number: Decimal) -> Test:
    def passed(value: Value, _scope: Scope) -> bool | None:
        return bool(value == number) if type(value) is Decimal else equal(value, number)

    return passed


def _in_numbers(span: Range) -> Test:
    low, high, has_low, has_high = span.low, span.high, span.has_low, span.has_high

    def passed(value: Value, _scope: Scope) -> bool | None:
        if type(value) is not Decimal:
            return within(value, span)
        is_after = low <= value if has_low else low < value
        return bool(is_after and (value <= high if has_high else value < high))

    return passed


_DECIDE: dict[str, Decide] = {
    "=": equal,
    "!=": lambda left, right: negated(equal(left, right)),
    "<": before,
    ">": lambda left, right: before(right, left),
    "<=": lambda left, right: _or_same(before(left, right), left, right),
    ">=": lambda left, right: _or_same(before(right, left), left, right),
}


def _or_same(is_before: bool | None, left: Value, right: Value) -> bool | None:
    return is_before if is_before is None else is_before or equal(left, right)


_QUICK: dict[str, Callable[[Decimal, Decide], Test]] = {
    "<": lambda number, decide: (
        lambda value, _: value < number if type(value) is Decimal else decide(value, number)
    ),
    "<=": lambda number, decide: (
        lambda value, _: value <= number if type(value) is Decimal else decide(value, number)
    ),
    ">": lambda number, decide: (
        lambda value, _: value > number if type(value) is Decimal else decide(value, number)
    ),
    ">=": lambda number, decide: (
        lambda value, _: value >= number if type(value) is Decimal else decide(value, number)
    ),
}
