"""What begins with its own word or bracket, and which names it makes known."""

from abc import abstractmethod
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from .properties import PROPERTIES
from .scanning import KEYWORDS, Scanner
from .tree import (
    Comparing,
    ContextOf,
    Entry,
    For,
    FunctionOf,
    If,
    Iteration,
    ListOf,
    Node,
    Parameter,
    Quantified,
    RangeOf,
    Type,
)

COMPARISONS = ("<=", ">=", "!=", "<", ">", "=")
TYPES = frozenset(
    {"Any", "Null", "number", "string", "boolean", "date", "time", "date and time",
     "days and time duration", "years and months duration", "list", "context", "range", "function"}
)  # fmt: skip
DEEPEST = 60  # a bracket counts twice: for itself and for what stands in it


class Blocks(Scanner):
    def __init__(
        self, text: str, names: Collection[str], members: Collection[str], *, is_closed: bool
    ):
        super().__init__(text)
        self.names = self.declared = frozenset(names)
        self.members = {*members, *PROPERTIES}
        self.bound: frozenset[str] = frozenset()
        self.is_closed, self.is_filter = is_closed, False
        self.is_range_end = False
        self.level = 0

    @abstractmethod
    def expression(self) -> Node: ...

    @abstractmethod
    def binary(self, least: int) -> Node: ...

    @contextmanager
    def nested(self) -> Iterator[None]:
        if self.level >= DEEPEST:
            raise self.refuse("括号或条件嵌套过深")
        self.level += 1
        yield
        self.level -= 1

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """A bracket in another; where a range ends matters on its own level alone."""
        was, self.is_range_end = self.is_range_end, False
        with self.nested():
            yield
        self.is_range_end = was

    @contextmanager
    def knowing(self, *names: str) -> Iterator[None]:
        """Names that the expression gives itself."""
        was = self.names, self.bound
        self.names, self.bound = self.names.union(names), self.bound.union(names)
        yield
        self.names, self.bound = was

    @contextmanager
    def filtering(self) -> Iterator[None]:
        """Any name may be a member of the item."""
        was = self.names, self.is_closed, self.is_filter
        self.names, self.is_closed, self.is_filter = self.names | self.members, False, True
        with self.knowing("item"):
            yield
        self.names, self.is_closed, self.is_filter = was

    def block(self) -> Node | None:
        """What begins with a word of its own."""
        at = self.at
        if self._is_name_here():
            return None
        if self.take_word("if"):
            return self._if(at)
        if self.take_word("for"):
            return self._for(at)
        if kind := self.take_word("some", "every"):
            return self._quantified(at, is_every=kind == "every")
        if self.word() == "function":
            return self._function(at)
        return None

    def _is_name_here(self) -> bool:
        """Whether a known name goes farther than the word that it begins with."""
        at, word = self.at, self.word()
        if word not in KEYWORDS:
            return False
        found = self.known(self.names)
        self.at = at
        return len(found) > len(word)

    def _if(self, at: int) -> Node:
        condition = self.expression()
        self.need_word("then")
        then = self.expression()
        self.need_word("else")
        return If(condition, then, self.expression(), at=at)

    def _for(self, at: int) -> Node:
        with self.knowing("partial"):
            iterations = self._iterations()
            self.need_word("return")
            with self.knowing(*(one.name for one in iterations)):
                return For(iterations, self.expression(), at=at)

    def _quantified(self, at: int, *, is_every: bool) -> Node:
        iterations = self._iterations()
        self.need_word("satisfies")
        with self.knowing(*(one.name for one in iterations)):
            return Quantified(is_every, iterations, self.expression(), at=at)

    def _iterations(self) -> tuple[Iteration, ...]:
        told: list[Iteration] = []
        while True:
            at, name = self.at, self.identifier()
            self.need_word("in")
            with self.knowing(*(one.name for one in told)):
                over = self.expression()
                to = self.expression() if self.take("..") else None
            told.append(Iteration(name, over, to, at=at))
            if not self.take(","):
                return tuple(told)

    def _function(self, at: int) -> Node:
        self.take_word("function")
        self.need("(")
        parameters: list[Parameter] = []
        while not self.take(")"):
            begun, name = self.at, self.loose_name(",", ")", ":")
            type_ = self.type() if self.take(":") else None
            parameters.append(Parameter(name, type_, at=begun))
            if self.sign() != ")":
                self.need(",")
        if self.word() == "external":
            raise self.refuse("不能调用外部程序")
        with self.knowing(*(one.name for one in parameters)):
            return FunctionOf(tuple(parameters), self.expression(), at=at)

    def type(self) -> Type:
        at = self.at
        with self.deeper():
            name = self.known(TYPES)
            if not name:
                raise self.refuse("不认识的数据类型")
            if name in ("list", "range"):
                return Type(name, self._of_one(), at=at)
            if name == "context":
                members, parts = self._of_members()
                return Type(name, parts, members, at=at)
            return self._function_type(at) if name == "function" else Type(name, at=at)

    def _of_one(self) -> tuple[Type, ...]:
        if not self.take("<"):
            return ()
        part = self.type()
        self.need(">")
        return (part,)

    def _of_members(self) -> tuple[tuple[str, ...], tuple[Type, ...]]:
        names: list[str] = []
        parts: list[Type] = []
        if self.take("<"):
            while not self.take(">"):
                names.append(self.loose_name(":"))
                self.need(":")
                parts.append(self.type())
                if self.sign() != ">":
                    self.need(",")
        return tuple(names), tuple(parts)

    def _function_type(self, at: int) -> Type:
        """The last part is what the function gives."""
        parts: list[Type] = []
        self.need("<")
        while not self.take(">"):
            parts.append(self.type())
            if self.sign() != ">":
                self.need(",")
        self.need("->")
        return Type("function", (*parts, self.type()), at=at)

    def context(self) -> Node:
        at, entries = self.at, list[Entry]()
        self.need("{")
        with self.deeper():
            while not self.take("}"):
                begun = self.at
                name = self.string()
                if name is None:
                    name = self.loose_name(":")
                self.need(":")
                if any(one.name == name for one in entries):
                    raise self.refuse(f"“{name}”写了两次", begun)
                with self.knowing(*(one.name for one in entries)):
                    entries.append(Entry(name, self.expression(), at=begun))
                self.members.add(name)
                if self.sign() != "}":
                    self.need(",")
        return ContextOf(tuple(entries), at=at)

    def bracketed(self) -> Node:
        """A list, or a range that holds its low end."""
        at, items = self.at, list[Node]()
        self.need("[")
        with self.deeper():
            while not self.take("]"):
                items.append(self.expression())
                if len(items) == 1 and self.take(".."):
                    return self.range_to(at, items[0], has_low=True)
                if self.sign() != "]":
                    self.need(",")
        return ListOf(tuple(items), at=at)

    def grouped(self) -> Node:
        """An expression in brackets, a range without its low end, or one that is open to a side."""
        at = self.at
        opened = self.need("(", "]")
        with self.deeper():
            if opened == "(" and self.sign() in COMPARISONS:
                return self._half(at)
            inner = self.expression()
            if opened == "]" or self.sign() == "..":
                self.need("..")
                return self.range_to(at, inner, has_low=False)
            self.need(")")
            return inner

    def _half(self, at: int) -> Node:
        operator = self.need(*COMPARISONS)
        if operator in ("=", "!="):
            raise self.refuse("“=”和“!=”不能写成区间", at)
        end = self.binary(4)
        self.need(")")
        return Comparing(operator, end, at=at)

    def range_to(self, at: int, low: Node, *, has_low: bool) -> Node:
        self.is_range_end = True
        high = self.expression()
        self.is_range_end = False
        return RangeOf(low, high, has_low, self.need("]", ")", "[") == "]", at=at)
