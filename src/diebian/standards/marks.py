"""How sure a row of a city's data is. Everybody who shows the row shows this beside it."""

from enum import StrEnum


class Mark(StrEnum):
    """The words of the `status` column, and what a page says for each."""

    REAL = "REAL"
    REAL_NAME = "REAL-NAME"
    PATTERN = "PATTERN"
    SAMPLE = "SAMPLE"

    @property
    def label(self) -> str:
        """Empty for what was taken from a named source: it needs no warning."""
        return _LABELS[self]


_LABELS = {
    Mark.REAL: "",
    Mark.REAL_NAME: "国家清单名称",
    Mark.PATTERN: "按惯例列出，名称未核实",
    Mark.SAMPLE: "样例",
}


def mark_of(told: str) -> Mark:
    """From a `status` cell, which may name its source behind the word; unknown is a sample."""
    word = told.split(" (", maxsplit=1)[0]
    return Mark(word) if word in tuple(Mark) else Mark.SAMPLE
