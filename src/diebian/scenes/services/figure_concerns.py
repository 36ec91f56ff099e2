"""Cases that a person must look at: past or near the promise, or waiting for a department."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Func, Min, Q

from diebian.brain.indicators.public import ActReference, Concern, Concerns, ConcernSource, Level
from diebian.kernel import clock

from . import figure_rows
from .models import Case, State

NEAR = 1  # working days to the promise
SHOWN = 6
TURN_OF_DEPARTMENT = (State.RECEIVED, State.UNDER_REVIEW)
AN_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Heap:
    """Cases of one version with one history: they have one due day."""

    due: date
    left: int  # working days; negative when past
    count: int
    first: Sequence[int]  # keys of the oldest ones


def _near_promise() -> Concerns:
    heaps = sorted(_heaps(), key=lambda heap: (heap.due, heap.first))
    keys = {key: heap for heap in heaps for key in heap.first}
    chosen = list(keys)[:SHOWN]
    cases = Case.objects.select_related("item", "department", "version").in_bulk(chosen)
    shown = [_concern(cases[key], keys[key]) for key in chosen]
    return Concerns(shown, sum(heap.count for heap in heaps))


def _heaps() -> Iterator[Heap]:
    """Work is bounded by the variety of histories, not by the number of cases."""
    tell, today = figure_rows.clocks(), clock.today()
    oldest = ArrayAgg("pk", order_by=("received_at", "pk"))
    first = Func(oldest, template=f"(%(expressions)s)[1:{SHOWN}]")
    rows = Case.objects.filter(state__in=TURN_OF_DEPARTMENT).order_by()
    told = rows.annotate(history=figure_rows.history()).values("version_id", "history")
    groups = told.annotate(count=Count("pk"), first=first)
    told_by = ("version_id", "history", "count", "first")
    for version, history, count, keys in groups.values_list(*told_by):
        clock_now = tell(version, history)
        due = clock_now.promised_due or clock_now.accept_by
        if due is not None and (left := _left(today, due)) <= NEAR:
            yield Heap(due, left, count, keys)


def _left(today: date, due: date) -> int:
    calendar = figure_rows.calendar()
    return calendar.between(today, due) if due >= today else -calendar.between(due, today) or -1


def _concern(case: Case, heap: Heap) -> Concern:
    what = "要告知是否受理" if case.state == State.RECEIVED else "要作出决定"
    return Concern(
        level=Level.NOW if heap.left <= 0 else Level.SOON,
        what=f"{case.item.name}：{what}",
        whose=f"{case.department.name}审核岗",
        note=f"办件 {case.case_no}",
        left=_words(heap),
        since=clock.midnight(heap.due),
        act=ActReference("case", case.case_no),
    )


def _words(heap: Heap) -> str:
    if heap.left < 0:
        return f"超 {-heap.left} 个工作日"
    if heap.due == clock.today():
        return "今天下班前"
    return f"{heap.due.month} 月 {heap.due.day} 日前"


def _waiting() -> Concerns:
    """One concern for each system that does not answer, however many cases wait for it."""
    missed = Min("events__at", filter=Q(events__kind="waiting"))
    rows = Case.objects.filter(state=State.RECEIVED).exclude(waits_for="").order_by()
    groups = rows.values("waits_for").annotate(
        count=Count("pk", distinct=True), since=missed, first=Min("received_at"),
        again=Min("next_try_at"),
    )  # fmt: skip
    found = [_wait(**group) for group in groups]
    shown = sorted(found, key=lambda one: one.since)[:SHOWN]
    return Concerns(shown, len(found))


def _wait(
    *,
    waits_for: str,
    count: int,
    since: datetime | None,
    first: datetime,
    again: datetime | None,
) -> Concern:
    began = (since or first).astimezone(clock.CITY_TIME)
    lasted = clock.now() - began
    retry = f"{again.astimezone(clock.CITY_TIME):%H:%M} 自动再试" if again else "自动再试"
    return Concern(
        level=Level.SOON if lasted >= AN_HOUR else Level.WAITING,
        what=f"{count} 件在等：{waits_for}",
        whose="提供数据的部门",
        note=f"{began:%-m 月 %-d 日 %H:%M} 起取不到，{retry}",
        left=_lasted(lasted),
        since=began,
    )


def _lasted(time_passed: timedelta) -> str:
    minutes = int(time_passed.total_seconds() // 60)
    if minutes < 60:  # noqa: PLR2004
        return f"已 {minutes} 分"
    hours = minutes // 60
    return f"已 {hours} 小时" if hours < 48 else f"已 {hours // 24} 天"  # noqa: PLR2004


CONCERNS = (ConcernSource("near-promise", _near_promise), ConcernSource("waiting", _waiting))
