"""The catalogue's own figures, counted from its rows at the moment of asking."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from diebian.standards.sharing import SharingType

from .models import Entry, Kind, Resource, State


@dataclass(frozen=True)
class Level:
    """Of the city itself, or of all its counties: who has published, and how many entries."""

    departments: int
    entries: int


@dataclass(frozen=True)
class StockLine:
    """A published entry of the city's own, for whoever has much to mount behind them."""

    id: UUID
    title: str
    department: str  # credit code
    is_shared: bool
    items: tuple[str, ...]  # names, in the entry's own order


def published_counts() -> tuple[Level, Level]:
    """The city's own, and the counties'."""
    own, county = Q(county=""), ~Q(county="")
    told = _published().aggregate(
        departments=Count("provider", distinct=True, filter=own),
        entries=Count("pk", filter=own),
        county_departments=Count("provider", distinct=True, filter=county),
        county_entries=Count("pk", filter=county),
    )
    return (
        Level(told["departments"], told["entries"]),
        Level(told["county_departments"], told["county_entries"]),
    )


def resource_counts(*, but_of: Sequence[str] = ()) -> dict[Kind, int]:
    """What is mounted, by kind. `but_of`: without the resources that ask one of these systems."""
    rows = Resource.objects.filter(entry__state=State.PUBLISHED)
    if but_of:  # a table's contract names no system, and a comparison with nothing is not true
        passed_on = rows.filter(contract__system__in=list(but_of))
        rows = rows.exclude(pk__in=passed_on.values("pk"))
    told = dict(rows.order_by().values_list("kind").annotate(of=Count("pk")))
    return {kind: told.get(kind, 0) for kind in Kind}


def mounted_contracts(kind: Kind) -> dict[str, dict[str, Any]]:
    """Slug to contract of what is mounted of a kind."""
    rows = Resource.objects.filter(entry__state=State.PUBLISHED, kind=kind)
    return dict(rows.order_by("slug").values_list("slug", "contract"))


def city_stock() -> list[StockLine]:
    """The city's own published entries in order of their making."""
    rows = _published().filter(county="").select_related("provider").prefetch_related("items")
    return [
        StockLine(
            id=row.public_id,
            title=row.title,
            department=row.provider.credit_code,
            is_shared=row.sharing != SharingType.NEVER,
            items=tuple(item.name for item in row.items.all()),
        )
        for row in rows.defer("search_text").order_by("pk")
    ]


def _published() -> QuerySet[Entry]:
    return Entry.objects.filter(state=State.PUBLISHED)
