"""What is told to everybody stands for enough cases that nobody is known again by it."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TypeVar

from diebian.standards.opening import SMALLEST_GROUP

Key = TypeVar("Key", bound=Hashable)
Row = TypeVar("Row")


def stand_alone(counts: Mapping[Key, int]) -> list[Key]:
    """Those large enough for a line of their own, the largest first; the others are one line.

    Where that line would still be small, or a single one's, the smallest of the large joins it:
    nobody finds it by taking the lines from the whole.
    """
    least = SMALLEST_GROUP.k
    ordered = sorted(counts, key=lambda key: -counts[key])
    large = [key for key in ordered if counts[key] >= least]
    rest = ordered[len(large) :]
    if rest and large and (len(rest) == 1 or sum(counts[key] for key in rest) < least):
        large.pop()
    return large


def in_runs(rows: Sequence[Row], count: Callable[[Row], int]) -> list[list[Row]]:
    """Rows in their order, neighbours together until each run is large enough; none where even
    all of them are not.
    """
    runs: list[list[Row]] = []
    run: list[Row] = []
    for row in rows:
        run.append(row)
        if sum(map(count, run)) >= SMALLEST_GROUP.k:
            runs.append(run)
            run = []
    if run and runs:
        runs[-1] += run
    return runs
