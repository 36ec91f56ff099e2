"""The counts that everybody may see, from the cases: this month and the one before again, an
earlier one where it was never counted.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Count, Max, Min, QuerySet

from diebian.kernel import clock
from diebian.scenes.services import figure_rows
from diebian.scenes.services.limits.heaps import heaps_of
from diebian.scenes.services.limits.selectors import whole_month
from diebian.scenes.services.models import Case, CaseEvent, ItemMonth
from diebian.security.audit import public as audit
from diebian.security.identity.public import PLATFORM, Actor, Refused

COUNTS = ("received", "decided", "kept_promise", "kept_law", "causes")


@dataclass
class _Counted:
    received: int = 0
    decided: int = 0
    kept_promise: int = 0
    kept_law: int = 0
    causes: dict[str, int] = field(default_factory=dict)


@transaction.atomic
def keep_months(*, by: Actor) -> int:
    """How many months were counted: none where nothing happened since the last time."""
    if by != PLATFORM:
        raise Refused
    last = ItemMonth.objects.aggregate(last=Max("kept_at"))["last"]
    if last is not None and not CaseEvent.objects.filter(at__gte=last).exists():
        return 0
    now, told = clock.now(), 0
    for month in _months():
        rows = [
            ItemMonth(
                item_id=item, month=month, kept_at=now,
                **{name: getattr(one, name) for name in COUNTS},
            )
            for item, one in _counted(month).items()
        ]  # fmt: skip
        ItemMonth.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["item", "month"],
            update_fields=[*COUNTS, "kept_at"],
        )
        told += 1
    audit.record(by=by, action="services.months.kept", subject=f"months:{told}")
    return told


def _months() -> Iterator[date]:
    """First days. What is over for a whole month does not change any more."""
    this = clock.today().replace(day=1)
    before = (this - timedelta(days=1)).replace(day=1)
    first = Case.objects.aggregate(first=Min("received_at"))["first"]
    known = set(ItemMonth.objects.values_list("month", flat=True).distinct())
    month = first.astimezone(clock.CITY_TIME).date().replace(day=1) if first else this
    while month <= this:
        if month >= before or month not in known:
            yield month
        month = (month + timedelta(days=31)).replace(day=1)


def _counted(month: date) -> dict[int, _Counted]:
    found: dict[int, _Counted] = defaultdict(_Counted)
    asked = whole_month(month)
    for item, count in _by_item(figure_rows.received(asked).order_by()):
        found[item].received = count
    for heap in heaps_of(figure_rows.decided(asked)):
        one = found[heap.item]
        one.decided += heap.count
        one.kept_promise += heap.count * (not heap.clock.is_past_promise)
        one.kept_law += heap.count * (not heap.clock.is_past_statute)
    late = CaseEvent.objects.filter(kind="overran", at__gte=asked.since, at__lt=asked.until)
    told = late.order_by().values_list("case__item", "cause").annotate(count=Count("pk"))
    for item, cause, count in told:
        found[item].causes[cause] = count
    return found


def _by_item(rows: QuerySet[Case]) -> Iterator[tuple[int, int]]:
    yield from rows.values_list("item").annotate(count=Count("pk"))
