"""Which columns hold a data element, for its page: those of tables that the reader sees."""

from django.urls import reverse

from diebian.base.elements.public import DataElement, ElementUser, Named, Names
from diebian.security.identity.public import Actor

from . import policy
from .models import ColumnElement
from .naming import differs
from .selectors import seen_by


def _names(element: DataElement, by: Actor, most: int) -> Names:
    if not policy.may_browse(by):
        return Names(0, [])
    named = ColumnElement.objects.filter(
        element__identifier=element.identifier, collection__in=seen_by(by)
    )
    rows = named.select_related("collection__source__department")
    first = rows.order_by("collection__title", "collection", "pk")[:most]
    return Names(named.count(), [_named(element, row) for row in first])


def _named(element: DataElement, row: ColumnElement) -> Named:
    one = row.collection
    types = {told["name"]: told["type"] for told in one.columns}
    type_ = types.get(row.column)
    told = differs(element, type_) if type_ else "这一列现在不收了"
    where = f"{one.source.department.name}的归集“{one.title}”"
    return Named(row.column, where, reverse("lake:collection", args=[one.slug]), told)


USER = ElementUser(slug="lake", title="收进湖里的列", names=_names)
