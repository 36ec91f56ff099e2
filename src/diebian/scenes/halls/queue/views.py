"""取号: a hall's page, its number machine and screen, a number's own page, a day in figures."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diebian.kernel import clock
from diebian.kernel.errors import DiebianError
from diebian.portal.desk.public import CardMissing, ReaderAway, is_set_up, read_card
from diebian.scenes.halls.bookings.refusals import NothingBooked
from diebian.scenes.halls.places import policy as places_policy
from diebian.scenes.halls.places import selectors as places
from diebian.scenes.halls.places.models import Hall
from diebian.scenes.halls.places.refusals import (
    HallClosed,
    KindUnknown,
)
from diebian.security.identity.public import Refused, actor_of, actor_or_none

from . import policy, selectors, taking
from .day import day_of
from .refusals import NumberWrong, WaitsAlready

AT_THE_MACHINE = (
    CardMissing, HallClosed, KindUnknown, NothingBooked, NumberWrong, ReaderAway,
)  # fmt: skip
LARGE = {"elder": True}  # a machine in a hall shows everybody the large letters


@require_http_methods(["GET", "HEAD", "POST"])
def hall(request: HttpRequest, code: str) -> HttpResponse:
    """How busy it is; whoever is signed in takes a number from home."""
    fault: DiebianError | None = None
    if request.method == "POST":
        kind = request.POST.get("kind", "")
        try:
            made = taking.take_online(hall_code=code, kind=kind, by=actor_of(request))
        except (HallClosed, KindUnknown, WaitsAlready) as error:
            fault = error
        else:
            return redirect("halls:ticket", made.public_id)
    actor, one = actor_or_none(request), places.hall(code)
    is_person = actor is not None and policy.may_take_online(actor)
    told = {
        "hall": one,
        "is_open": places.is_open(one),
        "opens": places.opens_next(one),
        "waits": selectors.waits(one),
        "is_person": is_person,
        "own": selectors.ticket_of(actor) if actor and is_person else None,
        "fault": fault,
    }
    return render(request, "halls/hall.html", told, status=fault.status if fault else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def machine(request: HttpRequest, key: str) -> HttpResponse:
    """取号机. Nobody signs in here: who knows the key in the address stands in the hall."""
    one = places.hall_of_kiosk(key)
    fault: DiebianError | None = None
    card = ""
    if request.method == "POST":
        try:
            if request.POST.get("what") == "read":
                card = read_card(place=places.reader_of_machine(one)).id_number
            else:
                return redirect("halls:slip", key, _at_machine(request, one))
        except AT_THE_MACHINE as error:
            fault = error
    told = {
        **LARGE,
        "hall": one,
        "key": key,
        "is_open": places.is_open(one),
        "waits": selectors.waits(one),
        "card": card,
        "is_elder": bool(card) and taking.is_elder(card),
        "reads_cards": is_set_up(),
        "fault": fault,
    }
    return render(request, "halls/machine.html", told, status=fault.status if fault else 200)


@require_safe
def slip(request: HttpRequest, key: str, public_id: UUID) -> HttpResponse:
    """What the machine prints; it goes back to the beginning by itself."""
    one = selectors.ticket(public_id)
    told = {
        **LARGE,
        "ticket": one,
        "place": selectors.place_of(one),
        "key": places.hall_of_kiosk(key).kiosk_key,
    }
    return render(request, "halls/slip.html", told)


@require_safe
def ticket(request: HttpRequest, public_id: UUID) -> HttpResponse:
    one, actor = selectors.ticket(public_id), actor_or_none(request)
    told = {
        "ticket": one,
        "place": selectors.place_of(one),
        "is_mine": actor is not None and policy.is_own(actor, one),
    }
    return render(request, "halls/ticket.html", told)


@require_POST
def give_up(request: HttpRequest, public_id: UUID) -> HttpResponse:
    taking.give_up(public_id=public_id, by=actor_of(request))
    return redirect("halls:ticket", public_id)


@require_safe
def screen(request: HttpRequest, code: str) -> HttpResponse:
    """大厅屏: numbers and windows, no names. It renews itself, with or without script."""
    one = places.hall(code)
    told = {
        "hall": one,
        "called": selectors.on_the_screen(one),
        "is_open": places.is_open(one),
        "opens": places.opens_next(one),
        "waits": selectors.waits(one),
        "now": clock.now(),
    }
    return render(request, "halls/screen.html", told)


@require_safe
def day(request: HttpRequest, code: str) -> HttpResponse:
    if not places_policy.may_watch(actor_of(request)):
        raise Refused
    one, asked = places.hall(code), _day(request)
    told = {"hall": one, "asked": asked, "told": day_of(one, asked)}
    return render(request, "halls/day.html", told)


def _at_machine(request: HttpRequest, one: Hall) -> UUID:
    sent, by = request.POST, taking.machine_of(one)
    number = sent.get("id_number", "")
    if sent.get("what") == "booked":
        code = sent.get("code", "")
        return taking.check_in(hall=one, code=code, id_number=number, by=by).public_id
    kind = sent.get("kind", "")
    return taking.take_at_machine(hall=one, kind=kind, id_number=number, by=by).public_id


def _day(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return clock.today()
