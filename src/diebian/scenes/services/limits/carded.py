"""Cases with a card today, by the days kept for them; where none are kept, by their clock."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from diebian.kernel import clock
from diebian.scenes.services.models import OPEN, Case
from diebian.standards.deadlines import Card, State

from .heaps import EVERY, heaps_of

BEGINS = {Card.RED: "outlook__red_from", Card.YELLOW: "outlook__yellow_from"}


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
    today = clock.today()
    is_this = Q(**{f"{BEGINS[card]}__lte": today})
    if card == Card.YELLOW:
        is_this &= Q(outlook__red_from=None) | Q(outlook__red_from__gt=today)
    keys = others.cards.get(card)
    rows = open_ones.filter(is_this | Q(pk__in=keys) if keys else is_this)
    return rows.order_by(BEGINS[card], "received_at", "pk")
