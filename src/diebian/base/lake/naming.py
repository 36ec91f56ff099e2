"""Which 数据元 the columns of a table hold: said by its data manager, guessed for them to take."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction

from diebian.base.catalogue.public import elements_behind
from diebian.base.elements.public import (
    DataElement,
    ElementUnknown,
    elements_meant,
    elements_named,
)
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused

from . import policy
from .models import Collection, ColumnElement
from .names import item_type, type_words
from .refusals import ColumnsUnclear

NAMED = "lake.collection.elements_named"


@dataclass(frozen=True)
class ColumnLine:
    """`meant` is a guess, where nobody has named one."""

    name: str
    type: str
    element: DataElement | None
    meant: DataElement | None

    @property
    def words(self) -> str:
        return type_words(self.type)

    @property
    def differs(self) -> str:
        return differs(self.element, self.type) if self.element else ""


def differs(element: DataElement, type_: str) -> str:
    """Why a column of this lake type does not agree with the element; empty where it does."""
    return element.differs_from_type(item_type(type_))


def elements_of(collection: int) -> dict[str, DataElement]:
    """By column, as somebody named them; also of columns that are not collected any more."""
    return elements_of_all([collection]).get(collection, {})


def elements_of_all(collections: Iterable[int]) -> dict[int, dict[str, DataElement]]:
    """Of many at once: two questions, however many they are."""
    rows = ColumnElement.objects.filter(collection__in=list(collections)).order_by("pk")
    told = list(rows.values_list("collection", "column", "element__identifier"))
    known = elements_named(str(identifier) for _, _, identifier in told)
    found: dict[int, dict[str, DataElement]] = {}
    for collection, column, identifier in told:
        found.setdefault(collection, {})[column] = known[str(identifier)]
    return found


def column_lines(one: Collection, *, with_guesses: bool = False) -> list[ColumnLine]:
    types, named = {told["name"]: told["type"] for told in one.columns}, elements_of(one.pk)
    meant: Mapping[str, DataElement] = {}
    if with_guesses:
        unnamed = [name for name in types if name not in named]
        own = elements_behind(one.entry_id, one.slug, unnamed) if one.entry_id else {}
        meant = {**elements_meant(unnamed), **own}
    return [
        ColumnLine(name, of, named.get(name), None if name in named else meant.get(name))
        for name, of in types.items()
    ]


@transaction.atomic
def name_elements(*, slug: str, named: Mapping[str, str], by: Actor) -> None:
    """`named`: the identifier for each column that holds an element; the other columns that are
    collected hold none.
    """
    rows = Collection.objects.select_for_update(of=("self",)).select_related("source__department")
    one = rows.filter(slug=slug).first()
    if one is None:
        raise NotFound
    if not policy.may_manage(by, one.source.department.credit_code):
        raise Refused
    _refuse_unknown(one, named)
    there = {told["name"] for told in one.columns}
    held = {row.column: row for row in one.elements.filter(column__in=there)}
    now = clock.now()
    gone = [row.pk for column, row in held.items() if named.get(column) != row.element_id]
    new = [
        ColumnElement(
            collection=one, column=column, element_id=identifier, named_by=by.name, named_at=now
        )
        for column, identifier in named.items()
        if column not in held or held[column].element_id != identifier
    ]
    if not gone and not new:
        return
    ColumnElement.objects.filter(pk__in=gone).delete()
    ColumnElement.objects.bulk_create(new)
    audit.record(by=by, action=NAMED, subject=one.audit_subject)


def is_named_by_people(one: Collection) -> bool:
    """Whether a person, and not the platform alone, has said what its columns hold."""
    lines = audit.lines_about(one.audit_subject)
    return any(line.action == NAMED and line.department for line in lines)


def _refuse_unknown(one: Collection, named: Mapping[str, str]) -> None:
    """An element that retired since it was named may stay where it is."""
    there = {told["name"] for told in one.columns}
    if strange := [column for column in named if column not in there]:
        raise ColumnsUnclear(f"这张表没有列“{'、'.join(strange)}”")
    held, known = elements_of(one.pk), elements_named(named.values())
    for column, identifier in named.items():
        found = known.get(identifier)
        is_kept = column in held and held[column].identifier == identifier
        if found is None or (found.is_retired and not is_kept):
            raise ElementUnknown(f"列“{column}”：{identifier}")
