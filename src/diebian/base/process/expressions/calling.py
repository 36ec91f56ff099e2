"""Functions: those of FEEL itself, those that an expression makes, and calling either."""

from collections.abc import Sequence

from .functions import BUILT_IN, BuiltIn
from .kinds import conforms
from .refusals import Mistake, TooMuch
from .scope import MOST_CALLS, Compiles, Run, Scope
from .tree import Call, FunctionName, FunctionOf, Name
from .values import Function, Value


def compiled_function_name(_: Compiles, node: FunctionName) -> Run:
    function = _as_function(BUILT_IN[node.name])
    return lambda _scope: function


def compiled_function(compiler: Compiles, node: FunctionOf) -> Run:
    body = compiler.compile(node.body)
    names = tuple(one.name for one in node.parameters)
    types = [one.type for one in node.parameters]

    def run(scope: Scope) -> Value:
        def called(values: Sequence[Value]) -> Value:
            if len(values) != len(names):
                raise Mistake("函数的参数个数不对")
            if not all(map(conforms, values, types)):
                raise Mistake("函数的参数不是所要求的类型")
            return _in_call(scope, body, dict(zip(names, values, strict=True)))

        return Function(names, called)

    return run


def _in_call(scope: Scope, body: Run, values: dict[str, Value]) -> Value:
    """Runs a function's body: functions that call themselves come to an end."""
    work = scope.work
    work.spend()
    work.calls += 1
    if work.calls > MOST_CALLS:
        raise TooMuch(f"函数相互调用超过 {MOST_CALLS} 层")
    try:
        return body(scope.inner(values))
    finally:
        work.calls -= 1


def compiled_call(compiler: Compiles, node: Call) -> Run:
    values = [compiler.compile(one.value) for one in node.arguments]
    names = (
        [one.name for one in node.arguments] if node.arguments and node.arguments[0].name else None
    )
    built_in = BUILT_IN.get(node.of.name) if isinstance(node.of, Name | FunctionName) else None
    of = compiler.compile(node.of)

    def run(scope: Scope) -> Value:
        function = scope.get(built_in.name) if built_in else of(scope)
        told = [value(scope) for value in values]
        scope.work.spend(1 + sum(len(one) for one in told if isinstance(one, list)))
        if built_in and not _is_own(function, built_in):
            return built_in.call(told, names)
        if not isinstance(function, Function):
            raise Mistake("不是函数，不能调用")
        return function.run(_ordered(function, told, names))

    return compiler.guarded(run, node)


def _is_own(function: Value, built_in: BuiltIn) -> bool:
    """The data holds a function of the same name, which then is meant. What else it may hold
    under that name (a field `count`) is not.
    """
    return isinstance(function, Function) and function.name != built_in.name


def _ordered(function: Function, values: list[Value], names: list[str] | None) -> list[Value]:
    if names is None:
        return values
    if sorted(names) != sorted(function.parameters):
        raise Mistake("函数没有这样名称的参数")
    by_name = dict(zip(names, values, strict=True))
    return [by_name[name] for name in function.parameters]


def _as_function(built_in: BuiltIn) -> Function:
    longest = max(built_in.signatures, key=lambda one: len(one.parameters))
    names = tuple(one.name for one in longest.parameters)
    return Function(names, built_in.call, built_in.name)
