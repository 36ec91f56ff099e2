"""Trees and values as text again. What is printed reads back to the same tree."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from .refusals import TooMuch
from .scanning import LOOSE
from .temporal import printed as printed_moment
from .tree import (
    AnyOf,
    Argument,
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
    Iteration,
    ListOf,
    Literal,
    Matching,
    Name,
    Negative,
    Node,
    Path,
    Quantified,
    RangeOf,
    Type,
)
from .values import Function, Months, Range, Value, bounded

LONGEST = 10_000


def printed_value(value: Value) -> str:
    """As `string()` gives it: texts stand in quotes only within something else."""
    told = value if isinstance(value, str) else _inner(bounded(value))
    if len(told) > LONGEST:
        raise TooMuch(f"文字长于 {LONGEST} 个字")
    return told


def _inner(value: Value) -> str:  # noqa: PLR0911 - a line for each kind
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case Decimal():
            return _number(value)
        case str():
            return quoted(value)
        case list():
            return f"[{', '.join(map(_inner, value))}]"
        case dict():
            told = (f"{_key(name)}: {_inner(one)}" for name, one in value.items())
            return "{" + ", ".join(told) + "}"
        case Range():
            ends = f"{_inner(value.low)}..{_inner(value.high)}"
            return f"{'[' if value.has_low else '('}{ends}{']' if value.has_high else ')'}"
        case Function():
            return f"function {value.name}({', '.join(value.parameters)})"
    return printed_moment(value)


def _key(name: str) -> str:
    return name if LOOSE.fullmatch(name) else quoted(name)


def _number(value: Decimal) -> str:
    told = format(value, "f")
    return told.rstrip("0").rstrip(".") if "." in told else told


def quoted(text: str) -> str:
    told = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + told.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t") + '"'


def printed(node: Node) -> str:  # noqa: C901, PLR0911, PLR0912 - one line for each kind of node
    """With a bracket around each part that is put together: nothing hangs on strength."""
    match node:
        case Literal():
            return _literal(node.value)
        case Name() | FunctionName():
            return node.name
        case Path():
            return f"{_part(node.of)}.{node.member}"
        case Filter():
            return f"{_part(node.of)}[{printed(node.by)}]"
        case Call():
            return f"{_part(node.of)}({', '.join(map(_argument, node.arguments))})"
        case Negative():
            return f"-{_part(node.of)}"
        case Binary():
            return f"{_part(node.left)} {node.operator} {_part(node.right)}"
        case Between():
            return f"{_part(node.of)} between {_part(node.low)} and {_part(node.high)}"
        case In():
            return f"{_part(node.of)} in ({printed_tests(node.tests)})"
        case InstanceOf():
            return f"{_part(node.of)} instance of {_type(node.type)}"
        case If():
            then, otherwise = _part(node.then), _part(node.otherwise)
            return f"if {_part(node.condition)} then {then} else {otherwise}"
        case For():
            return f"for {_iterations(node.iterations)} return {_part(node.body)}"
        case Quantified():
            word = "every" if node.is_every else "some"
            return f"{word} {_iterations(node.iterations)} satisfies {_part(node.condition)}"
        case ListOf():
            return f"[{', '.join(map(printed, node.items))}]"
        case ContextOf():
            told = (f"{quoted(one.name)}: {printed(one.value)}" for one in node.entries)
            return "{" + ", ".join(told) + "}"
        case RangeOf():
            opened, closed = "[" if node.has_low else "(", "]" if node.has_high else ")"
            return f"{opened}{_end(node.low)}..{_end(node.high)}{closed}"
        case Comparing():
            return f"({node.operator} {_part(node.with_)})"
        case FunctionOf():
            told = (
                one.name + (f": {_type(one.type)}" if one.type else "") for one in node.parameters
            )
            return f"function({', '.join(told)}) {_part(node.body)}"
    raise AssertionError(type(node).__name__)


def printed_tests(tests: AnyOf) -> str:
    told = ", ".join(map(_test, tests.tests)) or "-"
    return f"not({told})" if tests.is_negated else told


def _test(test: Node) -> str:
    if isinstance(test, Comparing):
        return f"{test.operator} {_part(test.with_)}"
    return _part(test.with_) if isinstance(test, Matching) else printed(test)


def _part(node: Node) -> str:
    told = printed(node)
    is_whole = isinstance(
        node,
        Literal
        | Name
        | FunctionName
        | Path
        | Filter
        | Call
        | ListOf
        | ContextOf
        | RangeOf
        | Comparing,
    )
    return told if is_whole else f"({told})"


def _end(node: Node) -> str:
    """A range ends at a bracket, so nothing may stand there that has one behind it."""
    return printed(node) if isinstance(node, Literal | Name) else f"({printed(node)})"


def _literal(value: Value) -> str:
    if isinstance(value, date | datetime | time | timedelta | Months):
        return f'@"{printed_moment(value)}"'
    return str(value) if isinstance(value, Decimal) else _inner(value)


def _argument(argument: Argument) -> str:
    told = printed(argument.value)
    return f"{argument.name}: {told}" if argument.name else told


def _iterations(iterations: tuple[Iteration, ...]) -> str:
    return ", ".join(
        f"{one.name} in {_part(one.over)}" + (f"..{_part(one.to)}" if one.to else "")
        for one in iterations
    )


def _type(type_: Type) -> str:
    if type_.name == "function":
        return f"function<{', '.join(map(_type, type_.parts[:-1]))}>->{_type(type_.parts[-1])}"
    if type_.name == "context" and type_.members:
        told = (
            f"{name}: {_type(one)}" for name, one in zip(type_.members, type_.parts, strict=True)
        )
        return f"context<{', '.join(told)}>"
    return type_.name + (f"<{', '.join(map(_type, type_.parts))}>" if type_.parts else "")
