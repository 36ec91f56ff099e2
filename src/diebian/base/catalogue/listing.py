"""The list with its facets: a fixed number of queries, whatever the number of entries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from diebian.security.identity.public import Actor
from diebian.standards.sharing import SharingType

from .models import Entry, Resource, State
from .selectors import visible_entries

A_PAGE = 20
LONGEST_QUESTION = 100
FACETS = {"department": "provider__credit_code", "sharing": "sharing", "state": "state"}
TITLES = {"department": "部门", "sharing": "共享类型", "state": "状态"}
LABELS: Mapping[str, Mapping[str, str]] = {
    "sharing": dict(SharingType.choices),
    "state": dict(State.choices),
}


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    name: str
    title: str
    choices: list[Choice]


@dataclass(frozen=True)
class Word:
    """A filter that is on, and the address without it."""

    label: str
    without: str


@dataclass(frozen=True)
class Question:
    words: str
    chosen: Mapping[str, Sequence[str]]
    page: str

    def query(self, *, without: tuple[str, str] | None = None) -> str:
        pairs = [("q", self.words)] if self.words and without != ("q", self.words) else []
        pairs += [
            (name, value)
            for name, values in self.chosen.items()
            for value in values
            if (name, value) != without
        ]
        return "?" + urlencode(pairs)


@dataclass(frozen=True)
class Listing:
    question: Question
    page: Page[Any]  # entries, each with `is_mounted`
    facets: list[Facet]
    filters: list[Word]


def question_from(told: Any) -> Question:
    """`told` is a request's GET. Nothing in it can be wrong: what is unknown finds nothing."""
    words = told.get("q", "").replace("\0", "").strip()[:LONGEST_QUESTION]
    chosen = {
        name: [value.replace("\0", "") for value in dict.fromkeys(told.getlist(name))]
        for name in FACETS
    }
    return Question(words, chosen, told.get("page", "1"))


def listing(by: Actor, question: Question) -> Listing:
    found = _matching(visible_entries(by), question.words)
    facets = [_facet(name, found, question) for name in FACETS]
    rows = _narrowed(found, question).annotate(
        is_mounted=Exists(Resource.objects.filter(entry=OuterRef("pk")))
    )
    page = Paginator(rows.order_by("title", "pk"), A_PAGE).get_page(question.page)
    return Listing(question, page, facets, _filters(question, facets))


def _matching(entries: QuerySet[Entry], words: str) -> QuerySet[Entry]:
    if not words:
        return entries
    by_item = Entry.objects.filter(items__name__icontains=words).values("pk")
    wanted = Q(title__icontains=words) | Q(provider__name__icontains=words) | Q(pk__in=by_item)
    letters = words.replace(" ", "").lower()
    if letters.isascii() and letters.isalnum():
        wanted |= Q(initials__contains=letters)
    return entries.filter(wanted)


def _narrowed(entries: QuerySet[Entry], question: Question, but: str = "") -> QuerySet[Entry]:
    for name, field in FACETS.items():
        if question.chosen[name] and name != but:
            entries = entries.filter(**{f"{field}__in": question.chosen[name]})
    return entries


def _facet(name: str, found: QuerySet[Entry], question: Question) -> Facet:
    """Counts are those that ticking this box would give beside the other facets' ticks."""
    field, chosen = FACETS[name], question.chosen[name]
    label = "provider__name" if name == "department" else field
    rows = _narrowed(found, question, but=name).order_by().values_list(field, label)
    counted = rows.annotate(count=Count("pk")).order_by("-count", field)
    known = LABELS.get(name, {})
    choices = [
        Choice(value, known.get(value, shown), count, value in chosen)
        for value, shown, count in counted
    ]
    return Facet(name, TITLES[name], choices)


def _filters(question: Question, facets: Sequence[Facet]) -> list[Word]:
    words = [Word(f"“{question.words}”", question.query(without=("q", question.words)))]
    found = {(facet.name, one.value): one.label for facet in facets for one in facet.choices}
    chosen = [(name, value) for name, values in question.chosen.items() for value in values]
    return (words if question.words else []) + [
        Word(
            found.get(pair) or LABELS.get(pair[0], {}).get(pair[1], pair[1]),
            question.query(without=pair),
        )
        for pair in chosen
    ]
