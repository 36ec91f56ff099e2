"""Reads for the pages: what can be rated, the desk of bad ratings, one order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from diebian.base.directory.public import working_calendar
from diebian.kernel.errors import NotFound
from diebian.scenes.services.models import Case, Channel
from diebian.scenes.services.rating_models import (
    UNSETTLED,
    WITH_AUTHORITY,
    WITH_DEPARTMENT,
    Invitation,
    OrderState,
    Rating,
    RatingOrder,
    Service,
    Showing,
)
from diebian.security.identity.public import Actor, Post
from diebian.standards.dues import Due
from diebian.standards.ratings import Grade

from . import policy
from .actions import ENDED
from .orders import candidates
from .rows import WITH_ALL
from .terms import closes, due_of, tags_of, terms_now

A_PAGE, WORDS_SHOWN = 30, 20


@dataclass(frozen=True)
class GradeChoice:
    value: int
    word: str
    tags: Sequence[str]


@dataclass(frozen=True)
class Panel:
    """One service on the page of its case: to be rated, rated, or to be rated again."""

    service: Service
    rating: Rating | None
    order: RatingOrder | None
    grades: Sequence[GradeChoice]

    @property
    def asks_again(self) -> bool:
        return self.order is not None and self.order.state == OrderState.ANSWERED


@dataclass(frozen=True)
class Desk:
    counts: Mapping[str, int]
    page: Page[RatingOrder]
    lines: Sequence[tuple[RatingOrder, Due | None]]
    words: Sequence[Rating]
    supervises: bool


def panels_for(by: Actor, case: Case) -> list[Panel]:
    """For the applicant alone: nobody who dealt with the case sees how it was rated."""
    if not policy.may_rate(by, case) or case.received_at is None:
        return []
    rows = Invitation.objects.filter(case=case).select_related("rating__order", "terms")
    known = {one.service: one for one in rows}
    calendar, panels = working_calendar(), []
    for service in _given(case):
        invitation = known.get(service)
        rating = getattr(invitation, "rating", None)
        if invitation and rating is None and closes(invitation, calendar).is_late:
            continue
        terms = invitation.terms if invitation else terms_now()
        panels.append(
            Panel(service, rating, getattr(rating, "order", None), grades_of(tags_of(terms)))
        )
    return panels


def grades_of(tags: Mapping[int, Sequence[str]]) -> list[GradeChoice]:
    return [GradeChoice(one.value, one.label, tags[one.value]) for one in Grade]


def desk(by: Actor, page: str) -> Desk:
    rows = seen_by(by).filter(state__in=UNSETTLED).select_related(*WITH_ALL)
    shown = Paginator(rows.order_by("since", "pk"), A_PAGE).get_page(page)
    calendar = working_calendar()
    seen = seen_by(by)
    return Desk(
        counts={
            "部门在办": seen.filter(state__in=WITH_DEPARTMENT).count(),
            "等主管部门决定": seen.filter(state__in=WITH_AUTHORITY).count(),
            "等再评价": seen.filter(state=OrderState.ANSWERED).count(),
        },
        page=shown,
        lines=[(order, due_of(order, calendar)) for order in shown],
        words=_words() if policy.supervises(by) else [],
        supervises=policy.supervises(by),
    )


def seen_by(by: Actor) -> QuerySet[RatingOrder]:
    """As `policy.may_see` says, in SQL."""
    if policy.supervises(by):
        return RatingOrder.objects.all()
    own = Q(handler=by.key)
    if by.holds(Post.HEAD):
        own |= Q(rating__invitation__department__credit_code=by.department)
    rows = RatingOrder.objects.filter(
        own, rating__invitation__department__credit_code=by.department
    )
    return rows.exclude(rating__invitation__served_by=by.name)


def order_for(by: Actor, public_id: UUID) -> RatingOrder:
    rows = RatingOrder.objects.select_related(*WITH_ALL).prefetch_related("events")
    order = rows.filter(public_id=public_id).first()
    if order is None or not policy.may_see(by, order):
        raise NotFound
    return order


def acts_for(by: Actor, order: RatingOrder) -> dict[str, object]:
    """What this reader can do next; the actions decide again."""
    is_open = order.state in WITH_DEPARTMENT
    handles, supervises = policy.may_handle(by, order), policy.supervises(by)
    contested = any(one.what == "contested" for one in order.events.all())
    return {
        "call": is_open and handles,
        "answer": order.state == OrderState.CALLED and handles,
        "contest": is_open and policy.leads(by, order) and not contested,
        "assign": candidates(order) if is_open and policy.may_assign(by, order) else [],
        "decide_contest": order.state == OrderState.CONTESTED and supervises,
        "decide_again": order.state == OrderState.AGAIN and supervises,
    }


def _given(case: Case) -> list[Service]:
    visit = [Service.VISIT] if case.channel == Channel.WINDOW else []
    return [*visit, *([Service.CASE] if case.state in ENDED else [])]


def _words() -> list[Rating]:
    rows = Rating.objects.filter(showing=Showing.WAITING)
    rows = rows.select_related("invitation__case__item", "invitation__department")
    return list(rows.order_by("at")[:WORDS_SHOWN])
