"""For each published figure the platform's own, as its selectors tell it; whether it is that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from diebian.base.catalogue.public import Kind, published_counts, resource_counts
from diebian.base.delivery.figures import rows_mounted
from diebian.base.exchange.public import calls_by_kind, upstream_systems

from .interfaces import local_slug
from .plan import Plan


@dataclass(frozen=True)
class Line:
    """`wanted`: of the published figure what this run was to reach."""

    figure: str
    published: int
    wanted: int
    own: int
    is_reached: bool


def own_figures() -> dict[str, int]:
    """What is passed on from above is no resource of the city's own: its calls are told apart."""
    city, county = published_counts()
    kinds = resource_counts(but_of=list(upstream_systems()))
    calls = calls_by_kind()
    upper, local = [one for one in calls if one.level], [one for one in calls if not one.level]
    tables, rows = rows_mounted()
    return {
        "city_departments_sharing": city.departments,
        "catalogue_entries_city": city.entries,
        "county_departments": county.departments,
        "catalogue_entries_county": county.entries,
        "resources_table": min(tables, kinds[Kind.TABLE]),  # mounted, and really in the lake
        "rows_collected": rows,
        "resources_file": kinds[Kind.FILE],
        "resources_interface": kinds[Kind.INTERFACE],
        "resources_total": sum(kinds.values()),
        "upper_resources_called": len(upper),
        "upper_calls": sum(one.calls for one in upper),
        "local_resources_called": len(local),
        "local_calls": sum(one.calls for one in local),
        "exam_score_calls": sum(one.calls for one in local if one.slug == local_slug(0)),
    }


def compared(
    own: Mapping[str, int], published: Mapping[str, int], plan: Plan, at_least: Sequence[str]
) -> list[Line]:
    wanted = _wanted(plan)
    return [
        Line(
            figure=name,
            published=published[name],
            wanted=wanted[name],
            own=value,
            is_reached=value == wanted[name] or (name in at_least and value > wanted[name]),
        )
        for name, value in own.items()
    ]


def _wanted(plan: Plan) -> dict[str, int]:
    return {
        "city_departments_sharing": plan.departments,
        "catalogue_entries_city": plan.entries,
        "county_departments": plan.county_departments,
        "catalogue_entries_county": plan.county_entries,
        "resources_table": plan.tables,
        "rows_collected": plan.rows,
        "resources_file": plan.files,
        "resources_interface": plan.interfaces,
        "resources_total": plan.tables + plan.files + plan.interfaces,
        "upper_resources_called": plan.upper_kinds,
        "upper_calls": plan.upper_calls,
        "local_resources_called": plan.local_kinds,
        "local_calls": plan.local_calls,
        "exam_score_calls": plan.season_calls,
    }
