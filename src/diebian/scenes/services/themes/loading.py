"""Themes of a city's folder as rows, and what comes of them. One that is no more is retired."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from diebian.base.directory.public import Change, ProfileSection, Verb, compared, differences
from diebian.kernel import clock
from diebian.security.identity.public import PLATFORM, Actor, department_keys
from diebian.standards.marks import mark_of
from diebian.standards.profile import CityProfile, Row

from .actions import compile_themes, made_by_a_former_compiler
from .models import Theme

LABELS = {
    "name": "名称",
    "kind": "类别",
    "objects_of": "服务对象",
    "lead": "牵头部门",
    "mark": "标记",
    "members_mark": "成员标记",
    "places": "成员和先后",
}
OWN_ONE = "牵头部门自己编过，以发布的为准"
Facts = Mapping[str, Any]


def load_themes(profile: CityProfile, by: Actor, dry_run: bool) -> list[Change]:  # noqa: ARG001
    """Runs within the directory's load, after the items."""
    wanted = wanted_in(profile)
    known = {row.code: row for row in Theme.objects.select_related("department")}
    found = compared(known, wanted, _changes, lambda row: _subject(row.code, row.name))
    if not dry_run:
        _write({code: wanted[code] for code in found.changed}, known)
        rows = Theme.objects.filter(pk__in=[row.pk for row in found.gone])
        rows.update(retired_on=clock.today())
        if codes := {*found.changed, *made_by_a_former_compiler()}:
            compile_themes(codes=codes, by=PLATFORM)
    return list(found.changes)


SECTION = ProfileSection(slug="themes", diff_and_load=load_themes)


def wanted_in(profile: CityProfile) -> dict[str, Facts]:
    credit_codes = {row["code"]: row["uscc"] for row in profile.organisations}
    members: dict[str, list[Row]] = defaultdict(list)
    for row in profile.rows("one_thing_members.csv"):
        members[row["theme_code"]].append(row)
    return {
        row["code"]: {
            "name": row["name"],
            "kind": row["type"],
            "objects_of": row["object"],
            "lead": credit_codes[row["lead_org"]],
            "mark": str(mark_of(row["status"])),
            "members_mark": _least_sure(members[row["code"]]),
            "places": _places(members[row["code"]]),
        }
        for row in profile.rows("one_things.csv")
    }


def _places(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Their numbers in the file become the items' codes; a number of nobody is told as it is."""
    ordered = sorted(rows, key=lambda row: int(row["seq"]))
    codes = {row["seq"]: row["item_code"] for row in ordered}
    return [
        {
            "code": row["item_code"],
            "after": [codes.get(one, one) for one in row["after_seq"].split(";") if one],
        }
        for row in ordered
    ]


def _least_sure(rows: Sequence[Row]) -> str:
    marks = {str(mark_of(row["status"])) for row in rows}
    return next((mark for mark in ("SAMPLE", "PATTERN", "REAL-NAME") if mark in marks), "REAL")


def _changes(code: str, row: Theme | None, will: Facts) -> Iterator[Change]:
    subject = _subject(code, will["name"])
    if row is None:
        yield Change(Verb.NEW, subject)
        return
    if row.retired_on is not None:
        yield Change(Verb.BACK, subject)
    was = {fact: getattr(row, fact) for fact in LABELS if fact != "lead"}
    if row.of_folder is not None:
        if row.of_folder != will["places"]:
            yield Change(Verb.CHANGED, subject, "城市资料", "", OWN_ONE)
        will = {**will, "places": row.places}
    yield from differences(subject, {**was, "lead": row.department.credit_code}, will, LABELS)


def _write(wanted: Mapping[str, Facts], known: Mapping[str, Theme]) -> None:
    if not wanted:
        return
    keys = department_keys()
    rows = [
        Theme(
            code=code,
            department_id=keys[will["lead"]],
            **{fact: value for fact, value in will.items() if fact != "lead"},
        )
        for code, will in wanted.items()
    ]
    for row in rows:
        published = known.get(row.code)
        if published is not None and published.of_folder is not None:
            row.places, row.of_folder = published.places, row.places
    Theme.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[
            *(fact for fact in LABELS if fact != "lead"),
            "department",
            "retired_on",
            "of_folder",
        ],
    )


def _subject(code: str, name: str) -> str:
    return f"一件事 {code} {name}"
