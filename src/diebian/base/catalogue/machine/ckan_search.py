"""The order and the facets of CKAN's `package_search`.

https://docs.ckan.org/en/2.11/api/#ckan.logic.action.get.package_search
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Count, F, QuerySet

from diebian.base.catalogue.changes import SINCE
from diebian.base.catalogue.models import DataItem, Entry
from diebian.base.catalogue.refusals import QuestionWrong
from diebian.standards.themes import Theme

from .asking import Question, number_or_all, structure
from .ckan_words import group_name

USUAL_ORDER, USUAL_LIMIT = "score desc, title asc", 50
SHOWN = 40  # of what is refused
MOST_PARTS = 20  # of an order, of a filter: each costs the database something
PART = re.compile(r"\s*(\w+)(?:\s+(asc|desc))?\s*", re.IGNORECASE)
# One condition of `fq`: its name, and a value bare, in quotes or in brackets.
CONDITION = re.compile(
    r"""\s*(?:AND\s+)?\+?(\w+):(?:"([^"]*)"|'([^']*)'|\("?([^()"]*)"?\)|([^\s"'()]+))(?=\s|$)"""
)
# What the word means here, and whether our numbers run the other way: the best rank is nought.
ORDERS: Mapping[str, tuple[str, bool]] = {
    "score": ("rank", True),
    "title": ("title", False),
    "title_string": ("title", False),
    "name": ("public_id", False),
    "metadata_created": ("published_at", False),
    "metadata_modified": ("since", False),
}
Line = tuple[str, str, int]  # name, shown name, count


def ordered(found: QuerySet[Entry], told: Any) -> tuple[QuerySet[Entry], str]:
    """The rows in the order that was asked for, and how CKAN says that order."""
    said = str(told or USUAL_ORDER)
    keys, parts = [], said.split(",", MOST_PARTS)
    if len(parts) > MOST_PARTS:
        raise QuestionWrong("sort", f"At most {MOST_PARTS} columns")
    for part in parts:
        match = PART.fullmatch(part)
        if match is None or match[1].lower() not in ORDERS:
            known = ", ".join(ORDERS)
            raise QuestionWrong("sort", f"Unknown order: {part.strip()[:SHOWN]}. Known: {known}")
        column, is_turned = ORDERS[match[1].lower()]
        is_down = (match[2] or "asc").lower() == "desc"
        keys.append(F(column).desc() if is_down != is_turned else F(column).asc())
    return found.annotate(since=SINCE).order_by(*keys, "pk"), said


def filters_in(fq: str) -> Iterator[tuple[str, str]]:
    """Name and value of each condition. What is not read is refused: it would widen the answer."""
    place, told = 0, fq.strip()
    for _ in range(MOST_PARTS):
        if place == len(told):
            return
        found = CONDITION.match(told, place)
        if found is None:
            says = "A bracket or quote without an end, or a word that is not known here"
            raise QuestionWrong("fq", f"{says}: {told[place : place + SHOWN].strip()}")
        yield found[1], next(filter(None, found.groups()[1:]), "")
        place = found.end()
    if place < len(told):
        raise QuestionWrong("fq", f"At most {MOST_PARTS} conditions")


def faceted(found: QuerySet[Entry], question: Question) -> dict[str, Any]:
    """`facets` by name and count, `search_facets` with names to show: the older and the newer."""
    limit = number_or_all(question, "facet.limit", USUAL_LIMIT)
    told = {}
    for name in _fields(question):
        if name not in FACETS:
            raise QuestionWrong("facet.field", f"Unknown: {name}. Known: {', '.join(FACETS)}")
        told[name] = list(FACETS[name](found))[:limit]
    return {
        "facets": {name: {key: of for key, _, of in lines} for name, lines in told.items()},
        "search_facets": {
            name: {
                "title": name,
                "items": [{"name": key, "display_name": says, "count": of}
                          for key, says, of in lines],
            }
            for name, lines in told.items()
        },
    }  # fmt: skip


def _organisations(found: QuerySet[Entry]) -> Iterable[Line]:
    rows = _plain(found).values_list("provider__credit_code", "provider__name")
    counted = rows.annotate(of=Count("pk")).order_by("-of", "provider__credit_code")
    return [(code.lower(), name, of) for code, name, of in counted]


def _groups(found: QuerySet[Entry]) -> Iterable[Line]:
    rows = _plain(found).exclude(theme="").values_list("theme")
    counted = rows.annotate(of=Count("pk")).order_by("-of", "theme")
    return [(group_name(theme), Theme(theme).label, of) for theme, of in counted]


def _tags(found: QuerySet[Entry]) -> Iterable[Line]:
    rows = DataItem.objects.filter(entry__in=_plain(found)).order_by().values_list("name")
    counted = rows.annotate(of=Count("entry")).order_by("-of", "name")
    return [(name, name, of) for name, of in counted]


FACETS: Mapping[str, Callable[[QuerySet[Entry]], Iterable[Line]]] = {
    "organization": _organisations,
    "groups": _groups,
    "tags": _tags,
}


def _plain(found: QuerySet[Entry]) -> QuerySet[Entry]:
    """Without the rank and the joins of the search, which would be counted as well."""
    return Entry.objects.filter(pk__in=found.order_by().values("pk")).order_by()


def _fields(question: Question) -> list[str]:
    told = structure(question, "facet.field") or []
    if not isinstance(told, list):
        raise QuestionWrong("facet.field", "Not a list")
    return list(dict.fromkeys(str(one) for one in told))
