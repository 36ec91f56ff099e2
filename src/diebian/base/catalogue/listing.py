"""The list with its filters: a fixed number of queries, whatever the number of entries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator

from diebian.base.directory.public import counties
from diebian.security.identity.public import Actor
from diebian.standards.metadata import DataClass, Level, UpdateCycle
from diebian.standards.sharing import OpenType, SharingType
from diebian.standards.themes import Theme

from .facets import COLUMNS, Counted, counted
from .models import Entry, Kind, State
from .resources import kind_words
from .search import matching
from .selectors import visible_entries

A_PAGE = 20
LONGEST_QUESTION = 100
MOST_CHOICES = 40
LAST_OF_ALL = 10**8
TITLES = {
    "department": "部门",
    "county": "市县",
    "theme": "主题",
    "sharing": "共享类型",
    "open": "向社会开放",
    "class": "数据分类",
    "level": "数据级别",
    "cycle": "更新周期",
    "state": "状态",
    "mounted": "挂载",
    "kind": "资源",
}
LABELS: Mapping[str, Mapping[str, str]] = {
    "mounted": {"true": "已挂载", "false": "没有挂载"},
    "theme": {**dict(Theme.choices), "": "还没有归入"},
    "sharing": dict(SharingType.choices),
    "open": dict(OpenType.choices),
    "class": dict(DataClass.choices),
    "level": {str(value): label for value, label in Level.choices},
    "cycle": dict(UpdateCycle.choices),
    "kind": dict(Kind.choices),
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
    left: int  # more choices than are shown


@dataclass(frozen=True)
class Shown:
    entry: Entry
    kinds: str  # in words, what is mounted behind it


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
    page: Page[Any]  # of `Shown`
    facets: list[Facet]
    filters: list[Word]


def question_from(told: Any) -> Question:
    """`told` is a request's GET. Nothing in it can be wrong: what is unknown finds nothing."""
    words = told.get("q", "").strip()[:LONGEST_QUESTION]
    chosen = {
        name: [value.replace("\0", "") for value in dict.fromkeys(told.getlist(name))]
        for name in COLUMNS
    }
    return Question(words, chosen, told.get("page", "1"))


def listing(by: Actor, question: Question) -> Listing:
    found = matching(visible_entries(by), question.words)
    told = counted(found, question.chosen, page=_number(question.page), most=A_PAGE)
    rows = Entry.objects.filter(pk__in=told.keys).select_related("provider").defer("search_text")
    by_key = rows.prefetch_related("resources").in_bulk()
    page: Page[Any] = Paginator(range(told.total), A_PAGE).get_page(question.page)
    page.object_list = [
        Shown(by_key[key], kind_words(one.kind for one in by_key[key].resources.all()))
        for key in told.keys
    ]
    facets = [_facet(name, told, question) for name in COLUMNS]
    return Listing(question, page, facets, _filters(question, facets))


def _number(told: str) -> int:
    """As the paginator reads it: no number is the first, one below the first is the last."""
    try:
        number = int(told)
    except ValueError:
        return 1
    return number if 0 < number < LAST_OF_ALL else LAST_OF_ALL


def _facet(name: str, told: Counted, question: Question) -> Facet:
    """Those with most first; with many, the rest is reached by searching or another filter."""
    chosen, known = question.chosen[name], _labels(name)
    choices = [
        Choice(value, known.get(value, shown or value), count, value in chosen)
        for value, shown, count in told.by.get(name, [])
    ]
    shown = [one for place, one in enumerate(choices) if place < MOST_CHOICES or one.is_chosen]
    return Facet(name, TITLES[name], shown, len(choices) - len(shown))


def _labels(name: str) -> Mapping[str, str]:
    return {"": "市级", **counties()} if name == "county" else LABELS.get(name, {})


def _filters(question: Question, facets: Sequence[Facet]) -> list[Word]:
    words = [Word(f"“{question.words}”", question.query(without=("q", question.words)))]
    found = {(facet.name, one.value): one.label for facet in facets for one in facet.choices}
    chosen = [(name, value) for name, values in question.chosen.items() for value in values]
    return (words if question.words else []) + [
        Word(
            found.get(pair) or _labels(pair[0]).get(pair[1], pair[1]),
            question.query(without=pair),
        )
        for pair in chosen
    ]
