"""免提交台账: what people still bring, what would answer it, and what that would spare.

A line is a thing that could be shared next (a licence, a data set), with all the papers that it
would answer. Lines are ordered by the cases of twelve months, then by items: whoever starts at the
top spares most.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.scenes.services.models import Case, LedgerDay
from diebian.security.identity.public import Actor

from .pairs import Pair, pairs, since
from .policy import sees_all

A_PAGE, DAYS_SHOWN = 50, 20


@dataclass(frozen=True)
class Step:
    """One department's turn: what it does, and what that would spare."""

    who: str
    does: str
    items: int
    cases: int


@dataclass(frozen=True)
class Line:
    rank: int
    title: str
    papers: Mapping[str, str]  # code to name
    items: int
    cases: int
    steps: Sequence[Step]


@dataclass(frozen=True)
class Own:
    """A paper that nothing government holds would answer."""

    code: str
    name: str
    items: int
    cases: int


@dataclass(frozen=True)
class Ledger:
    since: date
    demanded: int
    spared: int
    brought: int  # weighted by cases
    not_brought: int
    lines: Sequence[Line]
    own: Sequence[Own]
    history: Sequence[LedgerDay]
    is_whole: bool

    @property
    def share(self) -> int:
        """Of all papers, how many in a hundred nobody brings."""
        return round(100 * self.spared / ((self.spared + self.demanded) or 1))


def ledger(by: Actor) -> Ledger:
    told = _seen(by, pairs())
    demanded = [one for one in told if one.resolved.is_demanded]
    spared = [one for one in told if not one.resolved.is_demanded]
    return Ledger(
        since=since(),
        demanded=len(demanded),
        spared=len(spared),
        brought=sum(one.cases for one in demanded),
        not_brought=sum(one.cases for one in spared),
        lines=lines_of(demanded),
        own=_own(demanded),
        history=list(LedgerDay.objects.defer("open_pairs").order_by("-day")[:DAYS_SHOWN])
        if sees_all(by)
        else [],
        is_whole=sees_all(by),
    )


def lines_of(demanded: Iterable[Pair]) -> list[Line]:
    heaps: dict[str, list[Pair]] = defaultdict(list)
    for one in demanded:
        if one.resolved.lever is not None:
            heaps[one.resolved.lever.key].append(one)
    ordered = sorted(heaps.items(), key=lambda heap: (-_cases(heap[1]), -len(heap[1]), heap[0]))
    return [_line(rank, heap) for rank, (_, heap) in enumerate(ordered, start=1)]


@dataclass(frozen=True)
class PaperPage:
    name: str
    pairs: Sequence[Pair]
    since: date

    @property
    def demanded(self) -> int:
        return sum(one.resolved.is_demanded for one in self.pairs)


def paper_page(by: Actor, material: str) -> PaperPage:
    """Every item that asks this paper, those where people still bring it first."""
    told = [one for one in _seen(by, pairs()) if one.material == material]
    if not told:
        raise NotFound
    told.sort(key=lambda one: (not one.resolved.is_demanded, -one.cases, one.item))
    return PaperPage(told[0].name, told, since())


def cases_page(by: Actor, item: str, page: str) -> tuple[str, Page[Case]]:
    """Case numbers and days, never names: the ledger is no way to a person."""
    told = [one for one in _seen(by, pairs()) if one.item == item]
    if not told:
        raise NotFound
    rows: QuerySet[Case] = Case.objects.filter(
        item__code=item, received_at__gte=clock.midnight(since())
    )
    shown = rows.only("case_no", "received_at", "state", "channel").order_by("-received_at")
    return told[0].item_name, Paginator(shown, A_PAGE).get_page(page)


def _seen(by: Actor, told: Sequence[Pair]) -> list[Pair]:
    """A department sees its own items, and those that wait for it."""
    if sees_all(by):
        return list(told)
    return [
        one
        for one in told
        if one.consumer == by.department
        or (one.resolved.lever is not None and one.resolved.lever.whose == by.department)
    ]


def _line(rank: int, heap: Sequence[Pair]) -> Line:
    steps: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for one in heap:
        if one.resolved.lever is not None:
            steps[one.resolved.lever.who, one.resolved.lever.does].append(one)
    told = [Step(who, does, len(of), _cases(of)) for (who, does), of in steps.items()]
    return Line(
        rank=rank,
        title=heap[0].resolved.lever.title if heap[0].resolved.lever else "",
        papers={one.material: one.name for one in heap},
        items=len({one.item for one in heap}),
        cases=_cases(heap),
        steps=sorted(told, key=lambda step: (-step.cases, -step.items, step.who)),
    )


def _own(demanded: Iterable[Pair]) -> list[Own]:
    heaps: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for one in demanded:
        if one.resolved.lever is None:
            heaps[one.material, one.name].append(one)
    told = [Own(code, name, len(of), _cases(of)) for (code, name), of in heaps.items()]
    return sorted(told, key=lambda one: (-one.cases, -one.items, one.name))


def _cases(heap: Iterable[Pair]) -> int:
    return sum(one.cases for one in heap)
