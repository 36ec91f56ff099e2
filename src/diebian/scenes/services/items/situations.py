"""情形: which questions a person is asked, and what follows from the answers. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from .facts import ItemFacts, Situation

When = Mapping[str, Sequence[str]]
Answers = Mapping[str, str]  # slug of a situation to the value that was chosen


class Asks(Protocol):
    """An item, or a theme of several."""

    @property
    def situations(self) -> Sequence[Situation]: ...


@dataclass(frozen=True)
class Asked:
    situation: Situation
    answer: str  # empty while nobody has chosen


def applies(when: When, answers: Answers) -> bool | None:
    """None while a question that it hangs on is not answered yet."""
    told = [answers[slug] in values if slug in answers else None for slug, values in when.items()]
    if False in told:
        return False
    return None if None in told else True


def chosen(facts: Asks, sent: Mapping[str, str]) -> dict[str, str]:
    """Of what was sent: answers to questions that are asked, and that they offer.

    An answer to a question that another answer has made pointless is forgotten.
    """
    answers: dict[str, str] = {}
    for one in facts.situations:
        if applies(one.asked_when, answers) and sent.get(one.slug) in one.choices:
            answers[one.slug] = sent[one.slug]
    return answers


def questions(facts: Asks, answers: Answers) -> list[Asked]:
    """All that are asked now: those that hang on an answer come when it is given."""
    return [
        Asked(one, answers.get(one.slug, ""))
        for one in facts.situations
        if applies(one.asked_when, answers)
    ]


def open_questions(facts: Asks, answers: Answers) -> list[Situation]:
    """Those that nobody has answered yet."""
    return [one.situation for one in questions(facts, answers) if not one.answer]


def faults(facts: ItemFacts) -> Iterator[str]:
    """What is wrong with the questions themselves, and with what refers to them."""
    known: dict[str, set[str]] = {}
    for one in facts.situations:
        if one.slug in known:
            yield f"情形“{one.slug}”写了两次"
        if len(set(one.choices)) < len(one.choices):
            yield f"情形“{one.slug}”有两个一样的选项"
        if len(one.choices) < 2:  # noqa: PLR2004  one answer is no question
            yield f"情形“{one.slug}”至少要有两个选项"
        yield from _unknown(one.asked_when, known, f"情形“{one.slug}”")
        known[one.slug] = set(one.choices)
    for demand in facts.materials:
        yield from _unknown(demand.when, known, f"材料“{demand.material or demand.name}”")
    for field in facts.fields:
        yield from _unknown(field.when, known, f"表单项“{field.label}”")
    if facts.charging is not None:
        for charge in facts.charging.charges:
            yield from _unknown(charge.when, known, f"收费“{charge.label}”")
        for less in facts.charging.reductions:
            yield from _unknown(less.when, known, f"减免“{less.label}”")


def _unknown(when: When, known: Mapping[str, set[str]], whose: str) -> Iterator[str]:
    """Only what stands before it can be referred to, so no question waits for itself."""
    for slug, values in when.items():
        if slug not in known:
            yield f"{whose}引用了前面没有的情形“{slug}”"
        elif wrong := [value for value in values if value not in known[slug]]:
            yield f"{whose}引用了情形“{slug}”没有的选项“{'”“'.join(wrong)}”"
        elif not values:
            yield f"{whose}引用了情形“{slug}”，没有写哪个选项"
