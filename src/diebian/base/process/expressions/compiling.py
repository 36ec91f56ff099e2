"""Tree → closure. What is constant is worked out here, once."""

from collections.abc import Callable
from typing import Any

from .calling import compiled_call, compiled_function, compiled_function_name
from .iterating import compiled_filter, compiled_for, compiled_quantified
from .kinds import is_of
from .matching import comparison, compiled_tests
from .naming import is_foldable
from .operations import negative, operate
from .properties import property_of
from .refusals import Mistake, Mistaken, OutOfReach, Refused, TooMuch, Unknown
from .scope import Run, Scope, Semantics
from .tree import (
    Between,
    Binary,
    Call,
    Comparing,
    ContextOf,
    Filter,
    For,
    FunctionName,
    FunctionOf,
    If,
    In,
    InstanceOf,
    ListOf,
    Literal,
    Name,
    Negative,
    Node,
    Path,
    Quantified,
    RangeOf,
    Ready,
)
from .values import (
    Range,
    Value,
    both,
    either,
    in_chinese,
    kind_of,
    within,
)


class Compiler:
    def __init__(self, semantics: Semantics):
        self.is_strict = semantics is Semantics.STRICT

    def compile(self, node: Node) -> Run:
        run = _COMPILE[type(node)](self, node)
        return run if isinstance(node, Literal | FunctionOf) else self._once(run, node)

    def _once(self, run: Run, node: Node) -> Run:
        """Constant where it reads no name. What goes wrong then would always go wrong."""
        if isinstance(node, Name | FunctionName) or not is_foldable(node):
            return run
        try:
            value = run(Scope({}))
        except (Mistaken, TooMuch, OutOfReach, Unknown) as error:
            raise Refused(error.told) from error
        return lambda _scope: value

    def guarded(self, run: Run, node: Node) -> Run:
        def strictly(scope: Scope) -> Value:
            try:
                return run(scope)
            except Mistake as error:
                raise Mistaken(f"{error}（第 {node.at + 1} 个字符处）") from error

        def as_null(scope: Scope) -> Value:
            try:
                return run(scope)
            except Mistake:
                return None

        return strictly if self.is_strict else as_null


def _literal(_: Compiler, node: Literal) -> Run:
    value = node.value
    return lambda _scope: value


def _name(compiler: Compiler, node: Name) -> Run:
    name = node.name
    if not compiler.is_strict:
        return lambda scope: scope.get(name)

    def run(scope: Scope) -> Value:
        try:
            return scope[name]
        except KeyError:
            raise Unknown(name) from None

    return run


def _path(compiler: Compiler, node: Path) -> Run:
    of, name = compiler.compile(node.of), node.member

    def run(scope: Scope) -> Value:
        value = of(scope)
        if isinstance(value, list):
            return [member(one) for one in value]
        return member(value)

    def member(value: Value) -> Value:
        if value is None:
            return None
        if isinstance(value, dict):
            if name in value:
                return value[name]
            if compiler.is_strict:
                raise Unknown(name)
            return None
        if read := property_of(value, name):
            return read(value)
        raise Mistake(f"{in_chinese(value)}没有“{name}”")

    return compiler.guarded(run, node)


def _negative(compiler: Compiler, node: Negative) -> Run:
    of = compiler.compile(node.of)
    return compiler.guarded(lambda scope: negative(of(scope)), node)


def _binary(compiler: Compiler, node: Binary) -> Run:
    left, right, operator = compiler.compile(node.left), compiler.compile(node.right), node.operator
    if operator in ("and", "or"):
        join, decides = (both, False) if operator == "and" else (either, True)

        def logic(scope: Scope) -> Value:
            first = _truth(compiler, left(scope))
            return first if first is decides else join(first, _truth(compiler, right(scope)))

        return compiler.guarded(logic, node)
    if operator in ("+", "-", "*", "/", "**"):
        return compiler.guarded(lambda scope: operate(operator, left(scope), right(scope)), node)
    decide = comparison(operator)
    return compiler.guarded(lambda scope: decide(left(scope), right(scope)), node)


def _truth(compiler: Compiler, value: Value) -> bool | None:
    """By the standard, what is neither true nor false counts as null."""
    if isinstance(value, bool) or value is None:
        return value
    if compiler.is_strict:
        raise Mistake(f"{in_chinese(value)}不是“是”或“否”")
    return None


def _between(compiler: Compiler, node: Between) -> Run:
    of, low, high = map(compiler.compile, (node.of, node.low, node.high))

    def run(scope: Scope) -> Value:
        value, begun, ended = of(scope), low(scope), high(scope)
        if begun is None or ended is None:
            return None
        return within(value, Range(begun, ended))

    return compiler.guarded(run, node)


def _in(compiler: Compiler, node: In) -> Run:
    of, test = compiler.compile(node.of), compiled_tests(compiler, node.tests)
    if test is None:
        raise AssertionError("`in` always has something to be in")
    return lambda scope: test(of(scope), scope)


def _instance_of(compiler: Compiler, node: InstanceOf) -> Run:
    of = compiler.compile(node.of)
    return lambda scope: is_of(of(scope), node.type)


def _if(compiler: Compiler, node: If) -> Run:
    condition, then, otherwise = map(compiler.compile, (node.condition, node.then, node.otherwise))

    def run(scope: Scope) -> Value:
        answer = condition(scope)
        if answer is not None and not isinstance(answer, bool):
            raise Mistake(f"{in_chinese(answer)}不是“是”或“否”")
        return then(scope) if answer else otherwise(scope)

    return compiler.guarded(run, node)


def _list(compiler: Compiler, node: ListOf) -> Run:
    items = [compiler.compile(one) for one in node.items]
    return lambda scope: [item(scope) for item in items]


def _context(compiler: Compiler, node: ContextOf) -> Run:
    entries = [(one.name, compiler.compile(one.value)) for one in node.entries]

    def run(scope: Scope) -> Value:
        told: dict[str, Value] = {}
        inner = scope.inner({})
        for name, entry in entries:
            told[name] = inner[name] = entry(inner)
        return told

    return run


def _range(compiler: Compiler, node: RangeOf) -> Run:
    low, high = compiler.compile(node.low), compiler.compile(node.high)

    def run(scope: Scope) -> Value:
        begun, ended = low(scope), high(scope)
        if begun is None or ended is None:
            return None
        if kind_of(begun) != kind_of(ended):
            raise Mistake("区间的两端不是同一类")
        return Range(begun, ended, node.has_low, node.has_high)

    return compiler.guarded(run, node)


def _half_range(compiler: Compiler, node: Comparing) -> Run:
    """(< 5) as a value: open to one side for ever."""
    end, operator = compiler.compile(node.with_), node.operator
    has_end = operator in ("<=", ">=")

    def run(scope: Scope) -> Value:
        value = end(scope)
        if value is None:
            return None
        if operator.startswith("<"):
            return Range(None, value, has_low=False, has_high=has_end)
        return Range(value, None, has_low=has_end, has_high=False)

    return run


_COMPILE: dict[type[Node], Callable[[Compiler, Any], Run]] = {
    Literal: _literal, Name: _name, FunctionName: compiled_function_name, Path: _path,
    Negative: _negative, Binary: _binary,
    Between: _between, In: _in, InstanceOf: _instance_of, If: _if, ListOf: _list,
    ContextOf: _context, RangeOf: _range, Comparing: _half_range, FunctionOf: compiled_function,
    Call: compiled_call, For: compiled_for, Quantified: compiled_quantified,
    Filter: compiled_filter,
    Ready: lambda _compiler, node: node.run,
}  # fmt: skip
