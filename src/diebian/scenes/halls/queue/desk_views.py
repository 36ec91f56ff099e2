"""The clerk's desk: at which window, whom to call, what becomes of who was called."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from diebian.kernel.errors import DiebianError
from diebian.scenes.halls.places import actions as seats
from diebian.scenes.halls.places import selectors as places
from diebian.scenes.halls.places.policy import may_work
from diebian.scenes.halls.places.refusals import (
    KindUnknown,
    NotSeated,
    StillServing,
    WindowTaken,
)
from diebian.security.identity.public import Actor, Refused, actor_of

from . import calling, selectors
from .refusals import NobodyWaits, NothingCalled, TicketOver

AT_THE_DESK = (
    KindUnknown, NobodyWaits, NothingCalled, NotSeated, StillServing, TicketOver, WindowTaken,
)  # fmt: skip


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    return _desk_page(request)


@require_POST
def act(request: HttpRequest, verb: str) -> HttpResponse:
    """One of the clerk's keys. `next` leads back to the page on which it was pressed."""
    if verb not in VERBS:
        raise Http404
    try:
        VERBS[verb](request, actor_of(request))
    except AT_THE_DESK as fault:
        return _desk_page(request, fault)
    return redirect(_next(request))


def _desk_page(request: HttpRequest, fault: DiebianError | None = None) -> HttpResponse:
    actor = actor_of(request)
    if not may_work(actor):
        raise Refused
    window = places.window_of(actor)
    told: dict[str, Any] = {"window": window, "fault": fault, "halls": places.halls_of(actor)}
    if window is not None:
        told |= {
            "in_hand": selectors.in_hand(window),
            "waiting": selectors.waiting_for(window),
            "missed": selectors.missed_at(window.hall),
            "kinds": places.kinds_at(places.hall(window.hall.code)),
        }
    return render(request, "halls/desk.html", told, status=fault.status if fault else 200)


def _sit(request: HttpRequest, by: Actor) -> None:
    """Hall and number as one choice of the form: `H01/3`."""
    hall_code, _, number = request.POST.get("window", "").partition("/")
    is_number = number.isascii() and number.isdigit() and len(number) <= len("999")
    seats.sit(hall_code=hall_code, number=int(number) if is_number else 0, by=by)


def _missed(request: HttpRequest, by: Actor) -> None:
    told = request.POST.get("ticket", "")
    is_number = told.isascii() and told.isdigit() and len(told) <= len("999999999")
    calling.call_missed(ticket_id=int(told) if is_number else 0, by=by)


VERBS: dict[str, Callable[[HttpRequest, Actor], object]] = {
    "sit": _sit,
    "rise": lambda _, by: seats.rise(by=by),
    "next": lambda _, by: calling.call_next(by=by),
    "again": lambda _, by: calling.call_again(by=by),
    "miss": lambda _, by: calling.miss(by=by),
    "done": lambda _, by: calling.finish(by=by),
    "hand-on": lambda request, by: calling.hand_on(kind=request.POST.get("kind", ""), by=by),
    "missed": _missed,
}


def _next(request: HttpRequest) -> str:
    asked = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(asked, {request.get_host()})
    return asked if is_ours else reverse("halls:desk")
