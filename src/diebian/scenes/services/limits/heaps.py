"""Cases of one version of an item with one history have one clock: it is computed once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Func, QuerySet

from diebian.scenes.services import figure_rows
from diebian.scenes.services.models import OPEN, Case
from diebian.standards.deadlines import Card, Clock

LISTED = 100  # of one heap
EVERY = 1_000_000  # for whoever leaves nobody out


@dataclass(frozen=True)
class Heap:
    item: int
    clock: Clock
    count: int
    first: Sequence[int]  # keys of the oldest ones


def open_cases(department: str = "") -> QuerySet[Case]:
    """Of one department (credit code), or of all."""
    rows = Case.objects.filter(state__in=OPEN)
    return rows.filter(item__department__credit_code=department) if department else rows


def heaps_of(rows: QuerySet[Case], listed: int = LISTED) -> Iterator[Heap]:
    tell = figure_rows.clocks()
    oldest = ArrayAgg("pk", order_by=("received_at", "pk"))
    first = Func(oldest, template=f"(%(expressions)s)[1:{listed}]")
    alike = ("item_id", "version_id", "history")
    told = rows.order_by().annotate(history=figure_rows.history()).values(*alike)
    groups = told.annotate(count=Count("pk"), first=first)
    for item, version, history, count, keys in groups.values_list(*alike, "count", "first"):
        yield Heap(item, tell(version, history), count, keys)


def carded(card: Card, department: str = "", *, listed: int = LISTED) -> list[Heap]:
    """Those under way with a card of this colour now, the longest due first."""
    heaps = heaps_of(open_cases(department), listed)
    found = [heap for heap in heaps if heap.clock.card == card]
    return sorted(found, key=lambda heap: (str(heap.clock.promised_due), heap.first))
