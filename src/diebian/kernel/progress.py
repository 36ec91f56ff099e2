"""How far long work over many tables, files or calls is, for whoever watches."""

from collections.abc import Callable
from dataclasses import dataclass

BAR = 24
TABLES = "张表"


@dataclass(frozen=True)
class Progress:
    title: str
    done: int
    of: int
    rows: int = 0
    unit: str = TABLES


Report = Callable[[Progress], None]


def quiet(_: object) -> None:
    """Nobody listens."""


def drawn(told: Progress) -> str:
    """One line of a terminal, drawn over the one before; the last one ends it."""
    full = BAR * told.done // max(1, told.of)
    bar = "█" * full + "░" * (BAR - full)
    end = "\n" if told.done == told.of else ""
    rows = f"，{told.rows:,} 行" if told.rows else ""
    return f"\r{bar} {told.done:,}/{told.of:,} {told.unit}{rows}  {told.title[:20]}{end}"
