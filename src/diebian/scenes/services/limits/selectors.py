"""How the clocks of a department stand, and how often it was on time: derived at each look."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from diebian.base.directory.public import working_calendar
from diebian.brain.indicators.public import Scope
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.scenes.services import figure_rows
from diebian.scenes.services.models import Case, CaseEvent, Extension, Overran, ServiceItem
from diebian.scenes.services.selectors import clock_of
from diebian.security.identity.public import Actor
from diebian.standards.calendar import WorkingCalendar
from diebian.standards.deadlines import Card, Clock

from . import policy
from .carded import FIRST, CardPage, Place, card_page, underived
from .heaps import heaps_of

WHOLE = 100
LONGEST_KEY = 18  # of digits


@dataclass(frozen=True)
class Carded:
    """A case with a card: numbers and days, no names of people."""

    case: Case
    clock: Clock


@dataclass(frozen=True)
class Cards:
    card: Card
    count: int
    shown: Sequence[Carded]
    after: str  # of the next page; empty on the last


@dataclass(frozen=True)
class Standing:
    """Red first. `unknown`: how many cases have no last day yet, for want of a calendar."""

    cards: Sequence[Cards]
    unknown: int


@dataclass(frozen=True)
class Punctuality:
    """Of one item: decided in a month, within the promise, within the law."""

    department: str
    code: str
    item: str
    decided: int
    kept_promise: int
    kept_law: int

    @property
    def promise_share(self) -> str:
        return _share(self.kept_promise, self.decided)

    @property
    def law_share(self) -> str:
        return _share(self.kept_law, self.decided)


@dataclass(frozen=True)
class Decided:
    case: Case
    decided_at: datetime
    clock: Clock
    reason: str  # the kind of reason that was given where it was late


def department_of(by: Actor) -> str:
    """Whose cases somebody looks at; empty: everybody's."""
    return "" if policy.sees_all(by) else by.department


def case_for(by: Actor, case_no: str) -> Case:
    rows = Case.objects.select_related("item", "department").prefetch_related(
        "events", "extensions"
    )
    case = rows.filter(case_no=case_no, received_at__isnull=False).first()
    if case is None or not policy.may_see(by, case):
        raise NotFound
    return case


def standing(by: Actor, after: Mapping[str, str] | None = None) -> Standing:
    """`after`: of a colour, where its page begins; what nobody was given is its first one."""
    department, calendar = department_of(by), working_calendar()
    others, places = underived(department), after or {}
    told = [
        _cards(card, card_page(card, department, others, _place(places.get(card, ""))), calendar)
        for card in (Card.RED, Card.YELLOW)
    ]
    return Standing(told, len(others.unknown))


def extensions_to_decide(by: Actor) -> list[Extension]:
    rows = Extension.objects.filter(state=Extension.State.ASKED).select_related(
        "case__item", "case__department", "case__version"
    )
    return [one for one in rows.order_by("asked_at") if policy.may_decide_extension(by, one.case)]


def extension_of(case: Case) -> Extension | None:
    """The newest that was asked for."""
    return case.extensions.order_by("-pk").first()


def punctuality(by: Actor, month: date) -> list[Punctuality]:
    """By department and item, of what was decided in the month of a day. Nothing of it is kept."""
    sums: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0, 0])
    decided = _of(by, figure_rows.decided(whole_month(month)))
    for heap in heaps_of(decided):
        added = (1, not heap.clock.is_past_promise, not heap.clock.is_past_statute)
        place = heap.department, heap.item
        sums[place] = [
            was + heap.count * more for was, more in zip(sums[place], added, strict=True)
        ]
    items = ServiceItem.objects.in_bulk({item for _, item in sums})
    names = dict(decided.order_by().values_list("department_id", "department__name").distinct())
    told = [
        Punctuality(names[department], items[item].code, items[item].name, *counted)
        for (department, item), counted in sums.items()
    ]
    return sorted(told, key=lambda one: (one.department, -one.decided, one.code))


def decided_cases(by: Actor, code: str, month: date) -> list[Decided]:
    """The cases behind one line of `punctuality`, the newest first."""
    item = item_of(by, code)
    rows: QuerySet[Any] = _of(by, figure_rows.decided(whole_month(month))).filter(item=item)
    rows = rows.order_by("-decided_at", "-pk")
    cases = list(rows.select_related("item", "department")[:WHOLE])
    tell, reasons = figure_rows.clocks(), _reasons(cases)
    return [_decided(case, tell, reasons) for case in cases]


def item_of(by: Actor, code: str) -> ServiceItem:
    """One of the department's own, or one of which it decides cases; for the authority any."""
    item = ServiceItem.objects.select_related("department").filter(code=code).first()
    if item is None:
        raise NotFound
    is_own = department_of(by) in {"", item.department.credit_code}
    if not is_own and not _of(by, Case.objects.filter(item=item)).exists():
        raise NotFound
    return item


def _of(by: Actor, rows: QuerySet[Case]) -> QuerySet[Case]:
    department = department_of(by)
    return rows.filter(department__credit_code=department) if department else rows


def _decided(case: Any, tell: figure_rows.Clocks, reasons: Mapping[int, str]) -> Decided:
    told = tell(case.version_id, case.history)
    return Decided(case, case.decided_at, told, reasons.get(case.pk, ""))


def _reasons(cases: Sequence[Case]) -> dict[int, str]:
    rows = CaseEvent.objects.filter(case__in=cases, kind="overran")
    return {key: str(Overran(cause).label) for key, cause in rows.values_list("case_id", "cause")}


def _cards(card: Card, page: CardPage, calendar: WorkingCalendar) -> Cards:
    rows = Case.objects.select_related("item", "department", "version").prefetch_related("events")
    found = rows.defer("form", "version__journey").in_bulk(page.keys)
    shown = [found[key] for key in page.keys if key in found]  # one may be over since
    after = f"{page.after[0]}_{page.after[1]}" if page.after else ""
    return Cards(card, page.count, [Carded(one, clock_of(one, calendar)) for one in shown], after)


def _place(told: str) -> Place:
    day, _, key = told.partition("_")
    try:
        return date.fromisoformat(day), int(key[:LONGEST_KEY])
    except ValueError:
        return FIRST


def whole_month(day: date) -> Scope:
    first = day.replace(day=1)
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return Scope(since=clock.midnight(first), until=clock.midnight(following))


def _share(part: int, whole: int) -> str:
    """Cut, never rounded up: 99.96 % is not 100 %."""
    return f"{part * 1000 // whole / 10:.1f}%" if whole else ""
