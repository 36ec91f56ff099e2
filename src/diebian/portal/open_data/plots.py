"""A plot as the page draws it: places in per cent, so that a small screen needs no other picture.

Bars are lines of a table, each with its own small SVG; a line is an SVG of lines alone, with its
words beside it in HTML. Neither needs a script or an inline style, and no word is scaled.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil, floor, log10
from typing import Any

LEFT, WIDE = 1.0, 98.0
TOP, HIGH = 4.0, 92.0
TICKS = 3
FULL = 100.0
HALF = 0.5
ROUND = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Bar:
    label: str
    value: str
    rows: int
    width: float  # per cent


@dataclass(frozen=True)
class Piece:
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Drawn:
    kind: str
    title: str
    measure: str
    says: str  # in a sentence, for whoever does not see it
    bars: Sequence[Bar]
    pieces: Sequence[Piece] = ()
    dots: Sequence[Piece] = ()
    grid: Sequence[float] = ()
    beside: Sequence[str] = ()  # the highest first
    below: Sequence[str] = ()


def drawn(plot: Mapping[str, Any]) -> Drawn:
    points = plot["points"]
    most = max((abs(one["value"]) for one in points), default=0) or 1
    bars = [Bar(one["label"], short(one["value"]), one["rows"],
                round(max(one["value"], 0) / most * FULL, 1)) for one in points]  # fmt: skip
    bare = Drawn(plot["kind"], plot["title"], plot["measure"], _says(points), bars)
    return _line(bare, points) if plot["kind"] == "line" else bare


def short(value: float) -> str:
    """12,345 or 12.34: no more places than are read."""
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def _line(bare: Drawn, points: Sequence[Mapping[str, Any]]) -> Drawn:
    low, high = _range([one["value"] for one in points])

    def height(value: float) -> float:
        return round(TOP + HIGH * (1 - (value - low) / (high - low)), 2)

    step = WIDE / (len(points) - 1)
    places = [(round(LEFT + step * at, 2), height(one["value"])) for at, one in enumerate(points)]
    ticks = [high - (high - low) * at / (TICKS - 1) for at in range(TICKS)]
    last = len(points) - 1
    return replace(
        bare,
        pieces=[Piece(*one, *after) for one, after in pairwise(places)],
        dots=[Piece(*one, *one) for one in places],
        grid=[height(one) for one in ticks],
        beside=[short(one) for one in ticks],
        below=[points[at]["label"] for at in (0, last // 2, last)],  # more meet on a phone
    )


def _range(values: Sequence[float]) -> tuple[float, float]:
    """Round numbers around the values; from nought where that does not flatten the line."""
    low, high = min(values), max(values)
    low = 0.0 if 0 <= low <= HALF * high else low
    step = _rounded((high - low or abs(high) or 1) / (TICKS - 1))
    bottom = floor(low / step) * step
    return bottom, bottom + step * (TICKS - 1) * max(1, ceil((high - bottom) / step / (TICKS - 1)))


def _rounded(number: float) -> float:
    power = 10.0 ** floor(log10(number))
    return next(one * power for one in ROUND if one * power >= number)


def _says(points: Sequence[Mapping[str, Any]]) -> str:
    if not points:
        return "没有可画的数"
    most = max(points, key=lambda one: one["value"])
    least = min(points, key=lambda one: one["value"])
    return (f"共 {len(points)} 个：最高是{most['label']}，{short(most['value'])}；"
            f"最低是{least['label']}，{short(least['value'])}")  # fmt: skip
