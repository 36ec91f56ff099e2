"""Loading a city: what is new, what changed, what is no more. History is kept, nothing deleted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from diebian.kernel import clock
from diebian.kernel.errors import DiebianError
from diebian.security.audit import public as audit
from diebian.security.identity.public import (
    PLATFORM,
    Actor,
    Refused,
    register_departments,
    rename_department,
)
from diebian.standards.profile import CityProfile, Row

from .models import CalendarDay, City, Division, OrganisationVersion
from .selectors import departments_by_code


class ProfileFaulty(DiebianError):
    code, status, title = "directory.profile_faulty", 422, "城市资料有错，没有载入任何内容"


class AnotherCity(DiebianError):
    code, status, title = "directory.another_city", 409, "这个数据库里已经是另一座城市"


@dataclass(frozen=True)
class Change:
    verb: str  # 新增, 变更 or 停用
    subject: str

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"


@transaction.atomic
def load_city(*, profile: CityProfile, by: Actor, dry_run: bool = False) -> list[Change]:
    """Idempotent. `dry_run` tells what would change and changes nothing."""
    if by != PLATFORM:
        raise Refused
    if profile.faults:
        raise ProfileFaulty("；".join(str(fault) for fault in profile.faults[:5]))
    changes = [
        *_load_divisions(profile.divisions),
        *_load_organisations(profile.organisations, by),
    ]
    load_working_days(rows=profile.holidays, by=by)
    _load_record(profile)
    if changes:
        audit.record(by=by, action="directory.city.loaded", subject=str(profile.city["code"]))
    if dry_run:
        transaction.set_rollback(True)
    return changes


def _load_divisions(rows: Iterable[Row]) -> list[Change]:
    known = {row.code: row for row in Division.objects.filter(valid_to=None)}
    wanted = {row["code"]: row for row in rows}
    changed = [
        code
        for code, row in wanted.items()
        if code not in known
        or (known[code].name, known[code].parent) != (row["name"], row["parent_code"])
    ]
    gone = [code for code in known if code not in wanted]
    today = clock.today()
    Division.objects.filter(code__in=[*changed, *gone], valid_to=None).update(valid_to=today)
    Division.objects.bulk_create(
        Division(
            code=code,
            name=wanted[code]["name"],
            parent=wanted[code]["parent_code"],
            level=wanted[code]["level"],
            valid_from=today,
        )
        for code in changed
    )
    return _told(changed, gone, set(known), {code: row["name"] for code, row in wanted.items()})


def _load_organisations(rows: Iterable[Row], by: Actor) -> list[Change]:
    wanted = {row["code"]: row for row in rows}
    register_departments(names={row["uscc"]: row["name"] for row in wanted.values()}, by=by)
    departments = departments_by_code()
    known = {row.code: row for row in OrganisationVersion.objects.filter(valid_to=None)}
    changed = [
        code
        for code, row in wanted.items()
        if code not in known
        or (known[code].name, known[code].parent) != (row["name"], row["parent_code"])
    ]
    gone = [code for code in known if code not in wanted]
    today = clock.today()
    current = OrganisationVersion.objects.filter(code__in=[*changed, *gone], valid_to=None)
    current.update(valid_to=today)
    for code in set(changed) & set(known):
        row = wanted[code]
        rename_department(credit_code=row["uscc"], name=row["name"], by=by)
    OrganisationVersion.objects.bulk_create(
        _version(wanted[code], departments, today) for code in changed
    )
    return _told(changed, gone, set(known), {code: row["name"] for code, row in wanted.items()})


def _version(row: Row, departments: Mapping[str, int], today: date) -> OrganisationVersion:
    return OrganisationVersion(
        code=row["code"],
        department_id=departments[row["uscc"]],
        name=row["name"],
        short_name=row["short_name"],
        parent=row["parent_code"],
        division=row["division_code"],
        mark=row["status"],
        valid_from=today,
    )


@transaction.atomic
def load_working_days(*, rows: Iterable[Row], by: Actor) -> None:
    """The yearly notice; a day that is known already is overwritten by the newer notice."""
    if by != PLATFORM:
        raise Refused
    CalendarDay.objects.bulk_create(
        [
            CalendarDay(
                day=date.fromisoformat(row["date"]),
                is_workday=row["is_workday"] == "1",
                is_official=row["status"] == "official",
            )
            for row in rows
        ],
        update_conflicts=True,
        unique_fields=["day"],
        update_fields=["is_workday", "is_official"],
    )


def _load_record(profile: CityProfile) -> None:
    told = profile.city
    if City.objects.exclude(code=told["code"]).exists():
        raise AnotherCity
    leads = {row["code"]: row["uscc"] for row in profile.organisations}
    City.objects.update_or_create(
        code=told["code"],
        defaults={
            "name": told["name"],
            "short_name": told["short_name"],
            "hotline": told["hotline"],
            "lead": leads[told["data_lead"]],
            "is_sample": bool(told.get("sample", True)),
            "map": dict(profile.map),
        },
    )


def _told(
    changed: list[str], gone: list[str], known: set[str], names: Mapping[str, str]
) -> list[Change]:
    told = [
        Change("变更" if code in known else "新增", f"{code} {names[code]}") for code in changed
    ]
    return told + [Change("停用", code) for code in gone]
