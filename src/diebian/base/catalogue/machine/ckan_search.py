"""The order and the facets of CKAN's `package_search`.

https://docs.ckan.org/en/2.11/api/#ckan.logic.action.get.package_search
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet
from django.db.models.functions import Coalesce

from diebian.base.catalogue.models import ChangeState, DataItem, Entry
from diebian.base.catalogue.refusals import QuestionWrong
from diebian.standards.themes import Theme

from .ckan_words import group_name

USUAL_ORDER, USUAL_LIMIT, LONGEST_NUMBER = "score desc, title asc", 50, 9
PART = re.compile(r"\s*(\w+)(?:\s+(asc|desc))?\s*", re.IGNORECASE)
# What the word means here, and whether our numbers run the other way: the best rank is nought.
ORDERS: Mapping[str, tuple[str, bool]] = {
    "score": ("rank", True),
    "title": ("title", False),
    "title_string": ("title", False),
    "name": ("public_id", False),
    "metadata_created": ("published_at", False),
    "metadata_modified": ("modified", False),
}
Line = tuple[str, str, int]  # name, shown name, count
Question = Mapping[str, Any]


def ordered(found: QuerySet[Entry], told: Any) -> tuple[QuerySet[Entry], str]:
    """The rows in the order that was asked for, and how CKAN says that order."""
    said = str(told or USUAL_ORDER)
    changed = Max("changes__published_at", filter=Q(changes__state=ChangeState.PUBLISHED))
    keys, is_modified = [], False
    for part in said.split(","):
        match = PART.fullmatch(part)
        if match is None or match[1].lower() not in ORDERS:
            known = ", ".join(ORDERS)
            raise QuestionWrong("sort", f"Unknown order: {part.strip()}. Known: {known}")
        column, is_turned = ORDERS[match[1].lower()]
        is_down = (match[2] or "asc").lower() == "desc"
        keys.append(F(column).desc() if is_down != is_turned else F(column).asc())
        is_modified |= column == "modified"
    if is_modified:
        found = found.annotate(modified=Coalesce(changed, "published_at"))
    return found.order_by(*keys, "pk"), said


def faceted(found: QuerySet[Entry], question: Question) -> dict[str, Any]:
    """`facets` by name and count, `search_facets` with names to show: the older and the newer."""
    limit = _limit(question.get("facet.limit"))
    told = {}
    for name in _fields(question.get("facet.field")):
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


def _fields(told: Any) -> list[str]:
    """A list, or JSON of one in an address."""
    if isinstance(told, str) and told:
        try:
            told = json.loads(told)
        except ValueError as error:
            raise QuestionWrong("facet.field", "Cannot parse JSON") from error
    if not isinstance(told or [], list):
        raise QuestionWrong("facet.field", "Not a list")
    return list(dict.fromkeys(str(one) for one in told or []))


def _limit(told: Any) -> int | None:
    """Below nought: all."""
    if told is None or told == "":
        return USUAL_LIMIT
    text = str(told)
    if text.startswith("-") and text[1:].isdecimal():
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER):
        raise QuestionWrong("facet.limit", "Must be a whole number")
    return int(text)
