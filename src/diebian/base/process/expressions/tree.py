"""What an expression is once it is read. `at`: where it stands in the text, no part of equality."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields

from .values import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    at: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A number, a text, true, false, null, or a date and the like behind @."""

    value: Value


@dataclass(frozen=True, slots=True)
class Name(Node):
    """`is_member`: nobody declared it and it stands in a filter, so it is of the item there."""

    name: str
    is_member: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class FunctionName(Node):
    """Of a function of FEEL itself, where the data holds nothing of that name."""

    name: str


@dataclass(frozen=True, slots=True)
class Path(Node):
    of: Node
    member: str


@dataclass(frozen=True, slots=True)
class Filter(Node):
    of: Node
    by: Node


@dataclass(frozen=True, slots=True)
class Argument(Node):
    """`name` is empty where arguments are told by their order."""

    name: str
    value: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    of: Node
    arguments: tuple[Argument, ...]


@dataclass(frozen=True, slots=True)
class Negative(Node):
    of: Node


@dataclass(frozen=True, slots=True)
class Binary(Node):
    """Of two sides: + - * / ** and or = != < <= > >=."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Between(Node):
    of: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class Comparing(Node):
    """A unary test that begins with its operator: < 5."""

    operator: str
    with_: Node


@dataclass(frozen=True, slots=True)
class Matching(Node):
    """A unary test that is a value, a range, a list, or a condition about `?`."""

    with_: Node


@dataclass(frozen=True, slots=True)
class AnyOf(Node):
    """Any of them. Without any, everything passes: that is what "-" says."""

    tests: tuple[Node, ...]
    is_negated: bool = False


@dataclass(frozen=True, slots=True)
class In(Node):
    of: Node
    tests: AnyOf


@dataclass(frozen=True, slots=True)
class Type(Node):
    """`parts`: what a list, range, context or function is of."""

    name: str
    parts: tuple["Type", ...] = ()
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    of: Node
    type: Type


@dataclass(frozen=True, slots=True)
class If(Node):
    condition: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Iteration(Node):
    """`to` where a span of whole numbers or days is walked."""

    name: str
    over: Node
    to: Node | None = None


@dataclass(frozen=True, slots=True)
class For(Node):
    iterations: tuple[Iteration, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    is_every: bool
    iterations: tuple[Iteration, ...]
    condition: Node


@dataclass(frozen=True, slots=True)
class ListOf(Node):
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Entry(Node):
    name: str
    value: Node


@dataclass(frozen=True, slots=True)
class ContextOf(Node):
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class RangeOf(Node):
    low: Node
    high: Node
    has_low: bool = True
    has_high: bool = True


@dataclass(frozen=True, slots=True)
class Parameter(Node):
    name: str
    type: Type | None = None


@dataclass(frozen=True, slots=True)
class FunctionOf(Node):
    parameters: tuple[Parameter, ...]
    body: Node


@dataclass(frozen=True, slots=True, eq=False)
class Ready(Node):
    """Logic that was not written in FEEL and is asked like an expression: a table in a context."""

    run: Callable[..., Value]
    names: frozenset[str]


def children(node: Node) -> Iterator[Node]:
    for part in fields(node):
        value = getattr(node, part.name)
        if isinstance(value, Node):
            yield value
        elif isinstance(value, tuple):
            yield from (one for one in value if isinstance(one, Node))


def depth(root: Node) -> int:
    """How deep it is nested. Without recursion: what is too deep must be told, not fallen over."""
    deepest, waiting = 0, [(root, 1)]
    while waiting:
        node, level = waiting.pop()
        deepest = max(deepest, level)
        waiting += [(child, level + 1) for child in children(node)]
    return deepest
