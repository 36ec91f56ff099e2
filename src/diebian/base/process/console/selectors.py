"""Versions with what runs on them, how two of them differ, and what cannot go on."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, Q

from diebian.base.process.definitions.drawing import Drawing, Kind
from diebian.base.process.definitions.models import Language, Version
from diebian.base.process.definitions.selectors import drawing_of
from diebian.base.process.running.models import CaseState, Incident
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import Actor, Refused

from . import policy

SHOWN = 100
RUNNING = Count("cases", filter=Q(cases__state=CaseState.OPEN))


@dataclass(frozen=True)
class ProcessLine:
    key: str
    name: str
    language: str
    version: int
    versions: int
    running: int  # of all versions


@dataclass(frozen=True)
class Difference:
    """From one drawing to another; an element is one where its id and its kind are."""

    gone: Sequence[str]
    come: Sequence[str]
    changed: Sequence[str]


def processes(by: Actor, words: str = "") -> list[ProcessLine]:
    """Each by its newest version; those that something runs on first."""
    _look(by)
    rows = Version.objects.filter(Q(name__icontains=words) | Q(key__icontains=words))
    told = rows.values("language", "key").annotate(
        newest=Max("number"), count=Count("pk", distinct=True), running=RUNNING
    )
    found = list(told.order_by("-running", "key")[:SHOWN])
    keys = [one["key"] for one in found]
    names = {
        (row.language, row.key, row.number): row.name
        for row in Version.objects.filter(key__in=keys).defer("file")
    }
    return [
        ProcessLine(one["key"], names[one["language"], one["key"], one["newest"]],
                    Language(one["language"]).label, one["newest"], one["count"], one["running"])
        for one in found
    ]  # fmt: skip


def versions_of(by: Actor, key: str) -> Sequence[Version]:
    """The newest first, each with `running`. Raises `NotFound`."""
    _look(by)
    rows = Version.objects.filter(key=key, language=Language.BPMN).annotate(running=RUNNING)
    found = list(rows.order_by("-number"))
    if not found:
        raise NotFound
    return found


def version_of(by: Actor, key: str, number: int) -> Version:
    _look(by)
    found = Version.objects.filter(key=key, number=number, language=Language.BPMN).first()
    if found is None:
        raise NotFound
    return found


def difference(before: Version, after: Version) -> Difference:
    old, new = _told(drawing_of(before.pk)), _told(drawing_of(after.pk))
    return Difference(
        gone=[_named(old, key) for key in old if key not in new],
        come=[_named(new, key) for key in new if key not in old],
        changed=[_named(new, key) for key in new if key in old and new[key] != old[key]],
    )


def incidents(by: Actor) -> list[Incident]:
    """The oldest first."""
    if not policy.may_see_incidents(by):
        raise Refused
    rows = Incident.objects.filter(settled_at=None).select_related("case")
    if not policy.sees_all_incidents(by):
        rows = rows.filter(case__department=by.department)
    return list(rows.order_by("at", "pk")[:SHOWN])


def incident_of(by: Actor, number: int) -> Incident:
    found = Incident.objects.filter(pk=number).select_related("case").first()
    is_own = found is not None and found.case.department == by.department
    if found is None or not (policy.sees_all_incidents(by) or is_own):
        raise NotFound
    return found


def _look(by: Actor) -> None:
    if not policy.may_look(by):
        raise Refused


Told = dict[str, tuple[str, str, str, tuple[str, ...]]]


def _told(drawing: Drawing) -> Told:
    """Of each element what a person would call a change."""
    return {
        one.key: (one.kind, one.name, one.post or one.topic or one.called, one.outcomes)
        for one in drawing.nodes.values()
        if one.kind not in {Kind.START, Kind.PARALLEL}
    }


def _named(told: Told, key: str) -> str:
    name = told[key][1]
    return key if name == key else f"{name}（{key}）"
