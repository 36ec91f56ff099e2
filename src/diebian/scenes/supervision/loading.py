"""`supervision.yaml` of a city's folder: new tasks are assigned, sites and criteria follow it.

A task that there is stays as people have it: from its first day its book is kept here.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from diebian.base.directory.public import Change, ProfileSection, Verb, compared, differences
from diebian.kernel import clock
from diebian.security.identity.public import Actor, department_keys
from diebian.standards.marks import mark_of
from diebian.standards.profile import CityProfile
from diebian.standards.profile.supervision import FILE
from diebian.standards.supervision import Step

from .models import Criterion, Origin, Programme, Site, State, Task, TaskStep, Terms, What
from .rows import write_each

SITE_LABELS = {"name": "名称", "kind": "类别", "lead": "主管单位", "county": "县（市）区"}
CRITERION_LABELS = {"title": "内容", "how": "怎样看", "points": "分值"}
Facts = Mapping[str, Any]


def load_supervision(profile: CityProfile, by: Actor, dry_run: bool) -> list[Change]:
    """Runs within the directory's load, after the organisations and people."""
    told = profile.document(FILE)
    if not told:
        return []
    return [
        *_terms(told["days"], dry_run=dry_run),
        *_sites(profile, told, dry_run=dry_run),
        *_criteria(told["criteria"], dry_run=dry_run),
        *_tasks(profile, told, by, dry_run=dry_run),
    ]


SECTION = ProfileSection(slug="supervision", diff_and_load=load_supervision)


def _terms(days: Mapping[str, int], *, dry_run: bool) -> Iterator[Change]:
    kept = Terms.objects.order_by("-since").first()
    labels = {step.value: f"期限（{step.label}，工作日）" for step in Step}
    was = {step.value: (kept.days if kept else {}).get(step.value, "") for step in Step}
    will = {step.value: days.get(step.value, "") for step in Step}
    changes = list(differences("督查督办", was, will, labels))
    if changes and not dry_run:
        Terms.objects.update_or_create(since=clock.today(), defaults={"days": dict(days)})
    yield from changes


def _sites(profile: CityProfile, told: Facts, *, dry_run: bool) -> Iterator[Change]:
    codes = _credit_codes(profile)
    mark = str(mark_of(told["status"]))
    wanted = {
        one["code"]: {
            "name": one["name"],
            "kind": one["kind"],
            "lead": codes[one["organisation"]],
            "county": one.get("county", ""),
        }
        for one in told["sites"]
    }
    known = {row.code: row for row in Site.objects.select_related("department")}
    found = compared(known, wanted, _site_changes, lambda row: f"网点 {row.code} {row.name}")
    yield from found.changes
    if dry_run:
        return
    keys = department_keys()
    facts = ("name", "kind", "county")
    Site.objects.bulk_create(
        [
            Site(
                code=code,
                department_id=keys[wanted[code]["lead"]],
                mark=mark,
                **{fact: wanted[code][fact] for fact in facts},
            )
            for code in found.changed
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[*facts, "department", "mark", "retired_on"],
    )
    Site.objects.filter(pk__in=[row.pk for row in found.gone]).update(retired_on=clock.today())


def _site_changes(code: str, row: Site | None, will: Facts) -> Iterator[Change]:
    subject = f"网点 {code} {will['name']}"
    if row is None:
        yield Change(Verb.NEW, subject)
        return
    if row.retired_on is not None:
        yield Change(Verb.BACK, subject)
    was = {"name": row.name, "kind": row.kind, "county": row.county}
    yield from differences(subject, {**was, "lead": row.department.credit_code}, will, SITE_LABELS)


def _criteria(told: list[Facts], *, dry_run: bool) -> Iterator[Change]:
    """A sheet that is open keeps the lines that it began with."""
    wanted = {one["code"]: {name: one[name] for name in CRITERION_LABELS} for one in told}
    known = {row.code: row for row in Criterion.objects.all()}
    found = compared(known, wanted, _criterion_changes, lambda row: f"自评内容 {row.code}")
    yield from found.changes
    if dry_run:
        return
    Criterion.objects.bulk_create(
        [Criterion(code=code, **wanted[code]) for code in found.changed],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[*CRITERION_LABELS, "retired_on"],
    )
    gone = Criterion.objects.filter(pk__in=[row.pk for row in found.gone])
    gone.update(retired_on=clock.today())


def _criterion_changes(code: str, row: Criterion | None, will: Facts) -> Iterator[Change]:
    subject = f"自评内容 {code} {will['title']}"
    if row is None:
        yield Change(Verb.NEW, subject)
        return
    if row.retired_on is not None:
        yield Change(Verb.BACK, subject)
    was = {name: getattr(row, name) for name in CRITERION_LABELS}
    yield from differences(subject, was, will, CRITERION_LABELS)


def _tasks(profile: CityProfile, told: Facts, by: Actor, *, dry_run: bool) -> Iterator[Change]:
    known = set(Task.objects.values_list("code", flat=True))
    for programme in told["programmes"]:
        new = [one for one in programme["tasks"] if one["code"] not in known]
        for one in new:
            yield Change(Verb.NEW, f"督办事项 {one['code']} {one['title']}")
        if new and not dry_run:
            facts = {"title": programme["title"], "source": programme["source"]}
            made, _ = Programme.objects.update_or_create(slug=programme["slug"], defaults=facts)
            _assign(made, new, profile, str(mark_of(told["status"])), by)


def _assign(
    programme: Programme, new: Sequence[Facts], profile: CityProfile, mark: str, by: Actor
) -> None:
    codes, keys, now = _credit_codes(profile), department_keys(), clock.now()
    names = {one["username"]: one["name"] for one in profile.people["officials"]}
    tasks = Task.objects.bulk_create(
        Task(
            code=one["code"],
            programme=programme,
            origin=Origin.PLAN,
            origin_says=programme.title,
            title=one["title"],
            wanted=one["wanted"],
            lead_id=keys[codes[one["lead"]]],
            co=[codes[code] for code in one.get("co", [])],
            owner=one.get("owner", ""),
            owner_name=names.get(one.get("owner", ""), ""),
            due=date.fromisoformat(one["due"]),
            state=State.ASSIGNED,
            since=now,
            mark=mark,
            raised_at=now,
        )
        for one in new
    )
    TaskStep.objects.bulk_create(
        TaskStep(task=task, title=step["title"], due=date.fromisoformat(step["due"]))
        for task, one in zip(tasks, new, strict=True)
        for step in one.get("steps", [])
    )
    write_each(tasks, What.ASSIGNED, by, f"{programme.title}：由城市资料交办")


def _credit_codes(profile: CityProfile) -> dict[str, str]:
    return {row["code"]: row["uscc"] for row in profile.organisations}
