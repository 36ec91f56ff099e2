"""A figure told by county: what stands behind it for everybody, without a single case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from .figures import Indicator
from .measures import Tally, total


@dataclass(frozen=True)
class CountyLine:
    name: str
    tally: Tally
    value: str


def county_lines(figure: Indicator, day: date, *, names: Mapping[str, str]) -> list[CountyLine]:
    """Rows that belong to no county of `names` come last, so that the lines add up to the whole."""
    told = figure.by_county(day)
    lines = [(name, told.get(code, Tally())) for code, name in names.items()]
    rest = total(tally for code, tally in told.items() if code not in names)
    if rest.rows:
        lines.append(("还没有定县（市）区", rest))
    return [CountyLine(name, tally, figure.shown(tally)) for name, tally in lines]
