"""预约: choosing a day and a slot, one's own appointments, and the clerk's page of calls."""

from datetime import date, time
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diebian.kernel.errors import DiebianError
from diebian.scenes.halls.places import policy as places_policy
from diebian.scenes.halls.places import selectors as places
from diebian.scenes.halls.places.models import Hall
from diebian.scenes.halls.visits.selectors import visits_of
from diebian.security.identity.public import Actor, Refused, actor_of, actor_or_none

from . import actions, policy, selectors
from .keeping import note_call
from .refusals import BookedBefore, ContactMissing, OnlyPersons, SlotFull, SlotUnknown

AT_THE_FORM = (BookedBefore, ContactMissing, SlotFull, SlotUnknown)
A_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest, code: str) -> HttpResponse:
    """Which slots are free is public; taking one needs an account, or a call."""
    hall = places.hall(code)
    if request.method != "POST":
        return render(request, "halls/book.html", _book_page(request, hall))
    about, actor = request.POST.get("about", ""), actor_of(request)
    try:
        kind, day, starts = _chosen(request)
        made = actions.book(
            hall_code=code, kind=kind, day=day, starts=starts, about=about, by=actor
        )
    except AT_THE_FORM as fault:
        page = _book_page(request, hall) | {"fault": fault, "about": about}
        return render(request, "halls/book.html", page, status=fault.status)
    return redirect("halls:booking", made.public_id)


@require_safe
def booking(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return _booking_page(request, public_id)


@require_POST
def move(request: HttpRequest, public_id: UUID) -> HttpResponse:
    try:
        _, day, starts = _chosen(request)
        actions.move(public_id=public_id, day=day, starts=starts, by=actor_of(request))
    except AT_THE_FORM as fault:
        return _booking_page(request, public_id, fault)
    return redirect("halls:booking", public_id)


@require_POST
def cancel(request: HttpRequest, public_id: UUID) -> HttpResponse:
    actions.cancel(public_id=public_id, by=actor_of(request))
    return redirect("halls:booking", public_id)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not policy.may_book(actor):
        raise OnlyPersons
    rows = Paginator(selectors.bookings_of(actor), A_PAGE)
    page = rows.get_page(request.GET.get("page"))
    return render(request, "halls/mine.html", {"page": page, "visits": visits_of(actor)})


@require_http_methods(["GET", "HEAD", "POST"])
def phone(request: HttpRequest, code: str) -> HttpResponse:
    """电话预约: a clerk books for whoever calls, and sees who comes and whom to remind."""
    actor, hall = _clerk(request), places.hall(code)
    if not places_policy.may_sit(actor, hall):
        raise Refused
    if request.method != "POST":
        return render(request, "halls/phone.html", _phone_page(request, hall))
    sent = {name: request.POST.get(name, "") for name in ("id_number", "name", "phone", "about")}
    try:
        kind, day, starts = _chosen(request)
        made = actions.book_by_phone(
            hall_code=code, kind=kind, day=day, starts=starts, **sent, by=actor
        )
    except AT_THE_FORM as fault:
        page = _phone_page(request, hall) | {"fault": fault, "sent": sent}
        return render(request, "halls/phone.html", page, status=fault.status)
    return redirect("halls:booking", made.public_id)


@require_POST
def called(request: HttpRequest, public_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    found = selectors.booking_for(actor, public_id)
    note_call(public_id=public_id, by=actor)
    return redirect("halls:phone", found.slot.hall.code)


def _booking_page(
    request: HttpRequest, public_id: UUID, fault: DiebianError | None = None
) -> HttpResponse:
    actor = actor_of(request)
    one = selectors.booking_for(actor, public_id)
    page = {
        "booking": one,
        "hall": one.slot.hall,
        "is_mine": policy.is_own(actor, one),
        **_offers(request, one.slot.hall, one.slot.kind.code),
        "fault": fault,
    }
    return render(request, "halls/booking.html", page, status=fault.status if fault else 200)


def _book_page(request: HttpRequest, hall: Hall) -> dict[str, Any]:
    actor = actor_or_none(request)
    return {
        "hall": hall,
        "kinds": places.kinds_at(hall),
        "may_book": actor is not None and policy.may_book(actor),
        **_offers(request, hall, _asked(request).get("kind", "")),
    }


def _phone_page(request: HttpRequest, hall: Hall) -> dict[str, Any]:
    told = _book_page(request, hall)
    return {
        **told,
        "today": selectors.bookings_at(hall, told["days"][0]) if told["days"] else [],
        "to_call": selectors.to_call(hall),
    }


def _offers(request: HttpRequest, hall: Hall, kind: str) -> dict[str, Any]:
    """The days, the chosen one, its slots; nothing chosen or nonsense is the first of them."""
    days = selectors.days_of(hall)
    asked = _day(_asked(request).get("day", ""))
    day = asked if asked in days else (days[0] if days else None)
    lines = places.kinds_at(hall)
    codes = [line.kind.code for line in lines]
    chosen = kind if kind in codes else codes[0]
    return {
        "days": days,
        "day": day,
        "kind": chosen,
        "offers": selectors.offers(hall, chosen, day) if day else [],
    }


def _asked(request: HttpRequest) -> dict[str, str]:
    """What was chosen: in the address of a page, or in the form that was refused."""
    told = request.POST if request.method == "POST" else request.GET
    return {name: value for name, value in told.items() if isinstance(value, str)}


def _chosen(request: HttpRequest) -> tuple[str, date, time]:
    """A kind, a day and a slot as the form sends them; nonsense is a day that nobody can book."""
    sent = _asked(request)
    try:
        starts = time.fromisoformat(sent.get("starts", ""))
    except ValueError:
        return sent.get("kind", ""), date.min, time.min
    return sent.get("kind", ""), _day(sent.get("day", "")) or date.min, starts


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _clerk(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not places_policy.may_work(actor):
        raise Refused
    return actor
