"""What everybody can take of an entry: those above register it, the machine doors tell it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from diebian.kernel.registry import Registry


@dataclass(frozen=True)
class Offer:
    """A download or an API; its rows are read by its slug, too (`open_rows`).

    `path` is an address of this installation, with a slash before it.
    """

    slug: str  # once in the whole catalogue
    title: str
    path: str
    page: str
    format: str  # CSV, JSON, PARQUET, API
    media_type: str
    size: int | None  # bytes
    modified: datetime
    licence: str  # its short name
    licence_title: str
    licence_url: str


@dataclass(frozen=True)
class OfferSource:
    """`tell` is asked once for as many entries as a page has; `entry_of` with an offer's slug."""

    slug: str
    entry_of: Callable[[str], UUID | None]
    tell: Callable[[Sequence[UUID]], Mapping[UUID, Sequence[Offer]]]


offer_sources: Registry[OfferSource] = Registry("offer source")


def offers_of(entries: Sequence[UUID]) -> dict[UUID, list[Offer]]:
    told: dict[UUID, list[Offer]] = {}
    for source in offer_sources:
        for entry, offers in source.tell(entries).items():
            told.setdefault(entry, []).extend(offers)
    return told


def entry_offering(slug: str) -> UUID | None:
    found = (source.entry_of(slug) for source in offer_sources)
    return next((entry for entry in found if entry), None)
