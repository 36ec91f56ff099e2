from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Q

from diebian.kernel.errors import NotFound
from diebian.kernel.worded import Worded, worded
from diebian.standards.calendar import WorkingCalendar
from diebian.standards.marks import Mark, mark_of
from diebian.standards.promises import Promise

from .models import CalendarDay, City, Division, OrganisationVersion

COUNTY_DIGITS = 6


@dataclass(frozen=True)
class CityLine:
    code: str
    name: str
    short_name: str
    hotline: str
    lead: str
    is_sample: bool
    map: dict[str, Any]
    topics: list[dict[str, str]]
    dispute_days: dict[str, int]


@dataclass(frozen=True)
class CityHead:
    """As much of the city as stands on every page."""

    name: str
    short_name: str
    hotline: str
    lead: str
    is_sample: bool


@dataclass(frozen=True)
class Organisation:
    code: str
    credit_code: str
    name: str
    short_name: str
    mark: Mark  # how sure the row is; pages show it


@dataclass(frozen=True)
class Version:
    """What it was called and whom it was under, from `since` until the day before `until`."""

    name: str
    parent: str
    since: date
    until: date | None


def city() -> CityLine | None:
    """The city of this installation; None before one is loaded."""
    row = City.objects.first()
    if row is None:
        return None
    return CityLine(
        row.code,
        row.name,
        row.short_name,
        row.hotline,
        row.lead,
        row.is_sample,
        row.map,
        row.topics,
        row.dispute_days,
    )


def city_head() -> CityHead | None:
    """The same for the frame of every page: without what a page has to parse, a map above all."""
    return next((CityHead(*row) for row in _heads().rows()), None)


@cache
def _heads() -> Worded:
    return worded(City.objects.values_list(*CityHead.__annotations__).order_by("pk")[:1])


def draft_days() -> dict[str, int]:
    """By whose draft it is, as far as the city says: `standards.drafts`."""
    return City.objects.values_list("draft_days", flat=True).first() or {}


def sharing_promises() -> list[Promise]:
    """All that the city ever promised for the steps of a share request, the oldest first."""
    told = City.objects.values_list("sharing_promises", flat=True).first() or []
    return [Promise(date.fromisoformat(one["since"]), one["days"]) for one in told]


def counties() -> dict[str, str]:
    """Six-digit code to name, in order of code."""
    rows = Division.objects.filter(level="county", valid_to=None).order_by("code")
    return {row.code[:COUNTY_DIGITS]: row.name for row in rows}


def county_of(credit_code: str) -> str:
    """Six digits of the county whose department this is; empty for the city's own."""
    return counties_of([credit_code])[credit_code]


def counties_of(credit_codes: Iterable[str]) -> dict[str, str]:
    """The same of many, in as few questions as for one."""
    asked, known = list(credit_codes), counties()
    rows = OrganisationVersion.objects.filter(department__credit_code__in=asked, valid_to=None)
    told = dict(rows.order_by("-pk").values_list("department__credit_code", "division"))
    areas = {code: told.get(code, "")[:COUNTY_DIGITS] for code in asked}
    return {code: area if area in known else "" for code, area in areas.items()}


def counterparts(credit_code: str) -> dict[str, Organisation]:
    """对口: six digits of a county to the body that does there what this one does for the city."""
    current = OrganisationVersion.objects.filter(valid_to=None)
    own = current.filter(department__credit_code=credit_code).values_list("code", flat=True)
    codes = list(own)  # asked first: as one question PostgreSQL would compare each with each
    rows = current.filter(counterpart__in=codes).select_related("department").order_by("division")
    return {row.division[:COUNTY_DIGITS]: _organisation(row) for row in rows}


def organisation(code: str) -> Organisation:
    rows = OrganisationVersion.objects.select_related("department")
    row = rows.filter(code=code, valid_to=None).first()
    if row is None:
        raise NotFound(f"organisation: {code}")
    return _organisation(row)


def working_calendar() -> WorkingCalendar:
    """A few hundred rows, read afresh: a new notice is in force at once."""
    rows = CalendarDay.objects.values_list("day", "is_workday", "is_official")
    return WorkingCalendar(
        {day: is_workday for day, is_workday, _ in rows},
        frozenset(day.year for day, _, is_official in rows if not is_official),
    )


def organisations(*, division: str = "") -> list[Organisation]:
    """The current ones in order of code; of one division when its code is given."""
    rows = OrganisationVersion.objects.filter(valid_to=None).select_related("department")
    if division:
        rows = rows.filter(division=division)
    return [_organisation(row) for row in rows.order_by("code")]


def history_of(code: str) -> list[Version]:
    """All versions of an organisation or a division, oldest first."""
    rows: list[OrganisationVersion | Division] = [
        *OrganisationVersion.objects.filter(code=code).order_by("valid_from", "pk"),
        *Division.objects.filter(code=code).order_by("valid_from", "pk"),
    ]
    if not rows:
        raise NotFound(f"directory: {code}")
    parents = {row.parent for row in rows}
    named = dict(OrganisationVersion.objects.filter(code__in=parents).values_list("code", "name"))
    named |= dict(Division.objects.filter(code__in=parents).values_list("code", "name"))
    return [
        Version(row.name, named.get(row.parent, row.parent), row.valid_from, row.valid_to)
        for row in rows
    ]


def name_on(code: str, day: date) -> str | None:
    """What an organisation or division was called on a day; None before its first record."""
    then = Q(code=code, valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))
    for model in (OrganisationVersion, Division):
        found = model._default_manager.filter(then).values_list("name", flat=True).last()
        if found is not None:
            return str(found)
    return None


def _organisation(row: OrganisationVersion) -> Organisation:
    return Organisation(
        row.code, row.department.credit_code, row.name, row.short_name, mark_of(row.mark)
    )
