"""Who handles what, in how many days, how often on time: of the last twelve months, for everybody.

Departments stand for many people. An item that few came for shows who and how many days, and its
counts stand with the others': nobody is known again by them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Max

from diebian.kernel import clock
from diebian.scenes.services.models import ItemMonth, Overran, ServiceItem
from diebian.scenes.services.ratings import summary
from diebian.scenes.services.selectors import item as item_by_code
from diebian.scenes.services.selectors import rule_of
from diebian.scenes.services.small import in_runs, stand_alone
from diebian.standards.deadlines import Rule
from diebian.standards.opening import SMALLEST_GROUP

MONTHS = 12
SORTS = {
    "decided": "办结多的在前",
    "late": "超期多的在前",
    "slow": "承诺天数多的在前",
    "name": "按名称",
}


@dataclass(frozen=True)
class Counts:
    received: int = 0
    decided: int = 0
    kept_promise: int = 0
    kept_law: int = 0
    causes: Mapping[str, int] = field(default_factory=dict)

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.received + other.received,
            self.decided + other.decided,
            self.kept_promise + other.kept_promise,
            self.kept_law + other.kept_law,
            Counter(self.causes) + Counter(other.causes),
        )

    @property
    def promise_share(self) -> str:
        return _share(self.kept_promise, self.decided)

    @property
    def law_share(self) -> str:
        return _share(self.kept_law, self.decided)

    @property
    def late(self) -> int:
        return self.decided - self.kept_promise

    @property
    def reasons(self) -> list[tuple[str, int]]:
        told = {str(Overran(cause).label): count for cause, count in self.causes.items()}
        return sorted(told.items(), key=lambda pair: -pair[1])


NONE = Counts()


@dataclass(frozen=True)
class DepartmentLine:
    code: str
    name: str
    items: int
    counts: Counts
    ratings: summary.Line | None


@dataclass(frozen=True)
class ItemLine:
    """`counts` is None where few came: they are in the line of the others."""

    item: ServiceItem
    rule: Rule
    counts: Counts | None


@dataclass(frozen=True)
class Front:
    since: date
    kept_at: datetime | None
    whole: Counts
    departments: Sequence[DepartmentLine]
    found: Sequence[ItemLine]  # items whose name has the words asked for


@dataclass(frozen=True)
class DepartmentPage:
    since: date
    code: str
    name: str
    whole: Counts
    lines: Sequence[ItemLine]
    others: Counts  # of those that few came for
    least: int = SMALLEST_GROUP.k


@dataclass(frozen=True)
class Span:
    """Months that stand for enough cases together."""

    first: date
    last: date
    counts: Counts


@dataclass(frozen=True)
class ItemPage:
    line: ItemLine
    since: date
    spans: Sequence[Span]
    least: int = SMALLEST_GROUP.k


def since() -> date:
    """The first of the month eleven months ago: twelve months with this one."""
    today = clock.today()
    years, month = divmod(today.month - MONTHS, 12)
    return date(today.year + years, month + 1, 1)


def front(words: str, sort: str) -> Front:
    asked, counts = words.strip(), _by_item()
    items = list(ServiceItem.objects.filter(retired_on=None).select_related("department"))
    ratings = {one.key: one for one in summary.by_department().lines}
    heaps: dict[tuple[str, str], list[ServiceItem]] = defaultdict(list)
    for one in items:
        heaps[one.department.credit_code, one.department.name].append(one)
    lines = [
        DepartmentLine(code, name, len(heap), _sum(heap, counts), ratings.get(code))
        for (code, name), heap in heaps.items()
    ]
    found = [one for one in items if asked and asked in one.name]
    shown = [one for one in lines if asked in one.name]
    return Front(
        since=since(),
        kept_at=ItemMonth.objects.aggregate(last=Max("kept_at"))["last"],
        whole=_sum(items, counts),
        departments=sorted(shown, key=lambda one: (*_rank(sort, one.counts, 0), one.name)),
        found=[one for one in _lines(items, counts) if one.item in found],
    )


def department(code: str, sort: str) -> DepartmentPage:
    rows = ServiceItem.objects.filter(retired_on=None, department__credit_code=code)
    items, counts = list(rows.select_related("department")), _by_item()
    name = summary.name_of(code)
    lines = _lines(items, counts)
    few = [one.item for one in lines if one.counts is None]
    return DepartmentPage(
        since=since(),
        code=code,
        name=name,
        whole=_sum(items, counts),
        lines=sorted(lines, key=lambda one: (*_line_rank(sort, one), one.item.name)),
        others=_sum(few, counts),
    )


def one_item(code: str) -> ItemPage:
    item = item_by_code(code)
    same = ServiceItem.objects.filter(retired_on=None, department=item.department)
    lines = _lines([*same.select_related("department")], _by_item())
    line = next((one for one in lines if one.item == item), ItemLine(item, rule_of(item), None))
    return ItemPage(line, since(), _spans(item) if line.counts is not None else [])


def _lines(items: Iterable[ServiceItem], counts: Mapping[int, Counts]) -> list[ItemLine]:
    """Few or many is decided within each department, where its whole is told."""
    heaps: dict[int, list[ServiceItem]] = defaultdict(list)
    for one in items:
        heaps[one.department_id].append(one)
    lines = []
    for heap in heaps.values():
        large = stand_alone({one.pk: counts.get(one.pk, NONE).received for one in heap})
        lines += [
            ItemLine(one, rule_of(one), counts[one.pk] if one.pk in large else None) for one in heap
        ]
    return lines


def _spans(item: ServiceItem) -> list[Span]:
    rows = ItemMonth.objects.filter(item=item, month__gte=since()).order_by("month")
    runs = in_runs(list(rows), lambda one: one.received)
    return [
        Span(run[0].month, run[-1].month, sum((_counts(one) for one in run), NONE)) for run in runs
    ]


def _by_item() -> dict[int, Counts]:
    found: dict[int, Counts] = defaultdict(Counts)
    for one in ItemMonth.objects.filter(month__gte=since()):
        found[one.item_id] = found[one.item_id] + _counts(one)
    return found


def _counts(one: ItemMonth) -> Counts:
    return Counts(one.received, one.decided, one.kept_promise, one.kept_law, one.causes)


def _sum(items: Iterable[ServiceItem], counts: Mapping[int, Counts]) -> Counts:
    return sum((counts.get(one.pk, NONE) for one in items), NONE)


def _line_rank(sort: str, one: ItemLine) -> tuple[int, ...]:
    return _rank(sort, one.counts or NONE, one.rule.promised_days)


def _rank(sort: str, counts: Counts, days: int) -> tuple[int, ...]:
    if sort == "late":
        return (-counts.late,)
    if sort == "slow":
        return (-days,)
    return () if sort == "name" else (-counts.decided,)


def _share(part: int, whole: int) -> str:
    """Cut, never rounded up: 99.96 % is not 100 %."""
    return f"{part * 1000 // whole / 10:.1f}%" if whole else "—"
