"""What anybody may read of the catalogue: published entries, and of these no person, no column.

Both machine doors (DCAT and CKAN) take from here, so that they cannot tell different things.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath

from django.db.models import QuerySet

from diebian.base.catalogue.changes import since_of
from diebian.base.catalogue.models import Entry, Kind, Resource, State
from diebian.base.catalogue.offers import Offer, offers_of
from diebian.base.directory.public import city, counties


@dataclass(frozen=True)
class Told:
    entry: Entry
    modified: datetime
    place: str  # county or city, by name
    items: Sequence[str]
    offers: Sequence[Offer] = field(default_factory=tuple)

    @property
    def description(self) -> str:
        listed = "、".join(self.items)
        return self.entry.summary or (f"信息项：{listed}" if listed else self.entry.title)


def published() -> QuerySet[Entry]:
    return Entry.objects.filter(state=State.PUBLISHED).select_related("provider")


def told(shown: QuerySet[Entry] | Iterable[Entry]) -> list[Told]:
    """A fixed number of queries for as many entries as are asked for."""
    entries = list(shown)
    since = since_of(entries)
    known, own = counties(), city()
    offers = offers_of([entry.public_id for entry in entries])
    return [
        Told(
            entry=entry,
            modified=since[entry.pk],
            place=known.get(entry.county, own.name if own else ""),
            items=[item.name for item in entry.items.all()],
            offers=offers.get(entry.public_id, ()),
        )
        for entry in entries
    ]


def a_page(rows: QuerySet[Entry], start: int, most: int) -> list[Told]:
    """In an order that does not change while somebody reads on: of making."""
    cut = rows.order_by("pk")[start : start + most]
    return told(cut.prefetch_related("items", "resources").defer("search_text"))


def format_of(resource: Resource) -> str:
    """As harvesters' vocabularies have it: of a file its own, of a table what is handed over."""
    if resource.kind == Kind.FILE:
        return PurePosixPath(resource.contract.get("name", "")).suffix[1:].upper() or "OCTET"
    return "CSV" if resource.kind == Kind.TABLE else "JSON"
