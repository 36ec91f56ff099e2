"""Rows that anybody may read. There is one way to them: what was released to the public.

Whoever keeps released rows registers how they are read. A mounted table is never read openly by
itself, however harmless its columns: only what was released has been looked through for small
groups by which somebody could be found (`base/opening`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from diebian.kernel.registry import Registry


@dataclass(frozen=True)
class RowQuestion:
    """`filters`: any of these values; `order`: column, and whether from the greatest down."""

    columns: Sequence[str]
    filters: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    order: Sequence[tuple[str, bool]] = ()
    limit: int = 100
    offset: int = 0
    is_counted: bool = True


@dataclass(frozen=True)
class RowAnswer:
    """`rows`: a number that lasts as long as the release, then the columns as asked."""

    rows: Sequence[tuple[Any, ...]]
    total: int | None


@dataclass(frozen=True)
class OpenTable:
    """`types`: column to the database's word, in their order; `read` refuses what is too much."""

    slug: str  # of the offer
    types: Mapping[str, str]
    read: Callable[[RowQuestion], RowAnswer]


@dataclass(frozen=True)
class RowSource:
    """`find` is asked with the slug of an offer."""

    slug: str
    find: Callable[[str], OpenTable | None]


row_sources = Registry[RowSource]("row source")


def open_table(slug: str) -> OpenTable | None:
    return next((found for one in row_sources if (found := one.find(slug))), None)
