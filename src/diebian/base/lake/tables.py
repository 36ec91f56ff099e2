"""What components above may know of a lake table: from the book alone, the lake stays shut."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from diebian.kernel.errors import NotFound

from .models import Collection, Run, RunState
from .names import type_words


@dataclass(frozen=True)
class LakeColumn:
    name: str
    type: str  # the lake's own word
    words: str


@dataclass(frozen=True)
class LakeTable:
    number: int  # of its collection, whose key other tables may hold
    slug: str
    title: str
    name: str
    department: str  # credit code of whoever's source it comes from
    department_name: str
    entry_id: UUID | None
    update_cycle: str  # what the entry promises; empty without an entry
    types: Mapping[str, str]  # the lake's type of each column, in the source's order
    key: tuple[str, ...]  # empty: the rows of each batch are new ones
    collected_at: datetime | None  # the end of the last batch that is in
    is_sample: bool
    source: str  # the system's title
    source_table: str

    @property
    def columns(self) -> tuple[LakeColumn, ...]:
        return tuple(LakeColumn(name, of, type_words(of)) for name, of in self.types.items())


def lake_table(slug: str) -> LakeTable:
    found = _rows().filter(slug=slug).first()
    if found is None:
        raise NotFound(f"collection: {slug}")
    return _told(found)


def lake_table_by_number(number: int) -> LakeTable:
    return _told(_rows().get(pk=number))


def lake_tables(slugs: Sequence[str] = (), *, department: str = "") -> list[LakeTable]:
    """Those of a department (credit code), those named, or all; also before their first batch."""
    asked = Q(slug__in=slugs) if slugs else Q()
    if department:
        asked &= Q(source__department__credit_code=department)
    return [_told(one) for one in _rows().filter(asked).order_by("title", "slug")]


def lake_tables_of_entries(entries: Iterable[UUID]) -> list[LakeTable]:
    rows = _rows().filter(entry__in=list(entries))
    return [_told(one) for one in rows.order_by("title", "slug")]


def lake_tables_behind_entries(department: str, most: int) -> list[LakeTable]:
    """Those of a department (credit code) that stand behind an entry."""
    own = _rows().filter(source__department__credit_code=department).exclude(entry=None)
    return [_told(one) for one in own.order_by("title", "slug")[:most]]


def last_snapshot(slug: str) -> int | None:
    """Of the last whole batch; None before it."""
    done = Run.objects.filter(collection__slug=slug, state=RunState.DONE).order_by("-pk").first()
    return done.snapshot if done else None


def collected_at(slugs: Iterable[str]) -> dict[str, datetime | None]:
    rows = Collection.objects.filter(slug__in=list(slugs))
    return dict(rows.values_list("slug", "collected_at"))


def _rows() -> QuerySet[Collection]:
    return Collection.objects.select_related("source__department", "entry")


def _told(one: Collection) -> LakeTable:
    return LakeTable(
        number=one.pk,
        slug=one.slug,
        title=one.title,
        name=one.lake_table,
        department=one.source.department.credit_code,
        department_name=one.source.department.name,
        entry_id=one.entry_id,
        update_cycle=one.entry.update_cycle if one.entry else "",
        types={told["name"]: told["type"] for told in one.columns},
        key=tuple(one.key),
        collected_at=one.collected_at,
        is_sample=one.source.is_sample,
        source=one.source.title,
        source_table=one.table,
    )
