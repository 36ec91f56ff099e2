"""The map and the list of counties. Outlines are 示意, from the city's folder."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from diebian.brain.indicators.public import Tally

from .selectors import Gauge, mapped


@dataclass(frozen=True)
class Area:
    code: str
    name: str
    outline: str
    x: float
    y: float
    value: str  # of the figure that the map shows
    shade: int  # 1 to 4: which of the four classes
    told: Sequence[tuple[str, str]]  # a word and a value for each figure that has counties


def areas(
    gauges: Sequence[Gauge], chosen: Gauge, *, names: Mapping[str, str], drawing: Mapping[str, Any]
) -> list[Area]:
    shapes = {area["code"]: area for area in drawing.get("areas", [])}
    nowhere = {"d": "", "x": 0, "y": 0}
    return [
        _area(code, name, shapes.get(code, nowhere), gauges, chosen) for code, name in names.items()
    ]


def elsewhere(chosen: Gauge, *, names: Mapping[str, str]) -> int:
    """Rows that belong to no county of today: not known yet, or to one that is no more."""
    return sum(tally.rows for code, tally in chosen.counties.items() if code not in names)


def _area(
    code: str, name: str, shape: Mapping[str, Any], gauges: Sequence[Gauge], chosen: Gauge
) -> Area:
    tally = chosen.counties.get(code, Tally())
    return Area(
        code=code,
        name=name,
        outline=shape["d"],
        x=shape["x"],
        y=shape["y"],
        value=chosen.figure.shown(tally),
        shade=_shade(chosen, tally),
        told=[
            (gauge.figure.short, _with_percent(gauge, gauge.counties.get(code, Tally())))
            for gauge in mapped(gauges)
        ],
    )


def _with_percent(gauge: Gauge, tally: Tally) -> str:
    told = gauge.figure.shown(tally)
    return f"{told}%" if gauge.figure.unit == "%" and tally.rows else told


def _shade(chosen: Gauge, tally: Tally) -> int:
    value = chosen.figure.number(tally)
    limits = chosen.figure.classes or ()
    return 1 if value is None else 1 + sum(value >= limit for limit in limits)
