"""The service items of a city's folder, as rows. An item that is no more is retired, with a day."""

from collections.abc import Iterable, Mapping
from typing import Any

from diebian.base.directory.public import Change, ProfileSection, Verb, differences
from diebian.kernel import clock
from diebian.security.identity.public import Actor, department_keys, department_name
from diebian.standards.marks import mark_of
from diebian.standards.profile import CityProfile, Row

from .models import OPEN, Case, ServiceItem

FACTS = {
    "name": "名称",
    "kind": "类别",
    "credit_code": "办理机构",
    "statutory_days": "法定时限",
    "statutory_unit": "法定时限单位",
    "statutory_source": "法定时限依据",
    "statutory_check": "依据核对",
    "promised_days": "承诺时限",
    "promised_mark": "承诺时限标记",
    "mark": "标记",
    "fee": "收费",
    "words": "常用叫法",
    "journey": "网上办理流程",
}
Facts = Mapping[str, Any]


def load_items(profile: CityProfile, by: Actor, dry_run: bool) -> list[Change]:  # noqa: ARG001
    """Runs within the directory's load, which asks who acts and writes the trail."""
    rows = ServiceItem.objects.select_related("department")
    known = {row.code: row for row in rows}
    wanted = _wanted(profile)
    told: list[Change] = []
    changed: list[str] = []
    for code, will in wanted.items():
        subject = f"事项 {code} {will['name']}"
        row = known.get(code)
        if row is None:
            told.append(Change(Verb.NEW, subject))
            changed.append(code)
            continue
        found = list(_differences(subject, _facts(row), will))
        if row.retired_on is not None:
            found.append(Change(Verb.BACK, subject))
        told += found
        changed += [code] if found else []
    gone = [row for code, row in known.items() if code not in wanted and row.retired_on is None]
    told += [_retired(row) for row in gone]
    if not dry_run:
        _write(changed, wanted)
        codes = [row.code for row in gone]
        ServiceItem.objects.filter(code__in=codes).update(retired_on=clock.today())
    return told


SECTION = ProfileSection(slug="services", diff_and_load=load_items)


def _wanted(profile: CityProfile) -> dict[str, Facts]:
    journeys = {told["code"]: dict(told) for told in profile.journey.get("items", [])}
    titles = {told["slug"]: told["title"] for told in profile.journey.get("resources", [])}
    credit_codes = {row["code"]: row["uscc"] for row in profile.organisations}
    wanted: dict[str, Facts] = {}
    for row in profile.items:
        journey = journeys.get(row["code"])
        if journey is not None:
            verified = [one["resource"] for one in journey.get("verifies", [])]
            journey["titles"] = {slug: titles[slug] for slug in [*journey["asks"], *verified]}
        wanted[row["code"]] = {
            "name": row["name"],
            "kind": row["kind"],
            "credit_code": credit_codes[row["org_code"]],
            **_days(row),
            "mark": str(mark_of(row["status"])),
            "fee": row["fee"],
            "words": " ".join(journey["synonyms"]) if journey else "",
            "journey": journey,
        }
    return wanted


def _days(row: Row) -> dict[str, Any]:
    return {
        "statutory_days": int(row["statutory_days"]) if row["statutory_days"] else None,
        "statutory_unit": row["statutory_unit"],
        "statutory_source": row["statutory_source"],
        "statutory_check": row["statutory_check"],
        "promised_days": int(row["promised_days"]) if row["promised_days"] else None,
        "promised_mark": str(mark_of(row["promised_status"])) if row["promised_days"] else "",
    }


def _facts(row: ServiceItem) -> Facts:
    own = {fact: getattr(row, fact) for fact in FACTS if fact != "credit_code"}
    return {**own, "credit_code": row.department.credit_code}


def _differences(subject: str, was: Facts, will: Facts) -> Iterable[Change]:
    """Departments are told by name: a credit code says nothing to whoever reads the list."""
    for change in differences(subject, was, will, FACTS):
        if change.what == FACTS["credit_code"]:
            names = (department_name(change.was), department_name(change.will) or change.will)
            yield Change(change.verb, subject, change.what, *names)
        else:
            yield change


def _retired(row: ServiceItem) -> Change:
    waiting = Case.objects.filter(item=row, state__in=OPEN).count()
    note = f"（还有 {waiting} 件在办，照常办完）" if waiting else ""
    return Change(Verb.RETIRED, f"事项 {row.code} {row.name}{note}")


def _write(codes: list[str], wanted: Mapping[str, Facts]) -> None:
    departments = department_keys() if codes else {}
    own = [fact for fact in FACTS if fact != "credit_code"]
    ServiceItem.objects.bulk_create(
        [
            ServiceItem(
                code=code,
                department_id=departments[wanted[code]["credit_code"]],
                retired_on=None,
                **{fact: wanted[code][fact] for fact in own},
            )
            for code in codes
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[*own, "department", "retired_on"],
    )
