"""`case_systems.yaml`: departments that handle cases in systems of their own, and their words."""

from collections.abc import Iterator, Mapping
from typing import Any

from diebian.base.directory.public import Change, ProfileSection, Verb, compared, differences
from diebian.kernel import clock
from diebian.scenes.services.system_models import CaseSystem, Follow
from diebian.security.identity.public import Actor, department_keys
from diebian.standards.profile import CityProfile

FILE = "case_systems.yaml"
LABELS = {
    "department": "部门",
    "caller": "推送的系统",
    "purpose": "用途",
    "push": "推送接口",
    "changes": "进度接口",
    "states": "状态的意思",
    "here": "在平台审核的事项",
}
Facts = Mapping[str, Any]


def load_systems(profile: CityProfile, by: Actor, dry_run: bool) -> list[Change]:  # noqa: ARG001
    """Runs within the directory's load. One that is gone is asked no more; its cases stay."""
    credit_codes = {row["code"]: row["uscc"] for row in profile.organisations}
    wanted = {
        one["name"]: {
            **{fact: one.get(fact, []) for fact in LABELS if fact != "department"},
            "department": credit_codes[one["organisation"]],
        }
        for one in profile.document(FILE).get("systems", [])
    }
    rows = CaseSystem.objects.select_related("department")
    known = {row.name: row for row in rows}
    found = compared(known, wanted, _changes, lambda row: _subject(row.name))
    if not dry_run:
        _write({name: wanted[name] for name in found.changed})
        gone = CaseSystem.objects.filter(pk__in=[row.pk for row in found.gone])
        gone.update(retired_on=clock.today())
    return list(found.changes)


SECTION = ProfileSection(slug="case-systems", diff_and_load=load_systems)


def _changes(name: str, row: CaseSystem | None, will: Facts) -> Iterator[Change]:
    if row is None:
        yield Change(Verb.NEW, _subject(name))
        return
    if row.retired_on is not None:
        yield Change(Verb.BACK, _subject(name))
    was = {fact: getattr(row, fact) for fact in LABELS if fact != "department"}
    yield from differences(
        _subject(name), {**was, "department": row.department.credit_code}, will, LABELS
    )


def _write(wanted: Mapping[str, Facts]) -> None:
    keys = department_keys() if wanted else {}
    for name, will in wanted.items():
        told = {fact: value for fact, value in will.items() if fact != "department"}
        told |= {"department_id": keys[will["department"]], "retired_on": None}
        CaseSystem.objects.update_or_create(name=name, defaults=told)


def _subject(name: str) -> str:
    return f"自建系统 {name}"


def load_follows(profile: CityProfile, by: Actor, dry_run: bool) -> list[Change]:  # noqa: ARG001
    """What is begun of itself after a grant. What was begun stays, whatever is declared later."""
    wanted = {
        f"{one['after']} {one['then']}": {"says": one["says"]}
        for one in profile.document(FILE).get("follows", [])
    }
    known = {str(row): row for row in Follow.objects.all()}
    found = compared(known, wanted, _follow_changes, lambda row: f"一并办理 {row}")
    if not dry_run:
        for key in found.changed:
            after, then = key.split()
            told = {**wanted[key], "retired_on": None}
            Follow.objects.update_or_create(after=after, then=then, defaults=told)
        gone = Follow.objects.filter(pk__in=[row.pk for row in found.gone])
        gone.update(retired_on=clock.today())
    return list(found.changes)


FOLLOWS = ProfileSection(slug="follows", diff_and_load=load_follows)


def _follow_changes(key: str, row: Follow | None, will: Facts) -> Iterator[Change]:
    subject = f"一并办理 {key}"
    if row is None:
        yield Change(Verb.NEW, subject)
        return
    if row.retired_on is not None:
        yield Change(Verb.BACK, subject)
    yield from differences(subject, {"says": row.says}, will, {"says": "说明"})
