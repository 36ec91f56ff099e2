"""What a person must look at now: what is wrong, whose turn it is, until when."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from diebian.kernel.registry import Registry

from .rows import ActReference


class Level(IntEnum):
    NOW = 0  # red: somebody is needed now
    SOON = 1
    WAITING = 2  # it is being tried again by itself


@dataclass(frozen=True)
class Concern:
    level: Level
    what: str
    whose: str  # whose turn it is: a post and department, never a person
    note: str  # what else helps to find it
    left: str  # time left, or how long it has lasted, in words
    since: datetime
    act: ActReference | None = None


@dataclass(frozen=True)
class Concerns:
    """The most urgent ones, and how many there are altogether."""

    shown: Sequence[Concern] = ()
    count: int = 0


@dataclass(frozen=True)
class ConcernSource:
    slug: str
    read: Callable[[], Concerns]


concerns = Registry[ConcernSource]("concern source")
