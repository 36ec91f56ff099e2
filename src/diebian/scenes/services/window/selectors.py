from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet

from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.scenes.services.guides import guide_of
from diebian.scenes.services.journey import journey_of
from diebian.scenes.services.journey_parts import FILE, STATEMENT
from diebian.scenes.services.models import (
    OPEN,
    Case,
    CaseEvent,
    Guest,
    Handout,
    PaperSheet,
    PaperTaken,
    ServiceItem,
    State,
)
from diebian.scenes.services.selectors import clock_of
from diebian.security.identity.public import Actor, PersonFacts, Post, person
from diebian.standards.ages import ELDER, born
from diebian.standards.deadlines import Clock
from diebian.standards.identifiers import is_id_number
from diebian.standards.masking import masked

from . import policy
from .guests import guest_of

SHOWN = 50
ITEMS_NAMED = 7


@dataclass(frozen=True)
class Sitting:
    """Who sits at the window, as the clerk sees them."""

    guest: Guest
    known: PersonFacts
    masked_id: str
    is_elder: bool
    cases: Sequence[tuple[Case, Clock]]


@dataclass(frozen=True)
class PaperLine:
    """How one paper of an item is answered."""

    name: str
    reason: str
    tag: str
    is_wanted: bool


@dataclass(frozen=True)
class Outage:
    """A department's system that cases wait for: since when, how many, which items."""

    title: str
    since: datetime | None
    waiting: int
    items: Sequence[str]


@dataclass(frozen=True)
class Pending:
    """Papers of this clerk's that wait for one department."""

    credit_code: str
    department: str
    papers: Sequence[PaperTaken]


def sitting(by: Actor) -> Sitting | None:
    guest = guest_of(by)
    if guest is None:
        return None
    known = person(guest.person_key)
    number = known.id_number
    rows = Case.objects.filter(applicant_key=guest.person_key, state__in=[*OPEN, *_DECIDED])
    rows = rows.filter(Q(handout=None) | Q(handout__returned_at__isnull=False))
    rows = rows.select_related("item", "department", "version")
    cases = rows.prefetch_related("events").order_by("-pk")[:SHOWN]
    is_elder = is_id_number(number) and ELDER.is_reached(born(number), clock.today())
    told = [(one, clock_of(one)) for one in cases]
    return Sitting(guest, known, masked(number), is_elder, told)


_DECIDED = (State.APPROVED, State.REFUSED)


def papers_of(of: ServiceItem) -> list[PaperLine]:
    """What of an item is held already and what has to be brought, before anything is begun."""
    guide = guide_of(of, {})
    if guide.version.journey:
        told = journey_of(guide.version).materials
        return [PaperLine(one.name, one.says, *_answered(one.answered_by)) for one in told]
    return [
        PaperLine(one.name, one.resolved.reason, one.tag, one.resolved.is_demanded)
        for one in guide.papers.certain
    ]


def _answered(by: str) -> tuple[str, bool]:
    if by == FILE:
        return "要交", True
    return ("勾选一句" if by == STATEMENT else "免提交"), False


def outages() -> list[Outage]:
    """Of systems that answer nothing at the moment, the longest away first."""
    waiting = Case.objects.filter(state=State.RECEIVED).exclude(waits_for="")
    counted = dict(waiting.values_list("waits_for").annotate(Count("pk")))
    told = [Outage(title, _since(title), count, _items(title)) for title, count in counted.items()]
    return sorted(told, key=lambda one: (one.since is None, one.since))


def case_at(by: Actor, case_no: str) -> Case:
    """Of whoever sits here, received here today, or to be mailed; another's does not exist."""
    cases = Case.objects.select_related("item", "department", "version", "handout", "handover")
    cases = cases.prefetch_related("events", "papers_taken", "papers_scanned")
    found = cases.filter(case_no=case_no).first()
    if found is None or not policy.may_see_at_window(by, found):
        raise NotFound
    return found


def is_open_here(by: Actor, case_no: str) -> bool:
    """Whether its page is still this clerk's: not of what was sent for somebody who is not here."""
    found = Case.objects.filter(case_no=case_no).select_related("item", "version").first()
    return found is not None and policy.may_see_at_window(by, found)


def case_to_scan(by: Actor, case_no: str) -> Case:
    """A draft, too; only for the clerk before whom the person sits."""
    cases = Case.objects.select_related("item", "department", "version")
    found = cases.filter(case_no=case_no).first()
    if found is None or not policy.may_take(by, found):
        raise NotFound
    return found


def pending(by: Actor) -> list[Pending]:
    """What this clerk took and has not handed over, by department."""
    rows = PaperTaken.objects.filter(taken_by=by.key, sheet=None)
    rows = rows.select_related("case__item", "case__department").order_by("pk")
    by_department: dict[str, list[PaperTaken]] = {}
    for one in rows:
        by_department.setdefault(one.case.department.credit_code, []).append(one)
    return [
        Pending(code, papers[0].case.department.name, papers)
        for code, papers in by_department.items()
    ]


def sheets_to_confirm(by: Actor) -> QuerySet[PaperSheet]:
    """On their way to this reviewer's department, the oldest first."""
    if not by.holds(Post.REVIEWER):
        return PaperSheet.objects.none()
    return _sheets().filter(department__credit_code=by.department, confirmed_at=None)


def sheets_handed(by: Actor) -> QuerySet[PaperSheet]:
    """By this clerk: those that nobody has confirmed first."""
    return _sheets().filter(handed_by=by.key).order_by("confirmed_at", "-handed_at")[:SHOWN]


def sheet_for(by: Actor, public_id: UUID) -> PaperSheet:
    found = PaperSheet.objects.select_related("department").filter(public_id=public_id).first()
    if found is None or not policy.may_see_sheet(by, found):
        raise NotFound
    return found


def missing(by: Actor) -> list[PaperTaken]:
    """Handed over by this clerk and not arrived, as the department says."""
    rows = PaperTaken.objects.filter(taken_by=by.key, has_arrived=False)
    return list(rows.select_related("case", "sheet__department").order_by("-pk")[:SHOWN])


def parcels(by: Actor) -> list[Handout]:
    """Sent from this window and not known to have arrived."""
    rows = Handout.objects.filter(
        by_key=by.key, way=Handout.Way.MAILED, arrived_at=None, returned_at=None
    )
    return list(rows.select_related("case__item").order_by("at")[:SHOWN])


def _since(title: str) -> datetime | None:
    rows = CaseEvent.objects.filter(
        kind="waiting", case__state=State.RECEIVED, case__waits_for=title
    )
    told: datetime | None = rows.aggregate(Min("at"))["at__min"]
    return told


def _items(title: str) -> list[str]:
    rows = Case.objects.filter(state=State.RECEIVED, waits_for=title)
    names = rows.order_by("item__name").values_list("item__name", flat=True).distinct()
    return list(names[:ITEMS_NAMED])


def _sheets() -> QuerySet[PaperSheet]:
    rows = PaperSheet.objects.select_related("department").annotate(count=Count("papers"))
    return rows.order_by("handed_at")
