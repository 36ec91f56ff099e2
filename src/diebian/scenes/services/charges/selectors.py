"""收费标准: what an item costs when and by which basis, what it comes to, what it was before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from diebian.base.directory.public import Change
from diebian.base.payments.public import Line
from diebian.scenes.services.fees.owing import owed
from diebian.scenes.services.items.facts import Charge, Charging, ItemFacts, Reduction
from diebian.scenes.services.items.models import FIXED, ItemVersion, ServiceItem, State
from diebian.scenes.services.items.situations import Asked, applies, chosen, questions
from diebian.scenes.services.items.told import charging_changes, when_words
from diebian.standards.money import yuan

NOBODY = ItemFacts("", "", "")  # says nothing, so costs nothing


@dataclass(frozen=True)
class ChargeLine:
    """`applies`: with the answers that were given; None while a question is open."""

    label: str
    when: str
    amount: str
    basis: str
    applies: bool | None


@dataclass(frozen=True)
class Charges:
    """`total`: in yuan, empty while it depends on a question that is not answered."""

    charging: Charging
    charges: Sequence[ChargeLine]
    reductions: Sequence[ChargeLine]
    asked: Sequence[Asked]
    owed: Sequence[Line]
    total: str

    @property
    def is_asked(self) -> bool:
        return any(one.answer for one in self.asked)


@dataclass(frozen=True)
class Past:
    """A version that changed what the item costs."""

    version: ItemVersion
    changes: Sequence[Change]


@dataclass(frozen=True)
class Priced:
    item: ServiceItem
    charges: Charges


def charges_of(facts: ItemFacts, sent: Mapping[str, str]) -> Charges | None:
    """None for what costs nothing, or by no tariff that is kept here."""
    charging = facts.charging
    if charging is None:
        return None
    answers = chosen(facts, sent)
    pointless = _pointless(facts, answers)

    def line(one: Charge | Reduction, amount: str) -> ChargeLine:
        is_so = False if pointless & set(one.when) else applies(one.when, answers)
        return ChargeLine(one.label, when_words(one.when, facts), amount, one.basis, is_so)

    charges = [line(one, f"{one.yuan} 元") for one in charging.charges]
    reductions = [line(one, one.says) for one in charging.reductions]
    is_open = any(one.applies is None for one in (*charges, *reductions))
    lines = [] if is_open else owed(charging, answers)
    asked = [one for one in questions(facts, answers) if one.situation.slug in _concerned(facts)]
    return Charges(
        charging=charging,
        charges=charges,
        reductions=reductions,
        asked=asked,
        owed=lines,
        total="" if is_open else yuan(sum(one.fen for one in lines)),
    )


def charges_in_force(item: ServiceItem, sent: Mapping[str, str]) -> Charges | None:
    return charges_of(item.versions.get(state=State.IN_FORCE).facts, sent)


def history_of(item: ServiceItem) -> list[Past]:
    """The newest first: from which day on what cost how much, by whom, why."""
    rows = list(item.versions.filter(state__in=FIXED).order_by("number"))
    facts = [NOBODY, *(one.facts for one in rows)]
    told = [
        Past(row, list(charging_changes("", was, will)))
        for row, (was, will) in zip(rows, pairwise(facts), strict=True)
    ]
    return [one for one in told if one.changes][::-1]


def all_charges() -> Iterator[Priced]:
    """收费清单: of every item that can be applied for and costs something, by department."""
    rows = ItemVersion.objects.filter(
        state=State.IN_FORCE, document__has_key="charging", item__retired_on=None
    )
    rows = rows.select_related("item__department").order_by("item__department__name", "item__code")
    for one in rows:
        if charges := charges_of(one.facts, {}):
            yield Priced(one.item, charges)


def _pointless(facts: ItemFacts, answers: Mapping[str, str]) -> set[str]:
    """Questions that are asked no more: what hangs on them does not apply."""
    found: set[str] = set()
    for one in facts.situations:
        if found & set(one.asked_when) or applies(one.asked_when, answers) is False:
            found.add(one.slug)
    return found


def _concerned(facts: ItemFacts) -> set[str]:
    """Slugs of the questions that an amount hangs on, and of those that these hang on."""
    parts = facts.charging.parts if facts.charging else ()
    found = {slug for one in parts for slug in one.when}
    for one in reversed(facts.situations):  # only what stands before it can be referred to
        if one.slug in found:
            found |= set(one.asked_when)
    return found
