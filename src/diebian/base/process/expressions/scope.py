"""What closures are handed: the data by name, and how much work is still allowed."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Protocol

from .refusals import TooMuch
from .tree import Node
from .values import Value

MOST_STEPS = 10_000
MOST_CALLS = 60


class Semantics(StrEnum):
    STRICT = "strict"  # the product's: a mistake is an incident
    STANDARD = "standard"  # as DMN has it: a mistake is null


class Work:
    """Of one evaluation, whatever scopes it opens. `notes`: what is kept as evidence of it."""

    __slots__ = ("calls", "notes", "steps")

    def __init__(self) -> None:
        self.steps = self.calls = 0
        self.notes: list[object] = []

    def spend(self, steps: int = 1) -> None:
        self.steps += steps
        if self.steps > MOST_STEPS:
            raise TooMuch(f"多于 {MOST_STEPS} 步")


class Scope(dict[str, Value]):
    __slots__ = ("work",)

    def __init__(self, values: Mapping[str, Value], work: Work | None = None):
        super().__init__(values)
        self.work = work or Work()

    def inner(self, values: Mapping[str, Value]) -> "Scope":
        scope = Scope(self, self.work)
        scope.update(values)
        return scope


Run = Callable[[Scope], Value]
Test = Callable[[Value, Scope], bool | None]


class Compiles(Protocol):
    @property
    def is_strict(self) -> bool: ...

    def compile(self, node: Node) -> Run: ...

    def guarded(self, run: Run, node: Node) -> Run:
        """What is mistaken becomes null, or an incident that names the place."""
