"""Text → tree. Operators by their strength; nothing is tried twice, so reading stays linear."""

from collections.abc import Collection
from decimal import Decimal, InvalidOperation

from .blocks import COMPARISONS, Blocks
from .functions.registry import BUILT_IN, REFUSED
from .refusals import Mistake, OutOfReach, Refused
from .temporal import read_any
from .tree import (
    AnyOf,
    Argument,
    Between,
    Binary,
    Call,
    Comparing,
    Filter,
    FunctionName,
    In,
    InstanceOf,
    Literal,
    Matching,
    Name,
    Negative,
    Node,
    Path,
    depth,
)
from .values import DECIMALS

OR, AND, COMPARISON, SUM, PRODUCT, POWER = range(1, 7)
STRENGTH = {
    "or": OR, "and": AND, "between": COMPARISON, "in": COMPARISON, "instance": COMPARISON,
    **dict.fromkeys(COMPARISONS, COMPARISON), "+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT,
    "**": POWER,
}  # fmt: skip
WORDS = ("or", "and", "between", "in", "instance")
CONSTANTS = {"true": True, "false": False, "null": None}
DEEPEST = 150


def read_expression(
    text: str,
    *,
    names: Collection[str] = (),
    members: Collection[str] = (),
    is_closed: bool = False,
) -> Node:
    """`names`: what the data may hold; `members`: what paths may go into. With `is_closed` no
    other name is taken. Raises `Refused`.
    """
    reader = Reader(text, names, members, is_closed=is_closed)
    return _whole(reader, reader.expression())


def read_tests(
    text: str,
    *,
    names: Collection[str] = (),
    members: Collection[str] = (),
    is_closed: bool = False,
) -> AnyOf:
    """A cell of a decision table. The value that is asked about is called `?` there."""
    if not text.strip() or text.strip() == "-":
        return AnyOf(())
    reader = Reader(text, {*names, "?"}, members, is_closed=is_closed)
    tests = reader.tests()
    _whole(reader, tests)
    return tests


def _whole(reader: "Reader", root: Node) -> Node:
    if not reader.is_over:
        raise reader.refuse("从这里起读不懂")
    if depth(root) > DEEPEST:
        raise Refused(f"表达式嵌套超过 {DEEPEST} 层")
    return root


class Reader(Blocks):
    def expression(self) -> Node:
        with self.nested():
            return self.block() or self.binary(OR)

    def binary(self, least: int) -> Node:
        left, is_compared = self._prefix(), False
        while True:
            at, operator = self.at, self._operator()
            strength = STRENGTH.get(operator, 0)
            if strength < least or not strength:
                return left
            if strength == COMPARISON and is_compared:
                raise self.refuse("比较不能连着写，请用括号或 and")
            if operator in WORDS:
                self.take_word(operator)
            else:
                self.take(operator)
            left = self._joined(at, operator, left)
            is_compared = strength == COMPARISON

    def _operator(self) -> str:
        word = self.word()
        return word if word in WORDS else self.sign()

    def _joined(self, at: int, operator: str, left: Node) -> Node:
        if operator == "between":
            low = self.binary(SUM)
            self.need_word("and")
            return Between(left, low, self.binary(SUM), at=at)
        if operator == "in":
            return In(left, self._in_tests(), at=at)
        if operator == "instance":
            self.need_word("of")
            return InstanceOf(left, self.type(), at=at)
        block = self.block()
        return Binary(operator, left, block or self.binary(STRENGTH[operator] + 1), at=at)

    def _prefix(self) -> Node:
        at = self.at
        if self.take("-"):
            with self.nested():
                return Negative(self._prefix(), at=at)
        return self._postfix(self._primary())

    def _postfix(self, of: Node) -> Node:
        while True:
            at, sign = self.at, self.sign()
            if sign == ".":
                self.take(".")
                of = Path(of, self.known(self.members) or self._member(), at=at)
            elif sign == "[" and not self.is_range_end:
                self.take("[")
                with self.deeper(), self.filtering():
                    of = Filter(of, self.expression(), at=at)
                self.need("]")
            elif sign == "(":
                of = self._call(of, at)
            else:
                return of

    def _member(self) -> str:
        if not (word := self.word()):
            raise self.refuse("“.”后面应当是名称")
        self.take_word(word)
        return word

    def _primary(self) -> Node:  # noqa: PLR0911 - a line for each beginning
        at, sign = self.at, self.sign()
        if self.text[at : at + 1].isdecimal() or sign == ".":
            return self._number(at)
        if (told := self.string()) is not None:
            return Literal(told, at=at)
        if sign == "@":
            return self._temporal(at)
        if sign == "[":
            return self.bracketed()
        if sign in ("(", "]"):
            return self.grouped()
        if sign == "{":
            return self.context()
        return self._name(at)

    def _number(self, at: int) -> Node:
        told = self.number()
        try:
            return Literal(DECIMALS.create_decimal(Decimal(told)), at=at)
        except (InvalidOperation, ArithmeticError) as error:
            raise self.refuse("数字读不懂或过大", at) from error

    def _temporal(self, at: int) -> Node:
        self.take("@")
        told = self.string()
        if told is None:
            raise self.refuse("“@”后面应当是引号里的日期、时刻或时长")
        try:
            return Literal(read_any(told), at=at)
        except (Mistake, OutOfReach) as error:
            raise self.refuse(str(error), at) from error

    def _name(self, at: int) -> Node:
        if name := self.known(self.names | BUILT_IN.keys() | REFUSED.keys()):
            if name in REFUSED and name not in self.names:
                raise self.refuse(REFUSED[name], at)
            return self._named(name, at) if name in self.names else FunctionName(name, at=at)
        if word := self.take_word(*CONSTANTS):
            return Literal(CONSTANTS[word], at=at)
        name = self.identifier()
        if self.is_closed:
            raise self.refuse(f"不认识的名称“{name}”", at)
        return self._named(name, at)

    def _named(self, name: str, at: int) -> Name:
        is_known = name in self.bound or name in self.declared or not self.declared
        return Name(name, is_member=self.is_filter and not is_known, at=at)

    def _call(self, of: Node, at: int) -> Node:
        arguments: list[Argument] = []
        self.need("(")
        with self.deeper():
            while not self.take(")"):
                begun = self.at
                name = self.loose_name(":") if self.is_loose_name(":") else ""
                if name:
                    self.need(":")
                arguments.append(Argument(name, self.expression(), at=begun))
                if self.sign() != ")":
                    self.need(",")
        if len({bool(one.name) for one in arguments}) > 1:
            raise self.refuse("参数要么都写名称，要么都不写", at)
        if isinstance(of, FunctionName):
            self._check_arguments(of, arguments)
        return Call(of, tuple(arguments), at=at)

    def _check_arguments(self, of: FunctionName, arguments: list[Argument]) -> None:
        told = [one.name for one in arguments] if arguments and arguments[0].name else None
        if not BUILT_IN[of.name].takes(len(arguments), told):
            raise self.refuse(f"函数“{of.name}”的参数个数或名称不对", of.at)

    def tests(self) -> AnyOf:
        at = self.at
        if self.word() == "not":
            self.take_word("not")
            self.need("(")
            with self.deeper():
                inner = self._positive_tests()
            self.need(")")
            return AnyOf(inner, is_negated=True, at=at)
        return AnyOf(self._positive_tests(), at=at)

    def _positive_tests(self) -> tuple[Node, ...]:
        told = [self._test(OR)]
        while self.take(","):
            told.append(self._test(OR))
        return tuple(told)

    def _test(self, least: int) -> Node:
        at = self.at
        if operator := self.take(*COMPARISONS):
            return Comparing(operator, self.binary(SUM), at=at)
        return Matching(self.expression() if least == OR else self.binary(least), at=at)

    def _in_tests(self) -> AnyOf:
        at = self.at
        if self.sign() != "(":
            return AnyOf((self._test(SUM),), at=at)
        self.take("(")
        with self.deeper():
            told = [self._test(OR)]
            if isinstance(told[0], Matching) and self.take(".."):
                return AnyOf(
                    (Matching(self.range_to(at, told[0].with_, has_low=False), at=at),), at=at
                )
            while self.take(","):
                told.append(self._test(OR))
        self.need(")")
        return AnyOf(tuple(told), at=at)
