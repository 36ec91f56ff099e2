"""The licence types of a city's folder, as rows. A type that is no more is retired, with a day."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from diebian.base.directory.public import Change, ProfileSection, Verb, compared, differences
from diebian.kernel import clock
from diebian.security.identity.public import Actor, department_keys, department_name
from diebian.standards.marks import mark_of
from diebian.standards.profile import CityProfile

from .models import LicenceType

FACTS = {
    "name": "名称",
    "credit_code": "颁发机构",
    "holder_kind": "持有人",
    "validity": "有效期",
    "national_code": "国家类型代码",
    "mark": "标记",
}
Facts = Mapping[str, Any]


def load_types(profile: CityProfile, by: Actor, dry_run: bool) -> list[Change]:  # noqa: ARG001
    """Runs within the directory's load, which asks who acts and writes the trail."""
    known = {row.code: row for row in LicenceType.objects.select_related("issuer")}
    wanted = _wanted(profile)
    found = compared(known, wanted, _changes, lambda row: _subject(row.code, row.name))
    if not dry_run:
        _write(found.changed, wanted)
        rows = LicenceType.objects.filter(pk__in=[row.pk for row in found.gone])
        rows.update(retired_on=clock.today())
    return list(found.changes)


SECTION = ProfileSection(slug="licence-types", diff_and_load=load_types)


def _wanted(profile: CityProfile) -> dict[str, Facts]:
    credit_codes = {row["code"]: row["uscc"] for row in profile.organisations}
    return {
        row["code"]: {
            "name": row["name"],
            "credit_code": credit_codes[row["issuer_org"]],
            "holder_kind": row["holder_kind"],
            "validity": row["validity"],
            "national_code": row["national_type_code"],
            "mark": str(mark_of(row["status"])),
        }
        for row in profile.rows("licence_types.csv")
    }


def _changes(code: str, row: LicenceType | None, will: Facts) -> Iterator[Change]:
    subject = _subject(code, will["name"])
    if row is None:
        yield Change(Verb.NEW, subject)
        return
    own = {fact: getattr(row, fact) for fact in FACTS if fact != "credit_code"}
    for one in differences(subject, {**own, "credit_code": row.issuer.credit_code}, will, FACTS):
        if one.what == FACTS["credit_code"]:
            yield Change(one.verb, subject, one.what, row.issuer.name, department_name(one.will))
        else:
            yield one
    if row.retired_on is not None:
        yield Change(Verb.BACK, subject)


def _subject(code: str, name: str) -> str:
    return f"证照类型 {code} {name}"


def _write(codes: Sequence[str], wanted: Mapping[str, Facts]) -> None:
    departments = department_keys() if codes else {}
    own = [fact for fact in FACTS if fact != "credit_code"]
    LicenceType.objects.bulk_create(
        [
            LicenceType(
                code=code,
                issuer_id=departments[wanted[code]["credit_code"]],
                retired_on=None,
                **{fact: wanted[code][fact] for fact in own},
            )
            for code in codes
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[*own, "issuer", "retired_on"],
    )
