"""Decisions and what they require, as they are asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from diebian.base.process.expressions.expression import within_reach
from diebian.base.process.expressions.refusals import Mistake, Unknown
from diebian.base.process.expressions.scope import Run, Scope, Work
from diebian.base.process.expressions.values import Function, Value, taken

from .datatypes import ANY, DataType, fitted, written
from .refusals import NoSuchDecision, NotAllowed
from .tables import Fired, Table


@dataclass(frozen=True)
class Input:
    key: str
    name: str
    type: DataType


@dataclass(frozen=True)
class Knowledge:
    """A function that decisions may call: a business knowledge model."""

    key: str
    name: str
    requires: tuple[str, ...]
    run: Run = field(repr=False)
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Service:
    """Decisions behind one door, called like a function; `takes` are given, not worked out."""

    key: str
    name: str
    takes: tuple[str, ...]
    gives: tuple[str, ...]
    result: DataType


@dataclass(frozen=True)
class Outcome:
    value: Value
    fired: tuple[Fired, ...]  # in the order in which they were worked out


@dataclass(frozen=True)
class Decision:
    key: str
    name: str
    requires: tuple[str, ...]
    type: DataType
    run: Run = field(repr=False)
    tables: tuple[Table, ...] = ()


Element = Input | Knowledge | Service | Decision


@dataclass(frozen=True)
class Model:
    """`elements` by id."""

    name: str
    version: str
    elements: Mapping[str, Element]
    is_strict: bool

    @cached_property
    def decisions(self) -> dict[str, Decision]:
        return {one.name: one for one in self.elements.values() if isinstance(one, Decision)}

    @property
    def tables(self) -> list[Table]:
        told = [one for one in self.elements.values() if isinstance(one, Decision | Knowledge)]
        return [table for one in told for table in one.tables]

    @property
    def tops(self) -> list[Decision]:
        """Those that no other requires: what the file is for."""
        required = {key for one in self.elements.values() for key in _requires(one)}
        return [one for one in self.decisions.values() if one.key not in required]

    def inputs_of(self, decision: str) -> list[str]:
        """What the data has to hold: for the check at deployment and for filling in ahead."""
        told: dict[str, None] = {}
        waiting, seen = [self._decision(decision).key], set[str]()
        while waiting:
            key = waiting.pop()
            if key in seen:
                continue
            seen.add(key)
            one = self.elements[key]
            if isinstance(one, Input):
                told[one.name] = None
            waiting.extend(reversed(_requires(one)))
        return list(told)

    def evaluate(self, decision: str, data: Mapping[str, object]) -> Outcome:
        """Raises what `expressions` does, and `NoRule`, `ManyRules`, `NotAllowed`."""
        work = Work()
        asked = Asked(self, data, work)
        value = within_reach(lambda: asked.value_of(self._decision(decision).key))
        return Outcome(value, tuple(one for one in work.notes if isinstance(one, Fired)))

    def call(self, service: str, data: Mapping[str, object]) -> Outcome:
        """A decision service, by the names of what it takes."""
        work = Work()
        found = [o for o in self.elements.values() if isinstance(o, Service) and o.name == service]
        if not found:
            raise NoSuchDecision(service)
        asked = Asked(self, data, work)
        value = within_reach(lambda: asked.served(found[0]))
        return Outcome(value, tuple(one for one in work.notes if isinstance(one, Fired)))

    def _decision(self, name: str) -> Decision:
        try:
            return self.decisions[name]
        except KeyError:
            raise NoSuchDecision(name) from None


class Asked:
    """One question to a model: each decision is worked out once."""

    def __init__(self, model: Model, data: Mapping[str, object], work: Work):
        self._model, self._data, self._work = model, data, work
        self._known: dict[str, Value] = {}

    def value_of(self, key: str) -> Value:
        if key not in self._known:
            self._known[key] = self._worked_out(self._model.elements[key])
        return self._known[key]

    def _worked_out(self, one: Element) -> Value:
        match one:
            case Input():
                return self._input(one)
            case Decision():
                return one.run(self._scope(one.requires))
            case Knowledge():
                return one.run(self._scope(one.requires))
            case Service():
                return self._function(one)

    def _scope(self, requires: Sequence[str]) -> Scope:
        elements = self._model.elements
        return Scope({elements[key].name: self.value_of(key) for key in requires}, self._work)

    def _input(self, one: Input) -> Value:
        if one.name not in self._data:
            if self._model.is_strict:
                raise Unknown(one.name)
            return None
        value = taken(self._data[one.name])
        try:
            return fitted(written(value, one.type) if self._model.is_strict else value, one.type)
        except Mistake as error:
            if self._model.is_strict:
                raise NotAllowed(f"“{one.name}”{error}") from error
            return None

    def _function(self, one: Service) -> Function:
        elements = self._model.elements
        names = tuple(elements[key].name for key in one.takes)

        def called(values: Sequence[Value]) -> Value:
            if len(values) != len(names):
                raise Mistake("决策服务的参数个数不对")
            types = [_type_of(elements[key]) for key in one.takes]
            told = map(fitted, values, types)
            inner = Asked(self._model, dict(zip(names, told, strict=True)), self._work)
            return inner.served(one)

        return Function(names, called, one.name)

    def served(self, one: Service) -> Value:
        elements = self._model.elements
        for key in one.takes:
            if isinstance(elements[key], Decision):
                self._known[key] = taken(self._data.get(elements[key].name))
        told = {elements[key].name: self.value_of(key) for key in one.gives}
        value = told if len(told) > 1 else next(iter(told.values()))
        try:
            return fitted(value, one.result)
        except Mistake as error:
            if self._model.is_strict:
                raise NotAllowed(f"“{one.name}”{error}") from error
            return None


def _type_of(one: Element) -> DataType:
    return one.type if isinstance(one, Input | Decision) else ANY


def _requires(one: Element) -> tuple[str, ...]:
    match one:
        case Decision() | Knowledge():
            return one.requires
        case Service():
            return one.gives
    return ()
