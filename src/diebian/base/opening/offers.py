"""Open data as the catalogue's machine doors (DCAT, CKAN) tell of it."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.urls import reverse

from diebian.base.catalogue.public import Offer, OfferSource
from diebian.kernel.errors import DiebianError

from .shown import Open, open_by_entry, open_dataset

MEDIA = {
    "csv": "text/csv",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
}
API = "api"


def offers(entries: Sequence[UUID]) -> Mapping[UUID, Sequence[Offer]]:
    found = open_by_entry(entries)
    return {entry: [offer for one in told for offer in _of(one)] for entry, told in found.items()}


def entry_of(slug: str) -> UUID | None:
    """The entry whose data an offer is, while it is open."""
    try:
        return open_dataset(UUID(slug.rpartition("-")[0])).entry
    except (ValueError, DiebianError):
        return None


SOURCE = OfferSource(slug="opening", entry_of=entry_of, tell=offers)


def _of(one: Open) -> list[Offer]:
    if one.release is None:
        return []
    files = [
        _offer(one, file.format, reverse("open-data:download", args=[one.id, file.format]),
               MEDIA[file.format], file.size)
        for file in one.release.files.values()
    ]  # fmt: skip
    api = reverse("open-data:api-rows", args=[one.id])
    return [*files, _offer(one, API, api, "application/json", None)]


def _offer(one: Open, form: str, path: str, media: str, size: int | None) -> Offer:
    assert one.release is not None  # noqa: S101  asked by whoever calls, for mypy
    return Offer(
        slug=f"{one.id}-{form}",
        title=f"{one.title}（{form.upper()}）",
        path=path,
        page=reverse("open-data:dataset", args=[one.id]),
        format=form.upper(),
        media_type=media,
        size=size,
        modified=one.release.made_at,
        licence=one.licence.slug,
        licence_title=one.licence.title,
        licence_url=one.licence.url,
    )
