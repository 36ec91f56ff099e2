"""Tables of the lake as components above see them: whose they are, and what columns they have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from diebian.kernel.errors import NotFound

from .models import Collection


@dataclass(frozen=True)
class LakeTable:
    """`types`: the lake's type of each column, in the source's order."""

    collection: int  # to point a foreign key at
    slug: str
    title: str
    table: str
    department: str  # credit code of who provides it
    department_name: str
    entry: UUID | None
    update_cycle: str  # what the entry promises; empty without an entry
    key: tuple[str, ...]
    types: Mapping[str, str]
    collected_at: datetime | None
    is_sample: bool
    source: str = ""  # the system's title
    source_table: str = ""


def lake_tables(
    slugs: Sequence[str] = (), *, department: str = "", entries: Sequence[UUID] = ()
) -> list[LakeTable]:
    """Those of a department (credit code), of entries, those named, or all; also before their
    first batch.
    """
    asked = Q(slug__in=slugs) if slugs else Q()
    if department:
        asked &= Q(source__department__credit_code=department)
    if entries:
        asked &= Q(entry__in=entries)
    rows = Collection.objects.select_related("source__department", "entry").filter(asked)
    return [_told(row) for row in rows.order_by("slug")]


def lake_table(slug: str) -> LakeTable:
    found = lake_tables([slug])
    if not found:
        raise NotFound(f"collection: {slug}")
    return found[0]


def _told(row: Collection) -> LakeTable:
    return LakeTable(
        collection=row.pk,
        slug=row.slug,
        title=row.title,
        table=row.lake_table,
        department=row.source.department.credit_code,
        department_name=row.source.department.name,
        entry=row.entry_id,
        update_cycle=row.entry.update_cycle if row.entry else "",
        key=tuple(row.key),
        types={one["name"]: one["type"] for one in row.columns},
        collected_at=row.collected_at,
        is_sample=row.source.is_sample,
        source=row.source.title,
        source_table=row.table,
    )
