"""Everything that reads the book of collecting. The lake itself is not opened here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery, Sum

from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import Actor, Post
from diebian.standards.masking import masked

from . import policy
from .definition import Difference, differences
from .drift_words import in_words
from .models import (
    PAST_DAYS,
    Collection,
    DriftHold,
    QuarantinedRow,
    Run,
    RunState,
    Schedule,
    Source,
    Version,
)
from .naming import elements_of_all

PER_PAGE = 50
EVERY = {
    Schedule.QUARTER: timedelta(minutes=15),
    Schedule.HOURLY: timedelta(hours=1),
    Schedule.DAILY: timedelta(days=1),
}
EARLY = timedelta(minutes=2)  # the timetable looks every five minutes: not late by a round
LATE_TIMES = 2  # of its own cycle, then a collection counts as late
SHORTEST_SHOWN = 8
ENDS = 2


@dataclass(frozen=True)
class CollectionLine:
    collection: Collection
    state: str  # the last run's, or empty
    sentence: str
    is_late: bool
    bad_rows: int

    @property
    def mark(self) -> str:
        if self.state in {RunState.HELD, RunState.FAILED}:
            return "bad"
        return "wait" if self.is_late or self.state != RunState.DONE else "ok"

    @property
    def words(self) -> str:
        if not self.state:
            return "还没有归集过"
        late = "，已超过更新周期" if self.is_late else ""
        return f"{RunState(self.state).label}{late}"


@dataclass(frozen=True)
class RunProgress:
    """`expected`: rows of the last whole batch; None where nobody can say."""

    run: Run
    expected: int | None

    @property
    def value(self) -> int:
        """Of `expected`: a source may have grown."""
        return min(self.run.read, self.expected or 0)

    @property
    def words(self) -> str:
        if self.run.is_stopping:
            return "已要求停止，等它停下"
        if self.run.stage == "writing":
            return "正在写进湖"
        return "正在读" if self.run.read else "排着队，或正在连对方的系统"


@dataclass(frozen=True)
class Overview:
    page: Page[Collection]
    lines: list[CollectionLine]
    sources: list[Source]
    holds: list[tuple[DriftHold, str]]
    totals: Mapping[str, Any]


def overview(by: Actor, page: str) -> Overview:
    collections = _with_last_run(seen_by(by)).order_by("source__title", "title")
    found = Paginator(collections, PER_PAGE).get_page(page)
    holds = DriftHold.objects.filter(decided_at=None, collection__in=seen_by(by))
    sources = Source.objects.filter(collections__in=seen_by(by)).distinct()
    runs = Run.objects.filter(collection__in=seen_by(by), state=RunState.DONE)
    return Overview(
        page=found,
        lines=[_line(one) for one in found],
        sources=list(sources.select_related("department").annotate(count=Count("collections"))),
        holds=_worded(holds.select_related("collection")),
        totals={
            "collections": found.paginator.count,
            **runs.aggregate(rows=Sum("taken"), bad=Sum("quarantined"), runs=Count("pk")),
        },
    )


def collection_for(by: Actor, slug: str) -> Collection:
    """For whoever may not see it, it does not exist."""
    told = Collection.objects.select_related("source__department", "entry").filter(slug=slug)
    found = told.first()
    if found is None or not policy.may_see(by, found.source.department.credit_code):
        raise NotFound
    return found


def runs_of(collection: Collection, page: str) -> Page[Run]:
    return Paginator(collection.runs.order_by("-pk"), PER_PAGE).get_page(page)


def progress_of(run: Run) -> RunProgress:
    """How many rows there may be is what the last whole batch had."""
    done = run.collection.runs.filter(state=RunState.DONE, window_from="", window_to="")
    last = done.exclude(read=0).order_by("-pk").values_list("read", flat=True).first()
    is_window = bool(run.window_from or run.window_to)
    return RunProgress(run, None if is_window else last)


def running_of(collection: Collection) -> RunProgress | None:
    found = collection.runs.filter(state=RunState.RUNNING).order_by("-pk").first()
    return progress_of(found) if found else None


def last_run_number(slug: str) -> int:
    return (
        Run.objects.filter(collection__slug=slug)
        .order_by("-pk")
        .values_list("pk", flat=True)
        .first()
        or 0
    )


def open_hold(collection: Collection) -> tuple[DriftHold, str] | None:
    found = collection.holds.filter(decided_at=None).first()
    return _worded([found])[0] if found else None


def past_holds(collection: Collection) -> list[tuple[DriftHold, str]]:
    held = collection.holds.exclude(decided_at=None).order_by("-pk")[:PER_PAGE]
    return _worded(held)


def versions_of(collection: Collection) -> list[tuple[Version, list[Difference]]]:
    """What each change changed, the newest first."""
    rows = collection.versions.order_by("-number")[:PER_PAGE]
    return [(one, list(differences(one.before, one.after))) for one in rows]


def run_for(by: Actor, run_id: int) -> Run:
    runs = Run.objects.select_related("collection__source__department")
    found = runs.filter(pk=run_id).first()
    if found is None or not policy.may_see(by, found.collection.source.department.credit_code):
        raise NotFound
    return found


def bad_rows_of(run: Run, page: str) -> Page[QuarantinedRow]:
    found = Paginator(run.bad_rows.order_by("number"), PER_PAGE).get_page(page)
    for one in found:
        one.row = {name: shown(value) for name, value in one.row.items() if name[:1] != "_"}
    return found


def shown(value: object) -> str:
    """Enough to find the row again, not enough to know a person by."""
    if value is None:
        return ""
    text = str(value)
    ends = 4 if len(text) > SHORTEST_SHOWN * 2 else ENDS
    if len(text) < SHORTEST_SHOWN:  # a name: the first character
        return masked(text, first=1, last=0)
    return masked(text, first=ends, last=ends)


def due_slugs() -> list[str]:
    """By timetable, counted from the last try; what waits for a decision is tried again, too."""
    now, last = clock.now(), Run.objects.filter(collection=OuterRef("pk")).order_by("-pk")
    tried = Collection.objects.annotate(tried=Subquery(last.values("started_at")[:1]))
    due = Q(pk__in=[])
    for schedule, cycle in EVERY.items():
        due |= Q(schedule=schedule) & (Q(tried=None) | Q(tried__lte=now - cycle + EARLY))
    return list(tried.filter(due).order_by("slug").values_list("slug", flat=True))


def source_choices(by: Actor) -> list[tuple[str, str]]:
    own = Source.objects.filter(department__credit_code=by.department).order_by("title")
    return list(own.values_list("slug", "title"))


def is_collection(slug: str) -> bool:
    return Collection.objects.filter(slug=slug).exists()


def is_source(slug: str) -> bool:
    return Source.objects.filter(slug=slug).exists()


def slugs_of_source(source: str) -> list[str]:
    return list(Collection.objects.filter(source__slug=source).values_list("slug", flat=True))


def past_days() -> int:
    """How far back the lake can be read: a snapshot is of all tables, so the longest word holds."""
    longest = Collection.objects.aggregate(days=Max("past_days"))["days"]
    return max(PAST_DAYS, longest or 0)


def has_lake() -> bool:
    """Whether anything was ever collected; asking does not make one."""
    with connection.cursor() as cursor:
        told = [f"{settings.LAKE_SCHEMA}.ducklake_snapshot"]
        cursor.execute("select to_regclass(%s) is not null", told)
        return bool(cursor.fetchone()[0])


def all_lines() -> list[CollectionLine]:
    return [_line(one) for one in _with_last_run(Collection.objects).order_by("slug")]


def seen_by(by: Actor) -> QuerySet[Collection]:
    """A department its own, the authority all of them."""
    seen = Collection.objects.select_related("source__department")
    if by.holds(Post.AUTHORITY):
        return seen
    return seen.filter(source__department__credit_code=by.department)


def _worded(holds: Iterable[DriftHold]) -> list[tuple[DriftHold, str]]:
    listed = list(holds)
    elements = elements_of_all({one.collection_id for one in listed})
    return [(one, in_words(one.found, elements.get(one.collection_id, {}))) for one in listed]


def _with_last_run(collections: Any) -> QuerySet[Collection]:
    last = Run.objects.filter(collection=OuterRef("pk")).order_by("-pk")
    told: QuerySet[Collection] = collections.select_related("source__department").annotate(
        last_state=Subquery(last.values("state")[:1]),
        last_sentence=Subquery(last.values("sentence")[:1]),
        last_bad=Subquery(last.values("quarantined")[:1]),
    )
    return told


def _line(one: Any) -> CollectionLine:
    cycle = EVERY.get(one.schedule)
    since = one.collected_at
    is_late = bool(cycle and since and clock.now() - since > cycle * LATE_TIMES)
    state, sentence = one.last_state or "", one.last_sentence or ""
    return CollectionLine(one, state, sentence, is_late, one.last_bad or 0)
