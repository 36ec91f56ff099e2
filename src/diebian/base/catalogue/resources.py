"""Resources as the layers above see them, with what their entry says of each column."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from diebian.kernel.errors import NotFound
from diebian.standards.sharing import SharingType, sharing_of_item, strictest

from .models import DataItem, Entry, Kind, Resource, State


@dataclass(frozen=True)
class ColumnLine:
    """A column that an interface returns, with what its item in the entry says of it."""

    column: str
    name: str
    type: str
    level: int
    privacy: str  # in words; empty where it is no personal information
    sharing: SharingType  # the item's own type, or the entry's; the entry's where it is withheld

    @property
    def is_withheld(self) -> bool:
        """不予共享: nobody else may ask for it, and a grant that has it gives it no more."""
        return self.sharing == SharingType.NEVER


@dataclass(frozen=True)
class ResourceLine:
    key: int
    slug: str
    kind: Kind
    title: str
    provider: str  # credit code
    provider_name: str
    sharing: str
    sharing_basis: str  # why what is withheld is withheld
    contract: dict[str, Any]
    entry_id: UUID
    is_open: bool  # it is mounted and its entry is published
    open_type: str
    unmounted_why: str
    share_condition: str
    summary: str
    cycle: str
    update_cycle: str  # in words
    level: int
    responsible: str
    mounted_at: datetime
    probed_at: datetime | None
    columns: tuple[ColumnLine, ...]

    @property
    def withheld(self) -> frozenset[str]:
        """Names of the columns that are 不予共享: asked by all that lets data out."""
        return frozenset(one.column for one in self.columns if one.is_withheld)

    def sharing_of(self, columns: Sequence[str]) -> SharingType:
        """The strictest of these columns: by it a request is answered in so many days."""
        return strictest(one.sharing for one in self.columns if one.column in columns)

    @property
    def way(self) -> str:
        """How it is mounted, among the `mount_ways`."""
        return str(self.contract.get("answered_by", self.kind))


def resource(slug: str) -> ResourceLine:
    row = Resource.everything.select_related("entry__provider").filter(slug=slug).first()
    if row is None:
        raise NotFound(f"resource: {slug}")
    return line_of(row)


def providers_of(slugs: Sequence[str]) -> dict[str, str]:
    """Slug to the name of the department that provides it, or did."""
    rows = Resource.everything.filter(slug__in=slugs)
    return dict(rows.values_list("slug", "entry__provider__name"))


def resources_named(slugs: Sequence[str]) -> list[ResourceLine]:
    return [line_of(row) for row in _rows().filter(slug__in=slugs).order_by("slug")]


def resources_titled(titles: Iterable[str]) -> list[ResourceLine]:
    """Those that are called so, where only the name is known."""
    return [line_of(row) for row in _rows().filter(title__in=list(titles)).order_by("slug")]


def resources_of(entry_id: UUID) -> list[ResourceLine]:
    rows = _rows().filter(entry__public_id=entry_id)
    return [line_of(row) for row in rows.order_by("slug")]


def resources_over(collections: Sequence[str]) -> list[ResourceLine]:
    """Mounted tables that are read from one of these collections of the lake."""
    rows = _rows().filter(kind=Kind.TABLE, contract__collection__in=collections)
    return [line_of(row) for row in rows.order_by("slug")]


def resources_of_entries(entries: Sequence[UUID]) -> dict[UUID, list[ResourceLine]]:
    """In as few queries as for one; an entry without a resource is not told."""
    found: dict[UUID, list[ResourceLine]] = {}
    for row in _rows().filter(entry__public_id__in=list(entries)).order_by("slug"):
        found.setdefault(row.entry.public_id, []).append(line_of(row))
    return found


def resources_asking(systems: Sequence[str]) -> list[ResourceLine]:
    """Those whose contract asks one of these systems."""
    rows = _rows().filter(contract__system__in=systems)
    return [line_of(row) for row in rows.order_by("pk")]


def resources_answered(by: str) -> list[ResourceLine]:
    """Those that the platform answers itself, by who answers in it."""
    return [line_of(row) for row in _rows().filter(contract__answered_by=by).order_by("slug")]


def _rows() -> QuerySet[Resource]:
    return Resource.objects.select_related("entry__provider").prefetch_related("entry__items")


def line_of(row: Resource) -> ResourceLine:
    entry, listed = row.entry, list(row.entry.items.all())
    items = {item.column: item for item in listed if item.column}
    named = {item.name: item for item in listed}
    told = row.contract.get("items", {})  # a table's columns, by the items that they carry
    items |= {column: named[name] for column, name in told.items() if name in named}
    return ResourceLine(
        key=row.pk,
        slug=row.slug,
        kind=Kind(row.kind),
        title=row.title,
        provider=entry.provider.credit_code,
        provider_name=entry.provider.name,
        sharing=entry.sharing,
        sharing_basis=entry.sharing_basis,
        contract=row.contract,
        entry_id=entry.public_id,
        is_open=entry.state == State.PUBLISHED and row.unmounted_at is None,
        open_type=entry.open_type,
        unmounted_why=row.unmounted_why,
        share_condition=entry.share_condition,
        summary=entry.summary,
        cycle=entry.update_cycle,
        update_cycle=entry.get_update_cycle_display(),
        level=entry.level,
        responsible=entry.responsible,
        mounted_at=row.mounted_at,
        probed_at=row.probed_at,
        columns=tuple(_columns(row, items, listed)),
    )


def kind_words(kinds: Iterable[str]) -> str:
    """库表 2、接口 1; empty where nothing is mounted."""
    counted = Counter(kinds)
    return "、".join(f"{kind.label} {counted[kind]}" for kind in Kind if counted[kind])


def _columns(
    row: Resource, items: Mapping[str, DataItem], listed: Sequence[DataItem]
) -> list[ColumnLine]:
    """In the order of the entry's items: the database keeps no order of a contract's fields."""
    entry, fields = row.entry, row.contract["fields"]
    if row.kind == Kind.FILE:  # as strict as the strictest of what may stand in it
        levels = [entry.level, *(item.level for item in listed)]
        privacy = "个人信息" if any(one.privacy != "none" for one in listed) else ""
        sharing = strictest(
            [entry.sharing, *(sharing_of_item(entry.sharing, one.sharing) for one in listed)]
        )
        return [ColumnLine(name, "整个文件", "", max(levels), privacy, sharing) for name in fields]
    described = [column for column in items if column in fields]
    ordered = described + [column for column in fields if column not in items]
    return [_column(column, items.get(column), entry) for column in ordered]


def _column(column: str, item: DataItem | None, entry: Entry) -> ColumnLine:
    if item is None:  # not described: as strict as its entry
        sharing = SharingType(entry.sharing)
        return ColumnLine(column, column, "", entry.level, "目录里没有写", sharing)
    privacy = "" if item.privacy == "none" else item.get_privacy_display()
    kind = f"{item.get_type_display()} {item.length}".strip()
    sharing = sharing_of_item(entry.sharing, item.sharing)
    return ColumnLine(column, item.name, kind, item.level, privacy, sharing)
