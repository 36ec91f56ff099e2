"""A figure's rows, read four ways: number, lines, counties, hours. One query, so they agree."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from django.db.models import Count, F, QuerySet, Sum, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, TruncHour

from diebian.kernel import clock

from .measures import Tally
from .windows import Scope

ONE = Value(1)


@dataclass(frozen=True)
class ActReference:
    """Where a row leads: the kind of act, and its number there."""

    kind: str
    number: str


@dataclass(frozen=True)
class Row:
    """One line of evidence, without personal data. `weight` is what it adds to the figure."""

    cells: Sequence[str]
    act: ActReference | None = None
    weight: int = 1


class Rows(Protocol):
    def tally(self) -> Tally: ...

    def page(self, start: int, stop: int) -> Sequence[Row]:
        """Newest first."""

    def by_county(self) -> Mapping[str, Tally]:
        """Six digits → tally; "" for rows that belong to none yet."""

    def by_hour(self) -> Mapping[datetime, Tally]: ...


@dataclass(frozen=True)
class QueryRows:
    """Rows whose weight SQL knows. `moment` and `county` name columns of the query."""

    query: QuerySet[Any]
    line: Callable[[Any], Row]
    moment: str
    county: str = ""
    weight: Combinable = ONE

    def tally(self) -> Tally:
        return self._heaps().get((), Tally())

    def page(self, start: int, stop: int) -> Sequence[Row]:
        rows = self.query.annotate(row_weight=self.weight).order_by(f"-{self.moment}", "-pk")
        return [replace(self.line(one), weight=self.weigh(one)) for one in rows[start:stop]]

    def by_county(self) -> Mapping[str, Tally]:
        heaps = self._heaps(heap=Coalesce(F(self.county), Value("")))
        return {str(county): tally for (county,), tally in heaps.items()}

    def by_hour(self) -> Mapping[datetime, Tally]:
        heaps = self._heaps(heap=TruncHour(self.moment, tzinfo=clock.CITY_TIME))
        return {hour: tally for (hour,), tally in heaps.items()}

    def weigh(self, one: Any) -> int:
        return int(one.row_weight)

    def _heaps(self, **by: Combinable) -> dict[tuple[Any, ...], Tally]:
        rows = self.query.order_by().annotate(row_weight=self.weight).annotate(**by).values(*by)
        summed = {"heap_rows": Count("pk"), "heap_weight": Coalesce(Sum("row_weight"), 0)}
        if not by:
            one = rows.aggregate(**summed)
            return {(): Tally(one["heap_rows"], one["heap_weight"])}
        told = rows.annotate(**summed).values_list("heap", *summed)
        return {(heap,): Tally(count, weight) for heap, count, weight in told}


@dataclass(frozen=True, kw_only=True)
class DerivedRows(QueryRows):
    """Rows whose weight a rule outside SQL gives, from the columns in `facts`.

    Rows with the same facts weigh the same: the rule is asked once for each distinct history, so
    its work is bounded by the variety of rows and not by their number.
    """

    facts: tuple[str, ...]
    rule: Callable[..., int]

    def page(self, start: int, stop: int) -> Sequence[Row]:
        rows = self.query.order_by(f"-{self.moment}", "-pk")[start:stop]
        return [replace(self.line(one), weight=self.weigh(one)) for one in rows]

    def weigh(self, one: Any) -> int:
        return self.rule(*(getattr(one, fact) for fact in self.facts))

    def _heaps(self, **by: Combinable) -> dict[tuple[Any, ...], Tally]:
        rows = self.query.order_by().annotate(**by).values(*by, *self.facts)
        told = rows.annotate(heap_rows=Count("pk")).values_list(*by, *self.facts, "heap_rows")
        known: dict[Hashable, int] = {}
        heaps: dict[tuple[Any, ...], Tally] = {}
        for *heap, count in told:
            key, facts = tuple(heap[: len(by)]), tuple(heap[len(by) :])
            if facts not in known:
                known[facts] = self.rule(*facts)
            heaps[key] = heaps.get(key, Tally()) + Tally(count, count * known[facts])
        return heaps


def within(query: QuerySet[Any], asked: Scope, *, moment: str, county: str = "") -> QuerySet[Any]:
    """The part of a query that a scope asks for."""
    if asked.since is not None:
        query = query.filter(**{f"{moment}__gte": asked.since})
    if asked.until is not None:
        query = query.filter(**{f"{moment}__lt": asked.until})
    return query.filter(**{county: asked.county}) if asked.county and county else query
