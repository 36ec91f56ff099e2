"""What components above may know of a lake table: from the book alone, the lake stays shut."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from diebian.kernel.errors import NotFound

from .models import Collection
from .names import type_words


@dataclass(frozen=True)
class LakeColumn:
    name: str
    type: str  # the lake's own word
    words: str


@dataclass(frozen=True)
class LakeTable:
    slug: str  # of its collection
    title: str
    name: str
    department: str  # credit code of whoever's source it comes from
    entry_id: UUID | None
    columns: tuple[LakeColumn, ...]
    key: tuple[str, ...]  # empty: the rows of each batch are new ones
    collected_at: datetime | None  # the end of the last batch that is in


def lake_table(slug: str) -> LakeTable:
    found = Collection.objects.select_related("source__department").filter(slug=slug).first()
    if found is None:
        raise NotFound(f"collection: {slug}")
    return _told(found)


def lake_tables(department: str) -> list[LakeTable]:
    """Those of one department that something was ever collected into."""
    own = Collection.objects.filter(source__department__credit_code=department)
    rows = own.exclude(collected_at=None).select_related("source__department")
    return [_told(one) for one in rows.order_by("title", "slug")]


def collected_at(slugs: Iterable[str]) -> dict[str, datetime | None]:
    rows = Collection.objects.filter(slug__in=list(slugs))
    return dict(rows.values_list("slug", "collected_at"))


def _told(one: Collection) -> LakeTable:
    return LakeTable(
        slug=one.slug,
        title=one.title,
        name=one.lake_table,
        department=one.source.department.credit_code,
        entry_id=one.entry_id,
        columns=tuple(
            LakeColumn(told["name"], told["type"], type_words(told["type"])) for told in one.columns
        ),
        key=tuple(one.key),
        collected_at=one.collected_at,
    )
