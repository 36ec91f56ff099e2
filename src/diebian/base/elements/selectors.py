"""Every read of the register: by word, by identifier, and who names an element."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan
from django.urls import reverse

from diebian.kernel.errors import NotFound
from diebian.security.audit.public import lines_about
from diebian.security.identity.public import Actor, Post, Refused, department_names
from diebian.standards.elements import IDENTIFIER
from diebian.standards.marks import Mark
from diebian.standards.metadata import ItemType

from . import policy
from .facts import DataElement
from .models import Element, State
from .using import Names, element_users

PER_PAGE, MOST_NAMED, MOST_TERMS, MOST_WORDS = 50, 50, 5, 100
FIRST, DIGITS = "DE0000", "0123456789"
IN_ORDER = (State.CANDIDATE, State.STANDARD, State.RETIRED, State.DECLINED)
WORDS = {
    "elements.element.proposed": "提出",
    "elements.element.registered": "登记为标准",
    "elements.element.declined": "不采纳",
    "elements.element.retired": "退役",
    "elements.element.renewed": "按城市资料更新",
    "elements.element.reminded_near": "提醒：快到期了",
    "elements.element.reminded_last": "提醒：最后一天",
    "elements.element.reminded_late": "提醒：已超期",
}


@dataclass(frozen=True)
class Past:
    at: datetime
    who: str
    department: str
    what: str


@dataclass(frozen=True)
class Listing:
    page: Page[Any]
    words: str
    registered: int
    waiting: int  # candidates that this reader sees


def listing(by: Actor, words: str, page: str) -> Listing:
    """Candidates come first: somebody waits for them."""
    if not policy.may_browse(by):
        raise Refused
    seen, asked = _seen(by), words.strip()[:MOST_WORDS]
    rank = Case(
        *(When(state=state, then=Value(place)) for place, state in enumerate(IN_ORDER)),
        output_field=IntegerField(),
    )
    found = _matching(seen, asked).annotate(rank=rank, worth=_worth(asked))
    return Listing(
        Paginator(found.order_by("rank", "worth", "identifier", "pk"), PER_PAGE).get_page(page),
        asked,
        Element.objects.filter(state=State.STANDARD).count(),
        seen.filter(state=State.CANDIDATE).count(),
    )


def element_for(by: Actor, element_id: UUID) -> Element:
    """For whoever may not see it, it does not exist."""
    found = Element.objects.select_related("proposer").filter(public_id=element_id).first()
    if found is None or not policy.may_see(by, found):
        raise NotFound
    return found


def names_of(element: Element, by: Actor) -> list[tuple[str, Names]]:
    """Who names it, each kind with its title; nobody can name what is not registered."""
    if element.identifier is None:
        return []
    told = data_element(element)
    return [(one.title, one.names(told, by, MOST_NAMED)) for one in element_users]


def history_of(element: Element) -> list[Past]:
    lines = lines_about(element.audit_subject)
    names = department_names(line.department for line in lines)
    return [
        Past(
            line.at,
            line.actor if line.department else "平台",
            names.get(line.department, ""),
            WORDS.get(line.action, line.action),
        )
        for line in lines
    ]


def next_identifier() -> str:
    """Behind the last of the city: DE0023 after DE0022. A suggestion; it may be taken meanwhile."""
    numbered = Element.objects.filter(identifier__regex=r"^[A-Z]+[0-9]+$")
    own = numbered.exclude(mark=Mark.SAMPLE).order_by("-identifier")
    last = own.values_list("identifier", flat=True).first() or FIRST
    head = last.rstrip(DIGITS)
    return f"{head}{int(last[len(head) :]) + 1:0{len(last) - len(head)}}"


def elements_named(identifiers: Iterable[str]) -> dict[str, DataElement]:
    """By identifier, retired ones with them; one that nobody registered is not among them."""
    wanted = {one for one in identifiers if re.fullmatch(IDENTIFIER, one, re.ASCII)}
    rows = Element.objects.filter(identifier__in=wanted) if wanted else ()
    return {str(one.identifier): data_element(one) for one in rows}


def standard_elements(most: int) -> list[DataElement]:
    return [data_element(one) for one in Element.objects.filter(state=State.STANDARD)[:most]]


def data_element(row: Element) -> DataElement:
    return DataElement(
        identifier=str(row.identifier),
        name=row.name,
        aliases=tuple(row.aliases),
        type=ItemType(row.type),
        written=row.format,
        check=row.check_kind,
        codes=dict(row.codes),
        source=row.source,
        is_retired=row.state == State.RETIRED,
        href=reverse("elements:element", args=[row.public_id]),
    )


def _seen(by: Actor) -> QuerySet[Element]:
    registered = Q(state__in=[State.STANDARD, State.RETIRED])
    if by.holds(Post.AUTHORITY):
        return Element.objects.all()
    return Element.objects.filter(registered | Q(proposer__credit_code=by.department))


def _matching(rows: QuerySet[Element], words: str) -> QuerySet[Element]:
    """Each term stands somewhere: in its names or definition, in its identifier, or as initials."""
    for term in words.lower().split()[:MOST_TERMS]:
        wanted = Q(_has("search_text", term)) | Q(identifier__iexact=term)
        if term.isascii() and term.isalnum():
            wanted |= Q(_has("initials", term))
        rows = rows.filter(wanted)
    return rows


def _worth(words: str) -> Case:
    """What begins with the first word comes before what only has it."""
    first = words.lower().split()[:1]
    in_name: list[Any] = [When(search_text__startswith=first[0], then=Value(0))] if first else []
    return Case(*in_name, default=Value(1), output_field=IntegerField())


def _has(column: str, word: str) -> GreaterThan:
    return GreaterThan(StrIndex(F(column), Value(word)), Value(0))
