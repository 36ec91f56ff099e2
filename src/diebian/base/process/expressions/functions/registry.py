"""What a function of FEEL itself takes, and which there are.

A signature is told in words, `"string:string, start position:number, length?:number"`, and
arguments are fitted to it in one place: a list of one is its only item where no list is asked for,
null where it is not taken makes the answer null, another kind is a mistake.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from diebian.base.process.expressions.refusals import Mistake, TooMuch
from diebian.base.process.expressions.values import IN_CHINESE, Value, kind_of

Run = Callable[..., Value]
Declared = TypeVar("Declared", bound=Run)
MOST_ITEMS = 1_000
NULLABLE = frozenset({"any", "null"})


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    kinds: frozenset[str]
    is_needed: bool
    is_rest: bool = False  # all that follows, as a list

    @property
    def takes_null(self) -> bool:
        return not self.kinds.isdisjoint(NULLABLE)

    def fitted(self, value: Value, function: str) -> Value:
        if "any" in self.kinds or (kind := kind_of(value)) in self.kinds:
            return value
        if kind == "list" and len(value) == 1 and kind_of(value[0]) in self.kinds:
            return value[0]
        if "list" in self.kinds:
            return [value]
        told = "、".join(sorted(IN_CHINESE[one] for one in self.kinds if one in IN_CHINESE))
        raise Mistake(f"函数“{function}”的“{self.name}”应当是{told}，而不是{IN_CHINESE[kind]}")


@dataclass(frozen=True, slots=True)
class Signature:
    parameters: tuple[Parameter, ...]
    run: Run

    @property
    def has_rest(self) -> bool:
        return any(one.is_rest for one in self.parameters)

    def takes(self, count: int, names: Sequence[str] | None) -> bool:
        if names is None:
            needed = sum(one.is_needed for one in self.parameters)
            return needed <= count and (self.has_rest or count <= len(self.parameters))
        known = {one.name for one in self.parameters}
        needed_names = {one.name for one in self.parameters if one.is_needed}
        return len(set(names)) == len(names) and needed_names <= set(names) <= known

    def places(self, names: Sequence[str]) -> list[int]:
        order = [one.name for one in self.parameters]
        return [order.index(name) for name in names]

    def fitted(self, values: Sequence[Value], function: str) -> list[Value] | None:
        """None where an argument is empty that may not be."""
        told: list[Value] = []
        for index, parameter in enumerate(self.parameters):
            if parameter.is_rest:
                told.append(list(values[index:]))
                break
            value = values[index] if index < len(values) else None
            if value is None and not parameter.takes_null:
                if parameter.is_needed or index < len(values):
                    return None
                told.append(None)
            else:
                told.append(parameter.fitted(value, function))
        return told


@dataclass(frozen=True, slots=True)
class BuiltIn:
    name: str
    signatures: tuple[Signature, ...]
    is_variadic: bool = False  # a list, or its items one by one

    def takes(self, count: int, names: Sequence[str] | None) -> bool:
        if self.is_variadic and names is None:
            return count > 0
        return any(one.takes(count, names) for one in self.signatures)

    def call(self, values: Sequence[Value], names: Sequence[str] | None = None) -> Value:
        if self.is_variadic and names is None and len(values) != 1:
            values = [list(values)]
        fitting = [one for one in self.signatures if one.takes(len(values), names)]
        if not fitting:
            raise Mistake(f"函数“{self.name}”的参数个数或名称不对")
        failed: Mistake | None = None
        for signature in fitting:
            try:
                fitted = signature.fitted(_ordered(signature, values, names), self.name)
            except Mistake as error:
                failed = error
            else:
                return None if fitted is None else _bounded(signature.run(*fitted))
        raise failed or Mistake(self.name)


BUILT_IN: dict[str, BuiltIn] = {}
REFUSED = {
    "now": "不能用 now()：当时的时刻请作为一项输入给出",
    "today": "不能用 today()：当天的日期请作为一项输入给出",
    "matches": "不能用正则表达式（matches）",
    "replace": "不能用正则表达式（replace）",
    "split": "不能用正则表达式（split）",
}


def feel(name: str, *signatures: str, is_variadic: bool = False) -> Callable[[Declared], Declared]:
    """Declares the function below it as FEEL's `name`. A later one of that name adds to it."""

    def declared(run: Declared) -> Declared:
        told = tuple(Signature(_parameters(one), run) for one in signatures)
        before = BUILT_IN[name].signatures if name in BUILT_IN else ()
        BUILT_IN[name] = BuiltIn(name, (*before, *told), is_variadic)
        return run

    return declared


def _parameters(told: str) -> tuple[Parameter, ...]:
    parameters = []
    for one in filter(None, (part.strip() for part in told.split(","))):
        name, kinds = one.split(":")
        plain, is_needed = name.rstrip("?*"), not name.endswith("?")
        taken = frozenset(kinds.split("|"))
        parameters.append(Parameter(plain, taken, is_needed, is_rest=name.endswith("*")))
    return tuple(parameters)


def _ordered(
    signature: Signature, values: Sequence[Value], names: Sequence[str] | None
) -> Sequence[Value]:
    if names is None:
        return values
    places = signature.places(names)
    by_place = dict(zip(places, values, strict=True))
    return [by_place.get(place) for place in range(max(places, default=-1) + 1)]


def _bounded(value: Value) -> Value:
    if isinstance(value, list) and len(value) > MOST_ITEMS:
        raise TooMuch(f"列表多于 {MOST_ITEMS} 项")
    return value
