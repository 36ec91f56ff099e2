"""What the wall shows at a moment. A figure is read once; its counties add up to its number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from diebian.brain.indicators.public import (
    Concern,
    Indicator,
    Level,
    Shared,
    Tally,
    Window,
    before,
    concerns,
    indicators,
    last_hours,
    one_moment,
    total,
)
from diebian.kernel import clock
from diebian.kernel.errors import NotFound

from .parts import ill_parts

HOURS = 24
CONCERNS_SHOWN = 8
BEFORE = {Window.DAY: "昨天全天", Window.MONTH: "上月", Window.TO_DATE: "到昨天"}


@dataclass(frozen=True)
class Gauge:
    """One figure on the wall. `counties` is empty for a figure that has none."""

    figure: Indicator
    tally: Tally
    counties: Mapping[str, Tally]
    before: str  # the same figure one window earlier, in words; "" where there is none
    before_day: date | None
    cut_off: datetime | None
    is_stale: bool

    @property
    def value(self) -> str:
        return self.figure.shown(self.tally)


@dataclass(frozen=True)
class Matters:
    first: Concern | None  # the one that somebody must turn to now
    others: Sequence[Concern]
    count: int
    is_red: bool


@dataclass(frozen=True)
class Hours:
    figures: Sequence[Indicator]
    rows: Sequence[tuple[datetime, Sequence[int]]]


@dataclass(frozen=True)
class Reading:
    """All that the wall shows, of one moment."""

    gauges: Sequence[Gauge]
    matters: Matters
    hours: Hours


def reading() -> Reading:
    return _shared.told()


def gauges(day: date) -> list[Gauge]:
    return [_gauge(figure, day) for figure in indicators.in_order()]


def mapped(told: Sequence[Gauge]) -> list[Gauge]:
    """Those that the map can show."""
    return [gauge for gauge in told if gauge.figure.classes]


def chosen(told: Sequence[Gauge], slug: str) -> Gauge:
    """The figure of the map: the one asked for, else the most important one."""
    for gauge in mapped(told):
        if slug in ("", gauge.figure.slug):
            return gauge
    raise NotFound


def matters() -> Matters:
    told = [ill_parts(), *(source.read() for source in concerns)]
    found = [one for part in told for one in part.shown]  # sorting keeps their order in a level
    ranked = sorted(found, key=lambda one: one.level)[:CONCERNS_SHOWN]
    first = ranked[0] if ranked and ranked[0].level == Level.NOW else None
    others = ranked[1:] if first else ranked
    return Matters(first, others, sum(part.count for part in told), is_red=first is not None)


def hours() -> Hours:
    asked = last_hours(HOURS)
    charted = [figure for figure in indicators.in_order() if figure.is_charted]
    told = [figure.read(asked).by_hour() for figure in charted]
    assert asked.since is not None  # noqa: S101  whole hours have a beginning
    moments = [asked.since + timedelta(hours=place) for place in range(HOURS)]
    rows = [(at, [heaps.get(at, Tally()).rows for heaps in told]) for at in moments]
    return Hours(charted, rows)


def before_of(figure: Indicator, day: date, county: str = "") -> tuple[str, date | None]:
    earlier = before(figure.window, day)
    if earlier is None:
        return "", None
    then = figure.rows(earlier, county).tally()
    is_today = day == clock.today()
    label = BEFORE[figure.window] if is_today else f"{earlier.month} 月 {earlier.day} 日"
    return f"{label} {figure.shown(then)}", earlier


def _gauge(figure: Indicator, day: date) -> Gauge:
    rows = figure.rows(day)
    counties = rows.by_county() if figure.classes else {}
    tally = total(counties.values()) if figure.classes else rows.tally()
    earlier = before_of(figure, day)
    return Gauge(figure, tally, counties, *earlier, figure.cut_off(), figure.is_stale())


def _reading(day: date) -> Reading:
    with one_moment():
        return Reading(gauges(day), matters(), hours())


_shared = Shared(_reading)
