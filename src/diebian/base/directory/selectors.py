from dataclasses import dataclass
from typing import Any

from diebian.kernel.errors import NotFound
from diebian.security.identity.public import department_keys
from diebian.standards.calendar import WorkingCalendar

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


@dataclass(frozen=True)
class Organisation:
    code: str
    credit_code: str
    name: str
    short_name: str


def city() -> CityLine | None:
    """The city of this installation; None before one is loaded."""
    row = City.objects.first()
    if row is None:
        return None
    return CityLine(
        row.code, row.name, row.short_name, row.hotline, row.lead, row.is_sample, row.map
    )


def counties() -> dict[str, str]:
    """Six-digit code to name, in order of code."""
    rows = Division.objects.filter(level="county", valid_to=None).order_by("code")
    return {row.code[:COUNTY_DIGITS]: row.name for row in rows}


def organisation(code: str) -> Organisation:
    rows = OrganisationVersion.objects.select_related("department")
    row = rows.filter(code=code, valid_to=None).first()
    if row is None:
        raise NotFound(f"organisation: {code}")
    return Organisation(row.code, row.department.credit_code, row.name, row.short_name)


def working_calendar() -> WorkingCalendar:
    """A few hundred rows, read afresh: a new notice is in force at once."""
    rows = list(CalendarDay.objects.all())
    return WorkingCalendar(
        {row.day: row.is_workday for row in rows},
        frozenset(row.day.year for row in rows if not row.is_official),
    )


def departments_by_code() -> dict[str, int]:
    return department_keys()
