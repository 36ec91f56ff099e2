"""What is to be reached: the figures that the city has published, all of them or one in so many."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from diebian.kernel.errors import DiebianError
from diebian.standards.profile import CityProfile, load

FILE = "seed_figures.yaml"
QUICK = 100  # one in so many


class FiguresMissing(DiebianError):
    code, status, title = "delivery.figures_missing", 404, "这座城市的资料里没有公布过的数字"


@dataclass(frozen=True)
class Plan:
    """The published figures by their id in the city's file, as far as this run is to reach them.

    Catalogue and departments are always whole. Of the rest one in `one_in`; of each kind at least
    one. `calls` where it is told: so many calls in all, in the published proportions.
    """

    one_in: int
    departments: int
    entries: int
    county_departments: int
    county_entries: int
    tables: int
    rows: int
    files: int
    interfaces: int
    upper_kinds: int
    upper_calls: int
    local_kinds: int
    local_calls: int
    season_calls: int

    @property
    def told(self) -> dict[str, int]:
        return asdict(self)


def published_of(city: Path) -> dict[str, int]:
    return published_in(load(city))


def published_in(profile: CityProfile) -> dict[str, int]:
    """Figure to its published value; those that are no whole numbers are left out."""
    told = profile.document(FILE).get("figures", [])
    return {one["id"]: one["value"] for one in told if isinstance(one["value"], int)}


def plan_of(figures: Mapping[str, int], *, one_in: int = 1, calls: int = 0) -> Plan:
    """Raises `FiguresMissing`."""
    try:
        every = _whole(figures)
    except KeyError as error:
        raise FiguresMissing(f"{FILE} 里没有 {error.args[0]}") from error
    part = max(1, one_in)
    of = calls / (every.upper_calls + every.local_calls) if calls else 1 / part
    return Plan(
        **{
            **every.told,
            "one_in": part,
            "tables": max(1, every.tables // part),
            "rows": max(1, every.rows // part),
            "files": max(1, every.files // part),
            "interfaces": max(every.local_kinds, every.interfaces // part),
            "upper_calls": max(every.upper_kinds, int(every.upper_calls * of)),
            "local_calls": max(every.local_kinds, int(every.local_calls * of)),
            "season_calls": max(1, int(every.season_calls * of)),
        }
    )


def _whole(figures: Mapping[str, int]) -> Plan:
    return Plan(
        one_in=1,
        departments=figures["city_departments_sharing"],
        entries=figures["catalogue_entries_city"],
        county_departments=figures["county_departments"],
        county_entries=figures["catalogue_entries_county"],
        tables=figures["resources_table"],
        rows=figures["rows_collected"],
        files=figures["resources_file"],
        interfaces=figures["resources_interface"],
        upper_kinds=figures["upper_resources_called"],
        upper_calls=figures["upper_calls"],
        local_kinds=figures["local_resources_called"],
        local_calls=figures["local_calls"],
        season_calls=figures["exam_score_calls"],
    )


def sizes(tables: int, rows: int) -> dict[str, int]:
    """Few large and many small: the n-th has an n-th of the first; together exactly `rows`."""
    whole = sum(1 / place for place in range(1, tables + 1))
    told = [max(1, int(rows / whole / place)) for place in range(1, tables + 1)]
    told[0] += rows - sum(told)
    return {f"t{number:04}": size for number, size in enumerate(told)}


def shares(calls: int, kinds: int) -> list[int]:
    """As many for each as for the next, the first ones one more."""
    each, more = divmod(calls, kinds) if kinds else (0, 0)
    return [each + (place < more) for place in range(kinds)]
