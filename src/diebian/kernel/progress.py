"""How far long work over many tables is, for whoever watches."""

from collections.abc import Callable
from dataclasses import dataclass

BAR = 24


@dataclass(frozen=True)
class Progress:
    title: str
    done: int
    of: int
    rows: int


Report = Callable[[Progress], None]


def quiet(_: object) -> None:
    """Nobody listens."""


def drawn(told: Progress) -> str:
    """One line of a terminal, drawn over the one before; the last one ends it."""
    full = BAR * told.done // max(1, told.of)
    bar = "█" * full + "░" * (BAR - full)
    end = "\n" if told.done == told.of else ""
    return f"\r{bar} {told.done}/{told.of} 张表，{told.rows:,} 行  {told.title[:20]}{end}"
