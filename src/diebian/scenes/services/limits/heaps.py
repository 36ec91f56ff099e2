"""Cases of one version of an item with one history have one clock: it is computed once."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Func, QuerySet

from diebian.scenes.services import figure_rows
from diebian.scenes.services.items.models import ItemVersion
from diebian.scenes.services.models import Case
from diebian.scenes.services.outlooks import Foreseen, foresee
from diebian.scenes.services.selectors import rule_of
from diebian.standards.deadlines import Clock, Rule

LISTED = 100  # of one heap
EVERY = 1_000_000  # for whoever leaves nobody out


@dataclass(frozen=True)
class Heap:
    item: int
    department: int
    version: int
    history: str
    clock: Clock
    count: int
    first: Sequence[int]  # keys of the oldest ones


def heaps_of(rows: QuerySet[Case], listed: int = LISTED) -> Iterator[Heap]:
    tell = figure_rows.clocks()
    oldest = ArrayAgg("pk", order_by=("received_at", "pk"))
    first = Func(oldest, template=f"(%(expressions)s)[1:{listed}]")
    alike = ("item_id", "department_id", "version_id", "history")
    told = rows.order_by().annotate(history=figure_rows.history()).values(*alike)
    groups = told.annotate(count=Count("pk"), first=first)
    for item, department, version, history, count, keys in groups.values_list(
        *alike, "count", "first"
    ):
        yield Heap(item, department, version, history, tell(version, history), count, keys)


def outlooks() -> Callable[[Heap], Foreseen]:
    """What is foreseen of the cases of a heap."""
    calendar = figure_rows.calendar()

    @cache
    def rule(version: int) -> Rule:
        return rule_of(ItemVersion.objects.get(pk=version).facts)

    def tell(heap: Heap) -> Foreseen:
        return foresee(figure_rows.events_of(heap.history), rule(heap.version), calendar)

    return tell
