"""A question to one lake table, and its answer. The lake's library is loaded by whoever asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Selection:
    """`equals`: any of these values; `begins`: with these letters; `order`: column, and whether
    from the greatest down.
    """

    columns: Sequence[str]
    equals: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    begins: Mapping[str, str] = field(default_factory=dict)
    order: Sequence[tuple[str, bool]] = ()
    limit: int = 100
    offset: int = 0
    is_counted: bool = True


@dataclass(frozen=True)
class Found:
    """`rows`: a number that lasts until the table is compacted, then the columns as asked."""

    types: Mapping[str, str]
    rows: Sequence[tuple[Any, ...]]
    total: int | None
