"""Which names of the data an expression reads."""

from collections.abc import Iterator
from functools import singledispatch

from .tree import (
    Call,
    ContextOf,
    Filter,
    For,
    FunctionOf,
    Iteration,
    Name,
    Node,
    Path,
    Quantified,
    Ready,
    children,
)

Bound = frozenset[str]
EVERYWHERE: Bound = frozenset({"?"})


def free_names(root: Node, bound: Bound = EVERYWHERE) -> frozenset[str]:
    """Of a path its first name alone. Members that a filter asks of its items are not meant,
    where it was told at reading which names the data may hold.
    """
    return frozenset(_names(root, bound))


def is_foldable(root: Node) -> bool:
    """Always of one value, and nothing is lost by not asking again: a table leaves evidence."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Ready) or (isinstance(node, Name) and node.is_member):
            return False
        waiting.extend(children(node))
    return not free_names(root, frozenset())


def free_paths(root: Node, names: frozenset[str]) -> frozenset[tuple[str, ...]]:
    """The same with the members that are asked of each: `applicant.age` as a pair."""
    return frozenset(_paths(root, names))


def _paths(node: Node, names: frozenset[str]) -> Iterator[tuple[str, ...]]:
    if path := _path_of(node):
        if path[0] in names:
            yield path
        return
    for child in children(node):
        yield from _paths(child, names)


def _path_of(node: Node) -> tuple[str, ...]:
    members: list[str] = []
    while isinstance(node, Path):
        members.append(node.member)
        node = node.of
    return (node.name, *reversed(members)) if isinstance(node, Name) else ()


@singledispatch
def _names(node: Node, bound: Bound) -> Iterator[str]:
    for child in children(node):
        yield from _names(child, bound)


@_names.register
def _name(node: Name, bound: Bound) -> Iterator[str]:
    if node.name not in bound and not node.is_member:
        yield node.name


@_names.register
def _ready(node: Ready, bound: Bound) -> Iterator[str]:
    yield from node.names - bound


@_names.register
def _call(node: Call, bound: Bound) -> Iterator[str]:
    yield from _names(node.of, bound)
    for argument in node.arguments:
        yield from _names(argument.value, bound)


@_names.register
def _filter(node: Filter, bound: Bound) -> Iterator[str]:
    yield from _names(node.of, bound)
    yield from _names(node.by, bound | {"item"})


@_names.register
def _context(node: ContextOf, bound: Bound) -> Iterator[str]:
    for entry in node.entries:
        yield from _names(entry.value, bound)
        bound |= {entry.name}


@_names.register
def _function(node: FunctionOf, bound: Bound) -> Iterator[str]:
    yield from _names(node.body, bound | {one.name for one in node.parameters})


@_names.register
def _for(node: For, bound: Bound) -> Iterator[str]:
    yield from _loop(node.iterations, node.body, bound | {"partial"})


@_names.register
def _quantified(node: Quantified, bound: Bound) -> Iterator[str]:
    yield from _loop(node.iterations, node.condition, bound)


def _loop(iterations: tuple[Iteration, ...], body: Node, bound: Bound) -> Iterator[str]:
    for one in iterations:
        yield from _names(one.over, bound)
        if one.to:
            yield from _names(one.to, bound)
        bound |= {one.name}
    yield from _names(body, bound)
