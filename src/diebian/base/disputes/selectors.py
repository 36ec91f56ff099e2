"""Disputes as their readers see them, and the way to them from where the answer stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.urls import reverse

from diebian.base.directory.public import county_of, working_calendar
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import Actor, Post, Refused, department_names
from diebian.standards.dues import Due

from . import policy
from .dues import due_of, promised_days
from .levels import CITY
from .matters import disputables
from .models import UNSETTLED, Dispute, Outcome, State
from .refusals import NotInDispute

A_PAGE = 20


@dataclass(frozen=True)
class Line:
    dispute: Dispute
    due: Due | None


@dataclass(frozen=True)
class Desk:
    page: Page[Dispute]
    lines: Sequence[Line]


@dataclass(frozen=True)
class Told:
    """One line of the timeline."""

    at: datetime
    what: str
    text: str
    who: str
    department: str


@dataclass(frozen=True)
class Doorway:
    """From the page of an answer to its dispute, or to the form that opens one."""

    words: str
    href: str
    is_open: bool


def desk(by: Actor, page: str) -> Desk:
    """What is unsettled first, the oldest before all others."""
    is_unsettled = ExpressionWrapper(Q(state__in=UNSETTLED), BooleanField())
    rows = _seen_by(by).order_by(is_unsettled.desc(), "since", "pk")
    shown = Paginator(rows, A_PAGE).get_page(page)
    calendar, promised = working_calendar(), promised_days()
    return Desk(shown, [Line(one, due_of(one, calendar, promised)) for one in shown])


def dispute_for(by: Actor, dispute_id: UUID) -> Dispute:
    """For whoever may not see it, it does not exist."""
    found = _rows().filter(public_id=dispute_id).first()
    if found is None or not policy.may_see(by, found):
        raise NotFound
    return found


def timeline(dispute: Dispute) -> list[Told]:
    events = list(dispute.events.order_by("pk"))
    names = department_names(one.department for one in events)
    return [
        Told(one.at, one.get_what_display(), one.text, one.by_name, names.get(one.department, ""))
        for one in events
    ]


def waiting_count(by: Actor) -> int:
    """Disputes whose next step is this official's."""
    if not policy.has_desk(by):
        return 0
    asked, provided = _asked_by(by), Q(provider__credit_code=by.department)
    waits = Q(pk__in=[])
    if by.holds(Post.AUTHORITY):
        bench = Q(bench=county_of(by.department))
        waits |= bench & Q(state__in=[State.COORDINATION, State.GOVERNMENT])
    if not policy.ASKERS.isdisjoint(by.posts):
        waits |= asked & Q(state=State.TALKING)
        waits |= asked & Q(state=State.COORDINATED, opinion=Outcome.UPHELD)
    if not policy.OFFICE.isdisjoint(by.posts):
        waits |= provided & Q(state=State.TALKING)
        waits |= provided & Q(state=State.COORDINATED, opinion=Outcome.OVERTURNED)
        waits |= provided & Q(state=State.DECIDED, carried_out_at=None, outcome=Outcome.OVERTURNED)
    return Dispute.objects.filter(waits).count()


def doorway(kind: str, about: str, by: Actor) -> Doorway | None:
    """None where there is nothing for this reader. A dispute that is over and done with stands in
    nobody's way: an answer that was given anew can be disputed anew.
    """
    rows = _seen_by(by).filter(kind=kind, about=about).exclude(state=State.WITHDRAWN)
    last = rows.order_by("-pk").first()
    if last is not None and not _is_done_with(last):
        return _to(last)
    try:
        disputables.get(kind).find(about, by)
    except (NotFound, Refused, NotInDispute):
        return _to(last) if last else None
    return Doorway("不同意，提出争议", reverse("disputes:new", args=[kind, about]), is_open=False)


def _to(dispute: Dispute) -> Doorway:
    words = f"争议：{dispute.get_outcome_display() or dispute.get_state_display()}"
    href = reverse("disputes:dispute", args=[dispute.public_id])
    return Doorway(words, href, is_open=dispute.state in UNSETTLED)


def _is_done_with(dispute: Dispute) -> bool:
    is_changed = dispute.state == State.DECIDED and dispute.outcome == Outcome.OVERTURNED
    return is_changed and dispute.carried_out_at is not None


def is_final(dispute: Dispute) -> bool:
    """The same answer was upheld already."""
    return _same(dispute).filter(state=State.DECIDED, outcome=Outcome.UPHELD).exists()


def is_awaited(dispute: Dispute) -> bool:
    """It was to be changed already, and the provider has not done it yet."""
    changed = _same(dispute).filter(state=State.DECIDED, outcome=Outcome.OVERTURNED)
    return changed.filter(carried_out_at=None).exists()


def _same(dispute: Dispute) -> QuerySet[Dispute]:
    same = Dispute.objects.filter(kind=dispute.kind, about=dispute.about)
    return same.filter(asking=dispute.asking_id)


def is_in_dispute(kind: str, abouts: Iterable[str]) -> bool:
    rows = Dispute.objects.filter(kind=kind, about__in=list(abouts), state__in=UNSETTLED)
    return rows.exists()


def _rows() -> QuerySet[Dispute]:
    return Dispute.objects.select_related("asking", "provider")


def _asked_by(by: Actor) -> Q:
    return Q(opened_by=by.key) | Q(asking__credit_code=by.department)


def _seen_by(by: Actor) -> QuerySet[Dispute]:
    """The same as `policy.may_see`, for many."""
    seen = Q(opened_by=by.key) if by.key else Q(pk__in=[])
    if by.holds(Post.AUTHORITY):
        area = county_of(by.department)
        if area == CITY:
            return _rows()
        seen |= Q(bench=area)
    if by.department and not policy.ASKERS.isdisjoint(by.posts):
        seen |= Q(asking__credit_code=by.department)
    if by.department and not policy.OFFICE.isdisjoint(by.posts):
        seen |= Q(provider__credit_code=by.department)
    return _rows().filter(seen)
