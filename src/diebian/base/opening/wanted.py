"""What the public asked for, as everybody reads it, and what of it an office has to answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, Count, ExpressionWrapper, F, Q, QuerySet

from diebian.base.directory.public import working_calendar
from diebian.kernel.errors import NotFound
from diebian.kernel.worded import Told
from diebian.security.identity.public import Actor, Post
from diebian.standards.calendar import WorkingCalendar
from diebian.standards.dues import Due

from . import policy
from .dues import due_of
from .models import DataRequest, Voice

A_PAGE = 20
MOST_TERMS = 5
LEAST_ALIKE, MOST_ALIKE, MOST_COMPARED = 0.4, 5, 2000


@dataclass(frozen=True)
class Asked:
    """A request as everybody sees it: no word of who asked."""

    id: UUID
    number: str
    wanted: str
    purpose: str
    provider: str
    provider_code: str
    asked_at: datetime
    voices: int
    due: Due | None
    outcome: str
    outcome_name: str
    answer: str
    answered_at: datetime | None
    answered_by: str
    dataset: UUID | None


def requests(page: str, words: str = "") -> tuple[Page[Any], list[Asked]]:
    """What is not answered yet first, by how many ask; everybody may read it."""
    rows = _requests()
    for term in words.split()[:MOST_TERMS]:
        rows = rows.filter(Q(wanted__icontains=term) | Q(purpose__icontains=term))
    is_open = ExpressionWrapper(Q(outcome=""), BooleanField())
    ordered: Any = rows.order_by(is_open.desc(), F("of").desc(), "asked_at")
    shown = Paginator(ordered, A_PAGE).get_page(page)
    return shown, told(shown)


def request_of(request_id: UUID) -> Asked:
    row = _requests().filter(public_id=request_id).first()
    if row is None:
        raise NotFound
    return _asked(row, working_calendar())


def has_joined(by: Actor, request_id: UUID) -> bool:
    return Voice.objects.filter(request__public_id=request_id, person_key=by.key).exists()


def alike(wanted: str) -> list[Asked]:
    """Open requests that share pairs of characters with these words, the likest first."""
    pairs = _pairs(wanted)
    rows = _requests().filter(outcome="").order_by("-pk")[:MOST_COMPARED]
    scored = [(len(pairs & _pairs(row.wanted)) / (len(pairs) or 1), row) for row in rows]
    near = sorted((one for one in scored if one[0] >= LEAST_ALIKE), key=lambda one: -one[0])
    return told(row for _, row in near[:MOST_ALIKE])


def _pairs(text: str) -> set[str]:
    bare = "".join(text.lower().split())
    return {bare[place : place + 2] for place in range(len(bare) - 1)}


def _requests() -> QuerySet[DataRequest, Any]:
    rows = DataRequest.objects.select_related("provider", "dataset")
    return rows.annotate(of=Count("voices"))


def to_answer(by: Actor) -> QuerySet[DataRequest, Any]:
    return _requests().filter(unanswered(by.posts, by.department)).order_by("asked_at")


def unanswered(posts: Sequence[str], department: str | Told) -> Q:
    """That officials of these posts have to answer: who may is `policy.may_answer`."""
    is_open, own = Q(outcome=""), Q(provider__credit_code=department)
    if Post.AUTHORITY in posts:
        return is_open & (own | Q(provider=None))
    return Q(pk__in=[]) if policy.OFFICE.isdisjoint(posts) else is_open & own


def told(rows: Iterable[Any]) -> list[Asked]:
    calendar = working_calendar()
    return [_asked(row, calendar) for row in rows]


def _asked(row: Any, calendar: WorkingCalendar) -> Asked:
    return Asked(
        id=row.public_id,
        number=row.number,
        wanted=row.wanted,
        purpose=row.purpose,
        provider=row.provider.name if row.provider else "",
        provider_code=row.provider.credit_code if row.provider else "",
        asked_at=row.asked_at,
        voices=row.of,
        due=due_of(row, calendar),
        outcome=row.outcome,
        outcome_name=row.get_outcome_display(),
        answer=row.answer,
        answered_at=row.answered_at,
        answered_by=row.answered_by,
        dataset=row.dataset.public_id if row.dataset else None,
    )
