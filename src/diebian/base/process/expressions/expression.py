"""An expression that has been read: what it reads, whether it is constant, and its value."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from .compiling import Compiler
from .matching import compiled_tests
from .naming import free_names, free_paths
from .printing import printed, printed_tests
from .reading import read_expression, read_tests
from .refusals import Refused, TooMuch
from .scope import Run, Scope, Semantics, Test
from .tree import AnyOf, Node
from .values import Value, bounded, taken


@dataclass(frozen=True)
class Expression:
    text: str
    tree: Node
    names: frozenset[str]
    run: Run = field(repr=False, compare=False)

    @property
    def is_constant(self) -> bool:
        return not self.names

    @cached_property  # each step of a case asks
    def paths(self) -> frozenset[tuple[str, ...]]:
        return free_paths(self.tree, self.names)

    @property
    def printed(self) -> str:
        return printed(self.tree)

    def evaluate(self, data: Mapping[str, object]) -> Value:
        """Raises `Unknown`, `Mistaken`, `TooMuch`, `OutOfReach`."""
        scope = Scope({name: taken(value) for name, value in data.items()})
        return within_reach(lambda: self.run(scope))


@dataclass(frozen=True)
class Cell:
    """The unary tests of one cell. `test` is None where everything passes."""

    text: str
    tree: AnyOf
    names: frozenset[str]
    test: Test | None = field(repr=False, compare=False)

    @property
    def is_constant(self) -> bool:
        return not self.names

    @property
    def printed(self) -> str:
        return printed_tests(self.tree)

    def passes(self, value: object, data: Mapping[str, object]) -> bool | None:
        test = self.test
        if test is None:
            return True
        scope = Scope({name: taken(one) for name, one in data.items()})
        asked = taken(value)
        return (
            bool(told) if (told := within_reach(lambda: test(asked, scope))) is not None else None
        )


def read(
    text: str,
    *,
    names: Collection[str] = (),
    members: Collection[str] = (),
    is_closed: bool = False,
    semantics: Semantics = Semantics.STRICT,
) -> Expression:
    """`names`: what the data may hold, needed for names with spaces; with `is_closed` any other is
    refused. `members`: what paths may go into, where those have spaces. Raises `Refused`.
    """
    tree = read_expression(text, names=names, members=members, is_closed=is_closed)
    return Expression(text, tree, free_names(tree), _compiled(tree, semantics))


def read_cell(
    text: str,
    *,
    names: Collection[str] = (),
    members: Collection[str] = (),
    is_closed: bool = False,
    semantics: Semantics = Semantics.STRICT,
) -> Cell:
    tree = read_tests(text, names=names, members=members, is_closed=is_closed)
    try:
        test = compiled_tests(Compiler(semantics), tree)
    except RecursionError as error:
        raise Refused("表达式嵌套过深") from error
    return Cell(text, tree, free_names(tree), test)


def within_reach(evaluate: Callable[[], Value]) -> Value:
    """The value, bounded; a recursion that Python gives up on is told as what it is."""
    try:
        return bounded(evaluate())
    except RecursionError as error:
        raise TooMuch("函数相互调用过深") from error


def _compiled(tree: Node, semantics: Semantics) -> Run:
    try:
        return Compiler(semantics).compile(tree)
    except RecursionError as error:
        raise Refused("表达式嵌套过深") from error
