"""The rows behind a figure, a page at a time, and the ways around them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from diebian.brain.indicators.public import Indicator, Row, Tally, Window
from diebian.kernel import clock
from diebian.kernel.errors import NotFound

from .forms import Asked
from .selectors import before_of

PAGE = 50


@dataclass(frozen=True)
class Evidence:
    figure: Indicator
    asked: Asked
    tally: Tally
    rows: Sequence[Row]
    pages: int
    before: str
    before_day: date | None

    @property
    def value(self) -> str:
        return self.figure.shown(self.tally)

    @property
    def plain(self) -> str:
        """The number for machines: no separators; empty where there is none."""
        told = self.figure.number(self.tally)
        return "" if told is None else f"{told}"

    @property
    def is_today(self) -> bool:
        return self.asked.day == clock.today()

    @property
    def parts(self) -> Sequence[tuple[str, int]]:
        """Numerator and denominator, where the figure has them."""
        heads = self.figure.parts
        return [(heads[0], self.tally.weight), (heads[1], self.tally.rows)] if heads else []


def evidence_of(figure: Indicator, asked: Asked) -> Evidence:
    """Number and rows are two readings of one query."""
    if asked.county and not figure.classes:
        raise NotFound
    if figure.window == Window.NOW and asked.day != clock.today():
        raise NotFound
    rows = figure.rows(asked.day, asked.county)
    tally = rows.tally()
    pages = max(1, -(-tally.rows // PAGE))
    if asked.page > pages:
        raise NotFound
    shown = rows.page((asked.page - 1) * PAGE, asked.page * PAGE)
    earlier = before_of(figure, asked.day, asked.county)
    return Evidence(figure, asked, tally, shown, pages, *earlier)
