"""Where the rows of a mounted table stand: one way to read them for all that is delivered.

A collection of the lake is one origin (`collected`); a component above registers another.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from diebian.base.catalogue.public import ResourceLine
from diebian.base.exchange.public import GrantTerms
from diebian.kernel.registry import Registry

# As `standards.masking.masked` has it, for DuckDB and PostgreSQL; a test keeps them alike.
MASKED = (
    "CASE WHEN length({0}) > 8 THEN left({0}, 4) || repeat('*', length({0}) - 8) || right({0}, 4) "
    "ELSE repeat('*', length({0})) END"
)


class Reading(Protocol):
    """What is granted of a table at one state: however often it is asked, the same rows.

    Text is the CSV that PostgreSQL's COPY takes: the row's name first, nothing for null.
    """

    @property
    def snapshot(self) -> int:
        """The state; a later one has a greater number."""

    @property
    def shape(self) -> str:
        """Of columns and terms: with another, all is sent anew."""

    @property
    def types(self) -> Mapping[str, str]:
        """Our columns in order, to the lake's words for types."""

    @property
    def is_keyed(self) -> bool:
        """Whether a row keeps its name from state to state."""

    def oldest(self) -> int:
        """From which state on it is known what changed."""

    def total(self) -> int: ...

    def count_changed(self) -> int:
        """Of the rows that `follow` noted those that are there now: they are what is sent."""

    def follow(self, since: int) -> bool:
        """Notes which rows may be other than at `since`; whether there are any."""

    def rows(self, *, is_followed: bool) -> Iterator[bytes]:
        """All, or those that `follow` noted, as they are now."""

    def touched(self) -> Iterator[bytes]:
        """Names of all that `follow` noted, of those that are gone too."""

    def stop(self) -> None:
        """From any thread: whoever waits for an answer gets an error instead."""


@dataclass(frozen=True)
class Taken:
    """Rows for a file: granted columns in order, not masked yet."""

    rows: Sequence[Sequence[Any]]
    total: int | None  # as far as it was counted
    snapshot: int | None  # nothing where `hold` does not ask for it


@dataclass(frozen=True)
class Origin:
    """`opened` and `read` refuse with what keeps them from it; the salt goes into rows' names.

    `hold`, inside a transaction: whether what was read at this state may still be given, which then
    stays so until the transaction ends.
    """

    slug: str  # as a resource is mounted: `ResourceLine.way`
    made: str  # in words, what brings new rows
    opened: Callable[[ResourceLine, GrantTerms, str], AbstractContextManager[Reading]]
    read: Callable[[ResourceLine, GrantTerms, int], Taken]
    moments: Callable[[Sequence[ResourceLine]], Mapping[str, datetime | None]]
    hold: Callable[[ResourceLine, int | None], bool]


origins: Registry[Origin] = Registry("origin of a mounted table")


def origin_of(resource: ResourceLine) -> Origin:
    return origins.get(resource.way)


def moments_of(resources: Iterable[ResourceLine]) -> dict[str, datetime | None]:
    """By slug, when the rows behind each came last: asked once of each origin."""
    by_way: dict[str, list[ResourceLine]] = defaultdict(list)
    for one in resources:
        by_way[one.way].append(one)
    return {
        slug: at
        for way, listed in by_way.items()
        for slug, at in origins.get(way).moments(listed).items()
    }
