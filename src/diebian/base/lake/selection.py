"""A question to one lake table, and its answer. The lake's library is loaded by whoever asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Selection:
    """`begins`: columns, and the letters that their values begin with."""

    columns: Sequence[str]
    begins: Mapping[str, str] = field(default_factory=dict)
    limit: int = 100
    is_counted: bool = True


@dataclass(frozen=True)
class Found:
    """`rows`: the columns as asked. `total`: of all that fit, where it was counted."""

    rows: Sequence[tuple[Any, ...]]
    total: int | None
