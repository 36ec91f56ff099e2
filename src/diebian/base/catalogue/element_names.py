"""Data elements as items name them: for the element's page, and for tables behind an entry."""

from collections.abc import Collection
from uuid import UUID

from django.urls import reverse

from diebian.base.elements.public import (
    DataElement,
    ElementUser,
    Named,
    Names,
    elements_named,
)
from diebian.security.identity.public import Actor
from diebian.standards.metadata import ItemType

from .models import DataItem
from .reads import read_columns
from .resources import resources_of
from .selectors import visible_entries


def elements_behind(entry: UUID, table: str, columns: Collection[str]) -> dict[str, DataElement]:
    """By column of a collected table: the element of the item that stands for it in a resource."""
    items = DataItem.objects.filter(entry__public_id=entry).exclude(element=None)
    said = {item.column or item.name: str(item.element_id) for item in items}
    known = elements_named(said.values())
    return {
        column: known[said[read.ours]]
        for resource in (resources_of(entry) if said else ())
        for column, read in read_columns(resource, table, columns).items()
        if read.ours in said
    }


def _names(element: DataElement, by: Actor, most: int) -> Names:
    named = DataItem.objects.filter(
        element__identifier=element.identifier, entry__in=visible_entries(by)
    )
    rows = named.select_related("entry__provider").order_by("entry__title", "entry", "place")
    return Names(named.count(), [_named(element, item) for item in rows[:most]])


def _named(element: DataElement, item: DataItem) -> Named:
    where = f"{item.entry.provider.name}的目录“{item.entry.title}”"
    differs = element.differs_from_item(ItemType(item.type), item.length)
    return Named(item.name, where, reverse("catalogue:entry", args=[item.entry.public_id]), differs)


USER = ElementUser(slug="catalogue", title="选用它的信息项", names=_names)
