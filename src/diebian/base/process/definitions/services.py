"""Systems that a service task may call, and who keeps rows of its own beside a process's cases:
whoever owns one puts it on the shelf here."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from diebian.kernel.registry import Registry

from .drawing import DONE, Drawing, Kind


@dataclass(frozen=True)
class Asked:
    """What a service is told. `key` is the same when it is asked the same a second time."""

    key: str
    case: int
    business_key: str
    element: str
    item: str
    form: Mapping[str, Any]


@dataclass(frozen=True)
class Answered:
    outcome: str = DONE
    form: Mapping[str, Any] = field(default_factory=dict)  # goes into the case's form
    evidence: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Service:
    """`ask` runs outside of any step. It raises for what may go better the next time."""

    slug: str
    title: str
    ask: Callable[[Asked], Answered]


services = Registry[Service]("process service")


@dataclass(frozen=True)
class TaskDrawn:
    """What a drawing says of one thing that people do; the words are those of its file."""

    element: str
    name: str
    post: str
    outcomes: tuple[str, ...]
    stage: str
    about: str
    days: int


def tasks_in(drawing: Drawing) -> list[TaskDrawn]:
    """In the order of the file."""
    return [
        TaskDrawn(one.key, one.name, one.post, one.outcomes, one.stage, one.about, one.days)
        for one in drawing.nodes.values()
        if one.kind == Kind.USER
    ]


@dataclass(frozen=True)
class Caller:
    """The case and its task that called another case."""

    case: int
    task: int
    depth: int  # of the called one


@dataclass(frozen=True)
class Opening:
    """What an owner is told when a drawing calls its process: of the form only what goes along."""

    caller: Caller
    called_by: str  # the business key of the case that calls
    element: str
    item: str  # of the list that it is called for
    title: str
    department: str
    person: str
    form: Mapping[str, Any]


@dataclass(frozen=True)
class Owner:
    """Whoever has rows of its own beside the cases of a process (its slug) opens and withdraws
    them, both outside of any step and perhaps twice.

    `open` starts the case with `caller` and returns its number. `withdraw` is told the business
    key, and lets be what is closed already. `needs`: tasks that its own states stand for, with the
    outcomes that its verbs are; a drawing without them is not deployed under that name. `family`:
    all processes whose key begins so are its as well, and need `family_needs`. `faults`: what else
    it finds wrong with what people do there, by element.
    """

    slug: str
    title: str
    open: Callable[[Opening], int]
    withdraw: Callable[[str], None]
    needs: Mapping[str, Collection[str]] = field(default_factory=dict)
    family: str = ""
    family_needs: Mapping[str, Collection[str]] = field(default_factory=dict)
    faults: Callable[[Sequence[TaskDrawn]], Iterable[tuple[str, str]]] = lambda _: ()

    def needs_of(self, process: str) -> Mapping[str, Collection[str]]:
        return self.needs if process == self.slug else self.family_needs


owners = Registry[Owner]("process owner")


def owner_of(process: str) -> Owner | None:
    return next((one for one in owners if _is_its(one, process)), None)


def _is_its(owner: Owner, process: str) -> bool:
    return process == owner.slug or bool(owner.family and process.startswith(owner.family))
