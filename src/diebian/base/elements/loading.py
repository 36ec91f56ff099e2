"""Elements of a city's folder: `data_elements.yaml`. A second load changes nothing."""

from collections.abc import Iterator, Mapping
from typing import Any

from diebian.base.directory.public import Change, ProfileSection, Verb, differences
from diebian.kernel import clock
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor
from diebian.standards.marks import mark_of
from diebian.standards.metadata import ItemType
from diebian.standards.profile import CityProfile

from .facts import ElementFacts
from .models import Element, State

FILE = "data_elements.yaml"
GONE = "城市资料里已没有这个数据元"
TYPES = {label: ItemType(value) for value, label in ItemType.choices}
LABELS = {
    "name": "名称",
    "definition": "定义",
    "type": "类型",
    "format": "表示格式",
    "check_kind": "校验",
    "codes": "值域",
    "aliases": "同义名称",
    "source": "出处",
    "mark": "标记",
}


def load_elements(profile: CityProfile, by: Actor, dry_run: bool) -> list[Change]:
    """What the register has from departments stays; one of the same identifier is the folder's."""
    wanted = {one["identifier"]: one for one in profile.document(FILE).get("elements", [])}
    known = {one.identifier: one for one in Element.objects.exclude(identifier=None)}
    told: list[Change] = []
    for identifier, held in known.items():
        if held.from_city and identifier not in wanted and held.state == State.STANDARD:
            told.append(Change(Verb.RETIRED, _subject(held)))
            if not dry_run:
                _set(held, by, "retired", state=State.RETIRED, reason=GONE)
    taken = {row.name: row.identifier for row in known.values() if row.state == State.STANDARD}
    for identifier, one in wanted.items():
        if taken.get(one["name"], identifier) != identifier:
            continue  # a department had it registered: that one stays
        row = known.get(identifier)
        changes = list(_changes(row, one))
        told += changes
        if changes and not dry_run:
            verb = "registered" if row is None else "renewed"
            made = row or Element(identifier=identifier)
            _set(made, by, verb, **_columns(one), from_city=True, state=State.STANDARD, reason="")
    return told


SECTION = ProfileSection(slug="elements", diff_and_load=load_elements)


def _changes(row: Element | None, one: Mapping[str, Any]) -> Iterator[Change]:
    if row is None:
        yield Change(Verb.NEW, f"数据元 {one['identifier']} {one['name']}")
        return
    if row.state != State.STANDARD:
        yield Change(Verb.BACK, _subject(row))
    was, will = {name: getattr(row, name) for name in LABELS}, _columns(one)
    yield from differences(_subject(row), was, will, LABELS)


def _columns(one: Mapping[str, Any]) -> dict[str, Any]:
    facts = ElementFacts(
        name=one["name"],
        definition=one["definition"],
        type=TYPES[one["type"]],
        format=one["format"],
        source=one["source"],
        check=one.get("check", ""),
        codes=one.get("codes", {}),
        aliases=one.get("aliases", []),
    )
    return {**facts.columns, "mark": str(mark_of(one["status"]))}


def _set(row: Element, by: Actor, verb: str, **columns: Any) -> None:
    for name, value in columns.items():
        setattr(row, name, value)
    row.since = clock.now()
    row.save()
    audit.record(by=by, action=f"elements.element.{verb}", subject=row.audit_subject)


def _subject(row: Element) -> str:
    return f"数据元 {row.identifier} {row.name}"
