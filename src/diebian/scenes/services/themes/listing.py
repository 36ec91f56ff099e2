"""Which themes there are: for everybody, by what people call them; for those who lead them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from diebian.scenes.services.scoring import plain, score
from diebian.security.identity.public import Actor

from . import policy
from .facts import Compiled, Note
from .models import Kind, Theme
from .newest import newest_of

A_PAGE, FOUND = 30, 5


@dataclass(frozen=True)
class Line:
    theme: Theme
    told: Compiled | None
    number: int

    @property
    def conflicts(self) -> Sequence[Note]:
        return self.told.conflicts if self.told else []


@dataclass(frozen=True)
class Listing:
    page: Page[Theme]
    lines: Sequence[Line]


def open_themes() -> QuerySet[Theme]:
    """Those that have a guide."""
    rows = Theme.objects.filter(retired_on=None, versions__isnull=False).distinct()
    return rows.select_related("department").order_by("code")


def listing(words: str, kind: str, page: str) -> Listing:
    rows = open_themes().filter(**({"kind": kind} if kind in Kind else {}))
    if words:
        rows = rows.filter(pk__in=_found(rows, words, most=A_PAGE))
    return _paged(rows, page)


def led_by(by: Actor, page: str) -> Listing:
    """All for the authority, else those that the own department leads."""
    rows = Theme.objects.filter(retired_on=None).select_related("department").order_by("code")
    if not policy.may_oversee(by):
        rows = rows.filter(department__credit_code=by.department)
    return _paged(rows, page)


def search(words: str) -> list[Theme]:
    rows = open_themes()
    best = _found(rows, words, most=FOUND)
    found = rows.in_bulk(best)
    return [found[key] for key in best if key in found]


def _found(rows: QuerySet[Theme], words: str, *, most: int) -> list[int]:
    asked = plain(words)
    if not asked:
        return []
    named = rows.order_by().values_list("pk", "name")
    scored = sorted(((score(asked, name, ""), key) for key, name in named), key=lambda one: -one[0])
    return [key for told, key in scored if told > 0][:most]


def _paged(rows: QuerySet[Theme], page: str) -> Listing:
    shown = Paginator(rows, A_PAGE).get_page(page)
    newest = newest_of(list(shown.object_list))
    lines = []
    for row in shown.object_list:
        version = newest.get(row.pk)
        told = version.compiled if version else None
        lines.append(Line(row, told, version.number if version else 0))
    return Listing(shown, lines)
