from collections.abc import Iterable, Mapping

from diebian.base.directory.changes import Change, Verb, differences
from diebian.base.directory.models import OrganisationVersion
from diebian.kernel import clock
from diebian.security.identity.public import (
    Actor,
    department_keys,
    department_name,
    register_departments,
    rename_department,
)
from diebian.standards.marks import mark_of
from diebian.standards.profile import CityProfile

FACTS = {
    "name": "名称",
    "short_name": "简称",
    "parent": "上级",
    "division": "所在区划",
    "credit_code": "统一社会信用代码",
}
CORRECTED = {"mark": "标记", "counterpart": "对口的市级机构"}
Facts = Mapping[str, str]


def load_organisations(profile: CityProfile, *, by: Actor, dry_run: bool) -> list[Change]:
    """A department is never deleted: it keeps its people and cases, its version ends today.

    A better mark of the same row, or whose counterpart it is, is a correction, not history: it is
    written in place.
    """
    rows = OrganisationVersion.objects.filter(valid_to=None).select_related("department")
    known = {row.code: _facts(row) for row in rows}
    wanted = {
        row["code"]: {
            "name": row["name"],
            "short_name": row["short_name"],
            "parent": row["parent_code"],
            "division": row["division_code"],
            "credit_code": row["uscc"],
            "counterpart": row.get("counterpart", ""),
            "mark": str(mark_of(row["status"])),
        }
        for row in profile.organisations
    }
    told: list[Change] = []
    changed, marked = [], []
    for code, will in wanted.items():
        subject = f"机构 {code} {will['name']}"
        if code not in known:
            told.append(Change(Verb.NEW, subject))
            changed.append(code)
            continue
        new_version = list(differences(subject, known[code], will, FACTS))
        corrected = list(differences(subject, known[code], will, CORRECTED))
        told += [*new_version, *corrected]
        changed += [code] if new_version else []
        marked += [code] if corrected and not new_version else []
    gone = [code for code in known if code not in wanted]
    told += [Change(Verb.RETIRED, f"机构 {code} {known[code]['name']}") for code in gone]
    if not dry_run and told:
        _end([*changed, *gone])
        _begin(changed, wanted, by)
        _correct(marked, wanted)
    return told


def _facts(row: OrganisationVersion) -> Facts:
    own = ("name", "short_name", "parent", "division", "counterpart", "mark")
    return {
        **{fact: getattr(row, fact) for fact in own},
        "credit_code": row.department.credit_code,
    }


def _end(codes: Iterable[str]) -> None:
    current = OrganisationVersion.objects.filter(code__in=list(codes), valid_to=None)
    current.update(valid_to=clock.today())


def _begin(codes: Iterable[str], wanted: Mapping[str, Facts], by: Actor) -> None:
    facts = {code: wanted[code] for code in codes}
    known = department_keys()
    names = {will["credit_code"]: will["name"] for will in facts.values()}
    if new := {code: name for code, name in names.items() if code not in known}:
        register_departments(names=new, by=by)
    for credit_code, name in names.items():
        if credit_code in known and department_name(credit_code) != name:
            rename_department(credit_code=credit_code, name=name, by=by)
    departments = department_keys()
    OrganisationVersion.objects.bulk_create(
        OrganisationVersion(
            code=code,
            department_id=departments[will["credit_code"]],
            valid_from=clock.today(),
            **{name: fact for name, fact in will.items() if name != "credit_code"},
        )
        for code, will in facts.items()
    )


def _correct(codes: Iterable[str], wanted: Mapping[str, Facts]) -> None:
    for code in codes:
        current = OrganisationVersion.objects.filter(code=code, valid_to=None)
        current.update(**{fact: wanted[code][fact] for fact in CORRECTED})
