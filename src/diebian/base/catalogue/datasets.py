"""Entries by what they are called, for whoever asks whether the city holds something."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from diebian.standards.sharing import SharingType

from .models import Entry, State


@dataclass(frozen=True)
class Dataset:
    entry_id: UUID
    title: str
    provider: str  # credit code
    provider_name: str
    is_published: bool
    is_withheld: bool  # 不予共享, for the reason in `sharing_basis`
    sharing_basis: str


def datasets_called(titles: Collection[str]) -> list[Dataset]:
    """Two departments may call theirs the same."""
    rows = Entry.objects.filter(title__in=titles).select_related("provider").order_by("pk")
    return [
        Dataset(
            entry_id=row.public_id,
            title=row.title,
            provider=row.provider.credit_code,
            provider_name=row.provider.name,
            is_published=row.state == State.PUBLISHED,
            is_withheld=row.sharing == SharingType.NEVER,
            sharing_basis=row.sharing_basis,
        )
        for row in rows.defer("search_text")
    ]
