"""Open data as everybody sees it. Nobody is asked who they are; what is not open is not there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.standards.metadata import DataClass, UpdateCycle
from diebian.standards.opening import HIGHEST_OPEN, LICENCES, Licence
from diebian.standards.sharing import OpenType
from diebian.standards.themes import Theme

from .models import Dataset, DownloadDay, Release, State
from .refusals import NotReady, Withdrawn

MOST_TERMS = 5
HEAVY = ("preview", "profile", "plots")
FORMATS = ("csv", "json", "parquet")


@dataclass(frozen=True)
class File:
    format: str
    digest: str
    size: int  # bytes


@dataclass(frozen=True)
class Released:
    number: int
    made_at: datetime
    rows: int
    left_out: int
    columns: Sequence[Mapping[str, Any]]  # name, meaning, kind, type, is_known
    files: Mapping[str, File]
    preview: Sequence[Sequence[Any]]
    profile: Mapping[str, Mapping[str, int]]
    plots: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Open:
    """One dataset. `release` is None for the minutes until its first files are written."""

    id: UUID
    entry: UUID
    collection: str
    title: str
    summary: str
    provider: str
    provider_code: str
    theme: str  # the stored value; empty where the entry has none
    theme_name: str
    update_cycle: str
    update_name: str
    licence: Licence
    about_people: bool
    published_at: datetime
    is_sample: bool
    release: Released | None


def open_datasets(words: str = "") -> list[Open]:
    """All of them, the last released first; each word must be found somewhere."""
    rows = _live()
    for term in words.split()[:MOST_TERMS]:
        rows = rows.filter(
            Q(title__icontains=term)
            | Q(summary__icontains=term)
            | Q(entry__provider__name__icontains=term)
            | Q(entry__search_text__contains=term.lower())
        )
    return sorted(_opened(rows), key=_freshness, reverse=True)


def open_dataset(dataset_id: UUID, *, whole: bool = False) -> Open:
    """What was withdrawn says so, with the reason; what never was open is not there.

    `whole`: with preview and plots, which the page alone shows.
    """
    found = _opened(_live().filter(public_id=dataset_id), whole=whole)
    if found:
        return found[0]
    gone = Dataset.objects.filter(public_id=dataset_id).exclude(published_at=None).first()
    if gone is None:
        raise NotFound
    if gone.state == State.WITHDRAWN:
        raise Withdrawn(f"{gone.title}：{gone.reason}")
    raise Withdrawn(f"{gone.title}：它的目录已撤销，或不再向所有人开放")


def released(dataset_id: UUID) -> tuple[Open, Released]:
    found = open_dataset(dataset_id)
    if found.release is None:
        raise NotReady
    return found, found.release


def is_still_open(dataset_id: UUID) -> bool:
    """Asked while a download is under way."""
    return _live().filter(public_id=dataset_id).exists()


def open_by_entry(entries: Sequence[UUID]) -> dict[UUID, list[Open]]:
    told: dict[UUID, list[Open]] = {}
    for one in _opened(_live().filter(entry__public_id__in=entries)):
        told.setdefault(one.entry, []).append(one)
    return told


def releases_of(dataset_id: UUID, most: int) -> list[Released]:
    rows = Release.objects.filter(dataset__public_id=dataset_id, dataset__in=_live())
    return [_released(one, whole=False) for one in rows.defer(*HEAVY)[:most]]


def downloads_of(dataset_id: UUID) -> dict[str, int]:
    """By format, since the beginning."""
    rows = DownloadDay.objects.filter(dataset__public_id=dataset_id).order_by("format")
    return {one["format"]: one["of"] for one in rows.values("format").annotate(of=Sum("count"))}


def count_download(dataset_id: UUID, form: str) -> None:
    """One more today. No address, no name, no cookie: only that somebody took it."""
    from django.db import connection

    statement = """
        insert into opening_downloadday (dataset_id, format, day, count)
        select id, %s, %s, 1 from opening_dataset where public_id = %s
        on conflict (dataset_id, format, day) do update
        set count = opening_downloadday.count + 1
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [form, clock.today(), dataset_id])


def _live() -> QuerySet[Dataset]:
    """Open and still allowed by what the catalogue says at this moment."""
    rows = Dataset.objects.filter(
        state=State.PUBLISHED,
        entry__state="published",
        entry__open_type=OpenType.UNCONDITIONAL,
        entry__data_class=DataClass.GENERAL,
        entry__level__lte=HIGHEST_OPEN,
    )
    rows = rows.select_related("entry__provider", "collection__source")
    return rows.defer("entry__search_text").order_by("title", "pk")


def _freshness(one: Open) -> datetime:
    return one.release.made_at if one.release else one.published_at


def _opened(rows: QuerySet[Dataset], *, whole: bool = False) -> list[Open]:
    """Two queries for any number. Only one dataset's own page needs `whole`: rows and plots."""
    found = list(rows)
    lasts = Release.objects.filter(dataset__in=[row.pk for row in found])
    lasts = lasts.order_by("dataset", "-number").distinct("dataset")
    lasts = lasts if whole else lasts.defer(*HEAVY)
    by_dataset = {one.dataset_id: one for one in lasts}
    return [_open(row, by_dataset.get(row.pk), whole=whole) for row in found]


def _open(row: Dataset, last: Release | None, *, whole: bool) -> Open:
    assert row.published_at is not None  # noqa: S101  the database's own constraint, for mypy
    theme = row.entry.theme
    return Open(
        id=row.public_id,
        entry=row.entry.public_id,
        collection=row.collection.slug,
        title=row.title,
        summary=row.summary,
        provider=row.entry.provider.name,
        provider_code=row.entry.provider.credit_code,
        theme=theme,
        theme_name=Theme(theme).label if theme else "",
        update_cycle=row.update_cycle,
        update_name=UpdateCycle(row.update_cycle).label,
        licence=LICENCES[row.licence],
        about_people=row.about_people,
        published_at=row.published_at,
        is_sample=row.collection.source.is_sample,
        release=_released(last, whole=whole) if last else None,
    )


def _released(row: Release, *, whole: bool) -> Released:
    files = {name: File(name, told["digest"], told["size"]) for name, told in _ordered(row.files)}
    return Released(
        number=row.number,
        made_at=row.made_at,
        rows=row.rows,
        left_out=row.left_out,
        columns=row.columns,
        files=files,
        preview=row.preview if whole else [],
        profile=row.profile if whole else {},
        plots=row.plots if whole else [],
    )


def _ordered(files: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield from ((name, files[name]) for name in FORMATS if name in files)
