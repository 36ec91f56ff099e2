"""办事指南: what an item asks of whom, made from the version in force or from one that was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from diebian.base.directory.public import Change
from diebian.kernel.errors import NotFound
from diebian.standards.crossing import Way, ways_in
from diebian.standards.item_codes import ItemCode, parts_of

from .items.facts import FormField, ItemFacts
from .items.models import FIXED, ItemVersion, ServiceItem, State
from .items.papers import Papers, papers_of
from .items.situations import Asked, applies, chosen, questions
from .items.told import changes_of, lines_of, names_in
from .ways.selectors import WayStep, steps_of

NO_PAPERS = Papers([], [])  # an item with a journey says in its own words how each is answered


@dataclass(frozen=True)
class Guide:
    facts: ItemFacts
    version: ItemVersion
    code: ItemCode | None
    papers: Papers
    asked: Sequence[Asked]
    fields: Sequence[FormField]
    steps: Sequence[WayStep]  # of a way of its own
    cross_ways: Sequence[Way]
    former: int  # how many versions came before

    @property
    def is_settled(self) -> bool:
        """Every question that changes something for this person is answered."""
        return all(one.answer for one in self.asked)


def guide_of(item: ServiceItem, sent: Mapping[str, str]) -> Guide:
    version = item.versions.get(state=State.IN_FORCE)
    facts = version.facts
    answers = chosen(facts, sent)
    return Guide(
        facts=facts,
        version=version,
        code=parts_of(facts.national_code),
        papers=NO_PAPERS if version.journey else papers_of(facts, answers),
        asked=questions(facts, answers),
        fields=[one for one in facts.fields if applies(one.when, answers) is not False],
        steps=steps_of(facts),
        cross_ways=ways_in(facts.cross_ways),
        former=item.versions.filter(state=State.REPLACED).count(),
    )


def versions_of(item: ServiceItem) -> list[tuple[ItemVersion, Sequence[Change]]]:
    """What everybody may read, the newest first: each with what it changed of the one before."""
    rows = list(item.versions.filter(state__in=FIXED).order_by("number"))
    facts = [one.facts for one in rows]
    names = names_in(facts)
    told: list[Sequence[Change]] = [[]]
    for was, will in pairwise(facts):
        told.append(list(changes_of("", was, will, names)))
    return list(zip(rows, told, strict=False))[::-1]


def lines_of_version(version: ItemVersion) -> list[tuple[str, Any]]:
    facts = version.facts
    return lines_of(facts, names_in([facts]))


def version_of(item: ServiceItem, number: int) -> ItemVersion:
    found = item.versions.filter(state__in=FIXED, number=number).first()
    if found is None:
        raise NotFound
    return found
