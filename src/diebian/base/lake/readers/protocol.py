"""What every adapter does: say what a table looks like, and give its rows as Arrow batches."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

import pyarrow as pa
import pyarrow.compute as pc

from diebian.base.lake.names import EMPTY_SIGN

FAULT = "_fault"  # a column of a batch: why this row cannot be taken, or nothing
BATCH_ROWS = 20_000
MOST_ROWS = 50_000_000  # of one batch; beyond it is no table but a stream without end


@dataclass(frozen=True)
class SourceColumn:
    """`type` is what the source says, in the lake's words; empty where the source knows none."""

    name: str
    type: str = ""


@dataclass(frozen=True)
class Shape:
    columns: tuple[SourceColumn, ...]
    unique: frozenset[str] = frozenset()  # columns that the source itself keeps unique and filled
    is_known: bool = True  # an empty answer of an interface says nothing about columns


@dataclass(frozen=True)
class Window:
    """Rows whose `column` is at least `since` and less than `until`; empty: no bound."""

    column: str = ""
    since: str = ""
    until: str = ""


class Reader(Protocol):
    def shape(self) -> Shape: ...

    def batches(self, columns: Sequence[str], window: Window, /) -> Iterator[pa.RecordBatch]: ...


@runtime_checkable
class Straight(Protocol):
    """A source that DuckDB reads by itself: quicker than through Python."""

    def shape(self) -> Shape: ...

    def straight(self, duck: Any, columns: Sequence[str], window: Window) -> str:
        """SQL of the rows, to stand after `AS`."""


def text_batch(
    names: Sequence[str], rows: Sequence[Sequence[Any]], faults: Sequence[str | None] = ()
) -> pa.RecordBatch:
    """Rows of text or nothing, and beside each why it cannot be taken, as far as the reader knows
    (`faults`). The lake's own types come later, where a failure is a reason, too.
    """
    columns = zip(*rows, strict=True) if rows else [()] * len(names)
    arrays = [pa.array(column, pa.string()) for column in columns]
    told = list(faults) or [None] * len(rows)
    for name, array in zip(names, arrays, strict=True):
        for row in _with_empty_signs(array):
            told[row] = told[row] or f"“{name}”的值里有空字符"
    return pa.RecordBatch.from_arrays([*arrays, pa.array(told, pa.string())], names=[*names, FAULT])


def _with_empty_signs(array: pa.Array) -> list[int]:
    found = pc.indices_nonzero(pc.match_substring(array, EMPTY_SIGN))
    return found.to_pylist()  # type: ignore[no-any-return]
