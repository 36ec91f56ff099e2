"""Resources as the layers above see them, with what their entry says of each column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from diebian.kernel.errors import NotFound

from .models import DataItem, Entry, Resource, State


@dataclass(frozen=True)
class ColumnLine:
    """A column that an interface returns, with what its item in the entry says of it."""

    column: str
    name: str
    type: str
    level: int
    privacy: str  # in words; empty where it is no personal information
    sharing: str  # the item's own type, or the entry's


@dataclass(frozen=True)
class ResourceLine:
    key: int
    slug: str
    title: str
    provider: str  # credit code
    provider_name: str
    sharing: str
    contract: dict[str, Any]
    entry_id: UUID
    is_open: bool  # its entry is published
    share_condition: str
    summary: str
    update_cycle: str  # in words
    level: int
    responsible: str
    probed_at: datetime | None
    columns: tuple[ColumnLine, ...]


def resource(slug: str) -> ResourceLine:
    row = Resource.objects.select_related("entry__provider").filter(slug=slug).first()
    if row is None:
        raise NotFound(f"resource: {slug}")
    return _resource(row)


def providers_of(slugs: Sequence[str]) -> dict[str, str]:
    """Slug to the name of the department that provides it, for those that are mounted."""
    rows = Resource.objects.filter(slug__in=slugs)
    return dict(rows.values_list("slug", "entry__provider__name"))


def resources_of(entry_id: UUID) -> list[ResourceLine]:
    rows = Resource.objects.select_related("entry__provider").filter(entry__public_id=entry_id)
    return [_resource(row) for row in rows.order_by("slug")]


def resources_asking(systems: Sequence[str]) -> list[ResourceLine]:
    """Those whose contract asks one of these systems."""
    rows = Resource.objects.select_related("entry__provider")
    return [_resource(row) for row in rows.filter(contract__system__in=systems).order_by("pk")]


def _resource(row: Resource) -> ResourceLine:
    entry = row.entry
    items = {item.column: item for item in entry.items.all() if item.column}
    return ResourceLine(
        key=row.pk,
        slug=row.slug,
        title=row.title,
        provider=entry.provider.credit_code,
        provider_name=entry.provider.name,
        sharing=entry.sharing,
        contract=row.contract,
        entry_id=entry.public_id,
        is_open=entry.state == State.PUBLISHED,
        share_condition=entry.share_condition,
        summary=entry.summary,
        update_cycle=entry.get_update_cycle_display(),
        level=entry.level,
        responsible=entry.responsible,
        probed_at=row.probed_at,
        columns=tuple(_columns(row.contract["fields"], items, entry)),
    )


def _columns(
    fields: Mapping[str, str], items: Mapping[str, DataItem], entry: Entry
) -> list[ColumnLine]:
    """In the order of the entry's items: the database keeps no order of a contract's fields."""
    described = [column for column in items if column in fields]
    ordered = described + [column for column in fields if column not in items]
    return [_column(column, items.get(column), entry) for column in ordered]


def _column(column: str, item: DataItem | None, entry: Entry) -> ColumnLine:
    if item is None:  # not described: as strict as its entry
        return ColumnLine(column, column, "", entry.level, "目录里没有写", entry.sharing)
    privacy = "" if item.privacy == "none" else item.get_privacy_display()
    kind = f"{item.get_type_display()} {item.length}".strip()
    sharing = item.sharing or entry.sharing
    return ColumnLine(column, item.name, kind, item.level, privacy, sharing)
