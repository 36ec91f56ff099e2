"""Tables, rules and scores as their readers see them. The lake itself is not opened here."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from diebian.base.lake.public import LakeTable, lake_table, lake_tables
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import Actor, Post, Refused

from . import policy
from .models import UNSETTLED, Order, Result, Rule, Run

PER_PAGE = 50
TREND = 30  # runs that the picture shows
A_DAY = timedelta(hours=23)  # the timetable looks every quarter of an hour
GOOD, FAIR = Decimal(99), Decimal(95)


@dataclass(frozen=True)
class TableLine:
    table: LakeTable
    rules: int
    run: Run | None
    orders: int

    @property
    def mark(self) -> str:
        return mark_of(self.run)


@dataclass(frozen=True)
class Overview:
    page: Page[TableLine]
    tables: int
    ruled: int
    score: Decimal | None  # the mean of the tables that were checked
    orders: int


@dataclass(frozen=True)
class RuleLine:
    rule: Rule
    result: Result | None
    order: Order | None

    @property
    def percent(self) -> Decimal | None:
        return percent_of(self.result) if self.result else None


def mark_of(run: Run | None) -> str:
    """The colour of a score; the words beside it say the same."""
    if run is None or run.score is None:
        return "" if run is None else "wait"
    return "ok" if run.score >= GOOD else "wait" if run.score >= FAIR else "bad"


def percent_of(result: Result) -> Decimal | None:
    """How much of what was looked at is right, rounded down."""
    if not result.checked:
        return None
    right = Decimal(result.checked - result.failed) * 100 / result.checked
    return (right // Decimal("0.01")) * Decimal("0.01")


def overview(by: Actor, page: str) -> Overview:
    if not policy.may_browse(by):
        raise Refused
    tables = lake_tables(department="" if by.holds(Post.AUTHORITY) else by.department)
    keys = [one.number for one in tables]
    rules = _counted(Rule.objects.filter(collection__in=keys, ended_at=None), "collection")
    orders = _counted(open_orders().filter(rule__collection__in=keys), "rule__collection")
    runs = last_runs(keys)
    lines = [
        TableLine(one, rules[one.number], runs.get(one.number), orders[one.number])
        for one in tables
    ]
    lines.sort(key=_worst_first)
    scores = [one.run.score for one in lines if one.run and one.run.score is not None]
    return Overview(
        page=Paginator(lines, PER_PAGE).get_page(page),
        tables=len(tables),
        ruled=len(rules),
        score=(sum(scores, Decimal(0)) / len(scores)) if scores else None,
        orders=sum(orders.values()),
    )


def table_for(by: Actor, slug: str) -> LakeTable:
    """For whoever may not see it, it does not exist."""
    found = lake_table(slug)
    if not policy.may_see(by, found.department):
        raise NotFound
    return found


def rule_lines(table: LakeTable) -> list[RuleLine]:
    rules = Rule.objects.filter(collection=table.number, ended_at=None).order_by("pk")
    last = Result.objects.filter(rule__in=rules).order_by("rule", "-pk").distinct("rule")
    results = {one.rule_id: one for one in last.defer("keys")}
    orders = {one.rule_id: one for one in open_orders().filter(rule__in=rules)}
    return [RuleLine(one, results.get(one.pk), orders.get(one.pk)) for one in rules]


def runs_of(table: LakeTable) -> list[Run]:
    """The newest first, as many as the picture shows."""
    return list(Run.objects.filter(collection=table.number).order_by("-pk")[:TREND])


def rule_for(by: Actor, rule_id: UUID) -> tuple[Rule, LakeTable]:
    rows = Rule.objects.select_related("collection")
    found = rows.filter(public_id=rule_id).first()
    if found is None:
        raise NotFound
    return found, table_for(by, found.collection.slug)


def results_of(rule: Rule) -> list[Result]:
    rows = rule.results.select_related("run").defer("keys")
    return list(rows.order_by("-pk")[:TREND])


def last_runs(collections: Sequence[int]) -> dict[int, Run]:
    """The last run of each that was looked at; one that could not be says so itself."""
    rows = Run.objects.filter(collection__in=collections)
    last = rows.order_by("collection", "-pk").distinct("collection")
    return {one.collection_id: one for one in last}


def open_orders() -> QuerySet[Order]:
    return Order.objects.filter(state__in=UNSETTLED)


def having_rules(slugs: Sequence[str]) -> list[str]:
    rules = Rule.objects.filter(ended_at=None, collection__slug__in=slugs)
    return sorted(set(rules.values_list("collection__slug", flat=True)))


def due_slugs() -> list[str]:
    """Collected since their last run, or not looked at for a day."""
    last = Run.objects.filter(collection=OuterRef("collection")).order_by("-pk")
    rules = Rule.objects.filter(ended_at=None).annotate(
        looked_at=Subquery(last.values("started_at")[:1]),
        looked_into=Subquery(last.values("collected_at")[:1]),
    )
    is_newer = Q(collection__collected_at__gt=F("looked_into")) | Q(looked_into=None)
    collected = rules.filter(collection__collected_at__isnull=False)
    due = collected.filter(Q(looked_at=None) | Q(looked_at__lt=clock.now() - A_DAY) | is_newer)
    return sorted(set(due.values_list("collection__slug", flat=True)))


def all_lines() -> list[tuple[LakeTable, Run | None]]:
    """For the command line."""
    keys = set(Rule.objects.filter(ended_at=None).values_list("collection", flat=True))
    tables = [one for one in lake_tables() if one.number in keys]
    runs = last_runs([one.number for one in tables])
    return [(one, runs.get(one.number)) for one in tables]


def _counted(rows: QuerySet[Any], by: str) -> Counter[int]:
    return Counter(dict(rows.values_list(by).annotate(of=Count("pk")).order_by()))


def _worst_first(line: TableLine) -> tuple[bool, Decimal, str]:
    score = line.run.score if line.run else None
    return score is None, score if score is not None else Decimal(0), line.table.title
