"""Collected tables as the components above see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from diebian.kernel.errors import NotFound

from .models import Collection, RunState


@dataclass(frozen=True)
class CollectedTable:
    """`types`: column to the lake's type. `snapshot`: of its last whole batch, None before it."""

    key: int
    slug: str
    title: str
    department: str  # credit code
    department_name: str
    lake_table: str
    types: dict[str, str]
    entry_id: UUID | None
    snapshot: int | None


def collected_table(slug: str) -> CollectedTable:
    found = _rows().filter(slug=slug).first()
    if found is None:
        raise NotFound(f"collection: {slug}")
    return _table(found)


def collected_by_key(key: int) -> CollectedTable:
    return _table(_rows().get(pk=key))


def collected_of(department: str) -> list[CollectedTable]:
    """The department's own."""
    own = _rows().filter(source__department__credit_code=department)
    return [_table(one) for one in own.order_by("title")]


def collected_of_entries(entries: Sequence[UUID]) -> list[CollectedTable]:
    return [_table(one) for one in _rows().filter(entry__public_id__in=entries).order_by("title")]


def entries_collected() -> list[UUID]:
    """Entries of the catalogue of which a table is collected."""
    rows = Collection.objects.exclude(entry=None).select_related("entry").order_by("pk")
    return list(dict.fromkeys(one.entry.public_id for one in rows if one.entry))


def _rows() -> QuerySet[Collection]:
    return Collection.objects.select_related("source__department", "entry")


def _table(one: Collection) -> CollectedTable:
    done = one.runs.filter(state=RunState.DONE).order_by("-pk").first()
    return CollectedTable(
        key=one.pk,
        slug=one.slug,
        title=one.title,
        department=one.source.department.credit_code,
        department_name=one.source.department.name,
        lake_table=one.lake_table,
        types={told["name"]: told["type"] for told in one.columns},
        entry_id=one.entry.public_id if one.entry else None,
        snapshot=done.snapshot if done else None,
    )
