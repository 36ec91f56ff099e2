"""Work over whole lake tables that another engine can do, too, with the same answers.

Components above register theirs; `./diebian bench spark` has each done by DuckDB and by Spark. The
lake knows no name of them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from diebian.kernel.registry import Registry

from .dialect import Dialect


class ScaleEngine(Protocol):
    @property
    def dialect(self) -> Dialect: ...

    def table(self, name: str) -> str:
        """A lake table at the snapshot that all engines read, to stand after FROM."""

    def rows(self, asked: str) -> list[tuple[Any, ...]]:
        """The answer to a query."""

    def written_down(self, name: str, asked: str) -> str:
        """The answer kept under a name, to be asked in its turn; gives what stands after FROM."""


@dataclass(frozen=True)
class ScaleWork:
    """`prepare` makes sample rows in the source at this address, collects them, changes and deletes
    some and collects again; gives the lake tables with their rows. `answers` must be the same rows
    for every engine, in any order.
    """

    slug: str
    title: str
    prepare: Callable[[str, bool], Sequence[str]]  # address, whether it is the short run
    answers: Callable[[ScaleEngine], Iterable[tuple[object, ...]]]


scale_works: Registry[ScaleWork] = Registry("work for other engines")
