"""What is collected into which table, for those above who read the lake."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from diebian.kernel.errors import NotFound

from .models import Collection


@dataclass(frozen=True)
class CollectedTable:
    key: int
    slug: str
    title: str
    table: str  # its name in the lake
    columns: Mapping[str, str]  # name and type, in order; as a person last looked at the source
    entry: UUID | None
    collected_at: datetime | None
    is_sample: bool


def collected_table(slug: str) -> CollectedTable:
    found = Collection.objects.select_related("source").filter(slug=slug).first()
    if found is None:
        raise NotFound(f"collection: {slug}")
    return _table(found)


def collected_tables_of(entry: UUID) -> list[CollectedTable]:
    rows = Collection.objects.select_related("source").filter(entry__public_id=entry)
    return [_table(row) for row in rows.order_by("slug")]


def collected_tables_by(department: str, most: int) -> list[CollectedTable]:
    """Those of a department (credit code) that stand behind an entry."""
    rows = Collection.objects.select_related("source").exclude(entry=None)
    found = rows.filter(source__department__credit_code=department)
    return [_table(row) for row in found.order_by("title")[:most]]


def incoming_folder(source: str) -> Path:
    """Where files of a source are put for collecting."""
    from .sources import incoming

    return incoming(source)


def _table(row: Collection) -> CollectedTable:
    return CollectedTable(
        key=row.pk,
        slug=row.slug,
        title=row.title,
        table=row.lake_table,
        columns={one["name"]: one["type"] for one in row.columns if one["name"] not in row.ignored},
        entry=row.entry_id,
        collected_at=row.collected_at,
        is_sample=row.source.is_sample,
    )
