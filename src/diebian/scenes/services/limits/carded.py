"""Cases with a card today, by the days kept for them; where none are kept, by their clock.

A page of them is read from the index of the kept days and begins after a case, not at a number.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from diebian.kernel import clock
from diebian.scenes.services.models import OPEN, Case, KeptOutlook
from diebian.standards.deadlines import Card, State

from .heaps import EVERY, heaps_of

BEGINS = {Card.RED: "red_from", Card.YELLOW: "yellow_from"}
SHOWN = 25
Place = tuple[date, int]  # since when, and the case's key
FIRST: Place = (date.min, 0)


@dataclass(frozen=True)
class Underived:
    """Cases of which no days are kept: keys by the card they have, and those without a calendar."""

    cards: Mapping[Card, Sequence[int]] = field(default_factory=dict)
    unknown: Sequence[int] = ()


def open_cases(department: str = "") -> QuerySet[Case]:
    """Of one department (credit code), or of all."""
    rows = Case.objects.filter(state__in=OPEN)
    return rows.filter(department__credit_code=department) if department else rows


def underived(department: str = "") -> Underived:
    """A handful, after an older folder was taken over or where next year has no calendar yet."""
    rows = open_cases(department).filter(outlook__is_derived=False)
    if not rows.exists():  # as on most days: no clock is looked for
        return Underived()
    cards: dict[Card, list[int]] = defaultdict(list)
    unknown: list[int] = []
    for heap in heaps_of(rows, EVERY):
        is_unknown = heap.clock.state == State.UNKNOWN
        (unknown if is_unknown else cards[heap.clock.card]).extend(heap.first)
    return Underived(cards, unknown)


def carded(card: Card, open_ones: QuerySet[Case], others: Underived) -> QuerySet[Case]:
    """Those of this colour, the one that has it for the longest first."""
    is_this, keys = _has(card, "outlook__"), others.cards.get(card)
    rows = open_ones.filter(is_this | Q(pk__in=keys) if keys else is_this)
    return rows.order_by(f"outlook__{BEGINS[card]}", "pk")


@dataclass(frozen=True)
class CardPage:
    """`count`: of all; `keys`: of the cases on this page; `after`: of the next one, if any."""

    count: int
    keys: Sequence[int]
    after: Place | None


def card_page(card: Card, department: str, others: Underived, after: Place) -> CardPage:
    """The order of `carded`. Days are kept of open cases alone, so no case is read for it; the few
    without kept days stand at the end."""
    rows, rest = KeptOutlook.objects.filter(_has(card)), list(others.cards.get(card, ()))
    if department:
        rows = rows.filter(case__department__credit_code=department)
    since, key = after
    begins = BEGINS[card]
    later = Q(**{f"{begins}__gt": since}) | Q(**{begins: since}, case__gt=key)
    here = rows.filter(later, **{f"{begins}__gte": since}).order_by(begins, "case")
    found = list(here.values_list(begins, "case")[: SHOWN + 1])
    keys = [case for _, case in found[:SHOWN]]
    is_last = len(found) <= SHOWN
    keys += rest[: SHOWN - len(keys)] if is_last else []
    return CardPage(rows.count() + len(rest), keys, None if is_last else found[SHOWN - 1])


def _has(card: Card, at: str = "") -> Q:
    """`at`: the way to the kept days."""
    today = clock.today()
    is_this = Q(**{f"{at}{BEGINS[card]}__lte": today})
    if card == Card.YELLOW:
        is_this &= Q(**{f"{at}red_from": None}) | Q(**{f"{at}red_from__gt": today})
    return is_this
