"""Corrections as their readers see them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from diebian.base.catalogue.public import resources_titled
from diebian.base.directory.public import working_calendar
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import Actor, PersonFacts, Post, person
from diebian.security.tracker.public import record_page_read
from diebian.standards.dues import Due

from . import policy
from .dues import due_of
from .models import UNSETTLED, Correction, Told

A_PAGE = 20


@dataclass(frozen=True)
class Line:
    correction: Correction
    due: Due | None


@dataclass(frozen=True)
class Desk:
    page: Page[Correction]
    lines: Sequence[Line]


def open_subjects(*, resource: str, item: str) -> set[str]:
    """Identity's references of the persons of whom this item is being checked at this moment."""
    rows = Correction.objects.filter(resource__slug=resource, item=item[:100], state__in=UNSETTLED)
    return set(rows.values_list("subject", flat=True))


def desk(by: Actor, page: str) -> Desk:
    """What is to be answered first, the oldest before all others."""
    rows = _seen_by(by).select_related("resource__entry__provider")
    is_unsettled = ExpressionWrapper(Q(state__in=UNSETTLED), BooleanField())
    shown = Paginator(rows.order_by(is_unsettled.desc(), "opened_at", "pk"), A_PAGE).get_page(page)
    calendar = working_calendar()
    return Desk(shown, [Line(one, due_of(one, calendar)) for one in shown])


def correction_for(by: Actor, correction_id: UUID) -> Correction:
    """For whoever may not see it, it does not exist."""
    rows = Correction.objects.select_related("resource__entry__provider")
    found = rows.filter(public_id=correction_id).first()
    if found is None or not (policy.may_see(by, found) or policy.was_told(by, found)):
        raise NotFound
    return found


def users_told(by: Actor, correction: Correction) -> list[Told]:
    """The departments that had used the value, as far as this reader may know them."""
    rows = correction.told.select_related("department").order_by("department__name")
    if not policy.may_see_users(by, correction):
        rows = rows.filter(department__credit_code=by.department)
    return list(rows)


def about_whom(correction: Correction, by: Actor) -> PersonFacts | None:
    """Whose data it is, for the office that has to find the record; the look is written down."""
    is_nobody = not (correction.person_key or correction.id_number)
    if is_nobody or not policy.may_answer(by, correction):
        return None
    record_page_read(
        by=by,
        subject=correction.subject,
        purpose="核实您的数据是否有误",
        case_no=correction.case_no,
        resource="校核页",
        columns=["姓名", "证件号码", correction.item],
    )
    if not correction.person_key:
        return PersonFacts("", "", correction.id_number, "")
    return person(correction.person_key)


def doubtable(titles: Iterable[str]) -> dict[str, str]:
    """Of what a list of reads names, the resources: title to slug. A page that was read is none."""
    return {one.title: one.slug for one in resources_titled(titles)}


def _seen_by(by: Actor) -> QuerySet[Correction]:
    if by.holds(Post.AUTHORITY):
        return Correction.objects.all()
    own = Q(opened_by=by.key) | Q(person_key=by.key) if by.key else Q(pk__in=[])
    if policy.has_desk(by):
        own |= Q(resource__entry__provider__credit_code=by.department)
    if by.department and not policy.WORKING.isdisjoint(by.posts):
        told = Told.objects.filter(department__credit_code=by.department)
        own |= Q(asking=by.department) | Q(pk__in=told.values("correction"))
    return Correction.objects.filter(own)
