"""The list with its filters. There are hundreds of datasets, not millions: counted in memory."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.urls import reverse

from diebian.base.catalogue.public import Choice, Word
from diebian.base.opening.public import Open, open_datasets
from diebian.portal.home.public import Hit

A_PAGE = 20
LONGEST = 100
MOST_HITS = 5
API = "api"
Values = Callable[[Open], Sequence[tuple[str, str]]]  # value and what it is called


def _formats(one: Open) -> list[tuple[str, str]]:
    files = [(name, name.upper()) for name in (one.release.files if one.release else {})]
    return [*files, (API, "API")] if files else []


FACETS: Mapping[str, tuple[str, Values]] = {
    "theme": ("主题", lambda one: [(one.theme, one.theme_name or "还没有归入")]),
    "department": ("部门", lambda one: [(one.provider_code, one.provider)]),
    "format": ("格式", _formats),
    "update": ("多久更新", lambda one: [(one.update_cycle, one.update_name)]),
}


@dataclass(frozen=True)
class Facet:
    name: str
    title: str
    choices: list[Choice]


@dataclass(frozen=True)
class Listing:
    words: str
    page: Page[Any]
    facets: list[Facet]
    filters: list[Word]


def listing(told: Any) -> Listing:
    """`told` is a request's GET. Nothing in it can be wrong: what is unknown finds nothing."""
    words = told.get("q", "").replace("\0", "").strip()[:LONGEST]
    chosen = {name: list(dict.fromkeys(told.getlist(name))) for name in FACETS}
    found = open_datasets(words)
    kept = [one for one in found if _fits(one, chosen)]
    facets = [_facet(name, found, chosen) for name in FACETS]
    page = Paginator(kept, A_PAGE).get_page(told.get("page", "1"))
    return Listing(words, page, facets, _filters(words, chosen, facets))


def hits(words: str) -> list[Hit]:
    """For the search of the home page."""
    return [
        Hit(one.title, one.provider, reverse("open-data:dataset", args=[one.id]), "开放数据", "go")
        for one in open_datasets(words)[:MOST_HITS]
    ]


def _fits(one: Open, chosen: Mapping[str, Sequence[str]], *, but: str = "") -> bool:
    return all(
        not wanted or name == but or any(value in wanted for value, _ in FACETS[name][1](one))
        for name, wanted in chosen.items()
    )


def _facet(name: str, found: Sequence[Open], chosen: Mapping[str, Sequence[str]]) -> Facet:
    """Each filter is counted under all others but itself."""
    title, values = FACETS[name]
    counts: Counter[tuple[str, str]] = Counter()
    for one in found:
        if _fits(one, chosen, but=name):
            counts.update(values(one))
    choices = [Choice(value, label, count, value in chosen[name])
               for (value, label), count in counts.most_common()]  # fmt: skip
    return Facet(name, title, choices)


def _filters(
    words: str, chosen: Mapping[str, Sequence[str]], facets: Sequence[Facet]
) -> list[Word]:
    labels = {(facet.name, one.value): one.label for facet in facets for one in facet.choices}
    on = [("q", words)] if words else []
    on += [(name, value) for name, values in chosen.items() for value in values]
    return [
        Word(
            f"“{value}”" if name == "q" else labels.get((name, value), value[:LONGEST]),
            "?" + urlencode([pair for pair in on if pair != (name, value)]),
        )
        for name, value in on
    ]
