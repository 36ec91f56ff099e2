"""上门: asked for, cancelled, taken over by a helper, ended with what came of it."""

from datetime import date
from uuid import UUID

from django.db import transaction

from diebian.base.directory.public import working_calendar
from diebian.base.messages.public import notify
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.scenes.halls.places import selectors as places
from diebian.scenes.halls.places.hours import days_ahead
from diebian.scenes.halls.places.models import Hall
from diebian.security.audit import public as audit
from diebian.security.identity.public import PLATFORM, Actor, Refused, is_account
from diebian.standards.calendar import in_words

from . import policy
from .models import Half, HomeVisit, State
from .refusals import (
    DayFull,
    OutcomeMissing,
    VisitDayWrong,
    VisitElsewhere,
    VisitOver,
    VisitUnclear,
)

LONGEST = {"name": 100, "phone": 20, "area": 60, "address": 200, "about": 200}
LONGEST_OUTCOME = 300


@transaction.atomic
def ask(
    *,
    hall_code: str,
    day: date,
    half: str,
    name: str,
    phone: str,
    area: str,
    address: str,
    about: str,
    by: Actor,
) -> HomeVisit:
    """Never more on a day than the hall can make: its row is locked. Today is too late."""
    hall = places.hall(hall_code)
    if not policy.may_ask(by, hall):
        raise Refused
    told = {"name": name, "phone": phone, "area": area, "address": address, "about": about}
    words = {field: text.strip()[: LONGEST[field]] for field, text in told.items()}
    if not all(words.values()):
        raise VisitUnclear
    if day not in days_of(hall) or half not in set(Half):
        raise VisitDayWrong
    Hall.objects.select_for_update().get(pk=hall.pk)
    booked = HomeVisit.objects.filter(hall=hall, day=day).exclude(state=State.CANCELLED)
    if booked.count() >= hall.rules["visits_a_day"]:
        raise DayFull
    made = HomeVisit.objects.create(
        hall=hall, day=day, half=half, asked_by=by.key, asked_at=clock.now(), **words
    )
    audit.record(by=by, action="halls.visit.asked", subject=_subject(made))
    return made


@transaction.atomic
def cancel(*, public_id: UUID, by: Actor) -> None:
    _end(_open(public_id, by), State.CANCELLED, "", by)


@transaction.atomic
def take_route(*, hall_code: str, day: date, by: Actor) -> int:
    """All visits of that day that nobody has taken are this helper's. Returns how many."""
    hall = places.hall(hall_code)
    if not policy.may_route(by, hall):
        raise Refused
    rows = HomeVisit.objects.select_for_update(of=("self",)).select_related("hall")
    rows = rows.filter(hall=hall, day=day, state=State.BOOKED, helper_key="")
    taken = list(rows)
    for visit in taken:
        visit.helper_key, visit.helper_name = by.key, by.name
        visit.save(update_fields=["helper_key", "helper_name"])
        audit.record(by=by, action="halls.visit.taken", subject=_subject(visit))
        _tell(visit, f"{by.name}来办：{visit.about}。来不及或不用来了，请打 {hall.phone}。")
    return len(taken)


@transaction.atomic
def end(*, public_id: UUID, was_met: bool, outcome: str, by: Actor) -> None:
    """By the helper, in words: what was done, or why nobody was met and what comes next."""
    visit = _open(public_id, by)
    if not policy.may_route(by, visit.hall):
        raise Refused
    if visit.helper_key != by.key:
        raise VisitElsewhere
    if not outcome.strip():
        raise OutcomeMissing
    _end(visit, State.DONE if was_met else State.NOT_MET, outcome.strip(), by)
    _tell(visit, f"{visit.get_state_display()}：{visit.outcome}")


def days_of(hall: Hall) -> list[date]:
    """Working days from the next one on: a route is made the day before."""
    days = days_ahead(working_calendar(), clock.today(), hall.rules["days_ahead"])
    return [day for day in days if day > clock.today()]


def _open(public_id: UUID, by: Actor) -> HomeVisit:
    rows = HomeVisit.objects.select_for_update(of=("self",)).select_related("hall")
    visit = rows.filter(public_id=public_id).first()
    if visit is None or not policy.may_see(by, visit):
        raise NotFound
    if visit.state != State.BOOKED:
        raise VisitOver
    return visit


def _end(visit: HomeVisit, state: State, outcome: str, by: Actor) -> None:
    visit.state, visit.outcome = state, outcome[:LONGEST_OUTCOME]
    visit.ended_at = clock.now()
    visit.save(update_fields=["state", "outcome", "ended_at"])
    audit.record(by=by, action=f"halls.visit.{state}", subject=_subject(visit))


def _tell(visit: HomeVisit, body: str) -> None:
    """Whoever asked in their account; who asked by phone is called, the number is on the route."""
    if not is_account(visit.asked_by):
        title = f"{in_words(visit.day)}{visit.get_half_display()}上门"
        notify(key=visit.asked_by, title=title, body=body, by=PLATFORM)


def _subject(visit: HomeVisit) -> str:
    return f"visit:{visit.public_id}"
