"""How rows become a number."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

TENTHS_OF_PERCENT = 1000


class Measure(StrEnum):
    COUNT = "count"  # how many rows
    SUM = "sum"  # what the rows weigh together
    SHARE = "share"  # percent of rows that weigh 1
    MEAN = "mean"  # what a row weighs on the average


@dataclass(frozen=True)
class Tally:
    """What any measure needs of a heap of rows. Tallies of parts add up to that of the whole."""

    rows: int = 0
    weight: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.rows + other.rows, self.weight + other.weight)


def total(tallies: Iterable[Tally]) -> Tally:
    return sum(tallies, Tally())


def number(measure: Measure, tally: Tally) -> float | None:
    """None: nothing to divide by, which is not nought. A share is cut, never rounded up: 100 %
    means every row."""
    if measure == Measure.COUNT:
        return tally.rows
    if measure == Measure.SUM:
        return tally.weight
    if not tally.rows:
        return None
    if measure == Measure.SHARE:
        return tally.weight * TENTHS_OF_PERCENT // tally.rows / 10
    return round(tally.weight / tally.rows)
