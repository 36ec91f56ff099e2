from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from diebian.kernel import clock
from diebian.kernel.registry import Registry

from .measures import Measure, Tally, number
from .rows import Rows
from .windows import Scope, Window, scope

FRESH = timedelta(minutes=15)


@dataclass(frozen=True)
class Indicator:
    """A figure that the city stands by, with all it takes to ask "how do you know?".

    `is_public` lets anybody see the number without signing in. What a visitor gets as evidence is
    the tally of each county (rows, and weight where it matters), which adds up to the number and
    holds no case number; single rows stay behind the wall.
    """

    slug: str
    title: str
    unit: str
    definition: str  # 口径: what is counted, what is not
    owner: str  # who answers for it
    source: str  # which records
    columns: Sequence[str]  # heads of the evidence
    read: Callable[[Scope], Rows]
    window: Window = Window.DAY
    measure: Measure = Measure.COUNT
    parts: tuple[str, str] | None = None  # words for numerator and denominator
    classes: tuple[int, int, int] | None = None  # limits of the map's classes; None: no counties
    cut_off: Callable[[], datetime | None] = clock.now  # until when the records are complete
    short: str = ""  # a word for it where there is little room
    is_charted: bool = False  # its hours stand in the wall's chart
    order: int = 100
    is_public: bool = False

    def __post_init__(self) -> None:
        if self.is_public and not self.classes:
            raise ValueError(f"{self.slug}: a public figure is told by county")

    def rows(self, day: date, county: str = "") -> Rows:
        return self.read(scope(self.window, day, county))

    def number(self, tally: Tally) -> float | None:
        return number(self.measure, tally)

    def shown(self, tally: Tally) -> str:
        told = self.number(tally)
        if told is None:
            return "—"
        return f"{told:,.1f}" if self.measure == Measure.SHARE else f"{told:,.0f}"

    def by_county(self, day: date) -> Mapping[str, Tally]:
        return self.rows(day).by_county()

    def is_stale(self) -> bool:
        until = self.cut_off()
        return until is None or clock.now() - until > FRESH


class Shelf(Registry[Indicator]):
    """In the order of importance that the figures declare."""

    def in_order(self) -> list[Indicator]:
        return sorted(self, key=lambda one: (one.order, one.slug))


indicators = Shelf("indicator")
