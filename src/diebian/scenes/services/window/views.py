"""综合窗口: who sits there, what of theirs is under way, what an item asks, receiving."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from diebian.kernel.errors import DiebianError
from diebian.portal.desk.public import CardMissing, ReaderAway, is_set_up, read_card, strip_of
from diebian.scenes.services.actions import open_at_window
from diebian.scenes.services.models import Case
from diebian.scenes.services.question_views import led_on
from diebian.scenes.services.refusals import PersonUnknown
from diebian.scenes.services.selectors import items_open, received_at_window
from diebian.security.identity.public import Actor, Refused, actor_of

from . import guests, policy, selectors
from .picking import item_meant
from .refusals import ItemUnclear, NobodySits

AT_THE_CARD = (CardMissing, ItemUnclear, NobodySits, PersonUnknown, ReaderAway)
Sent = Mapping[str, str]


@require_http_methods(["GET", "HEAD", "POST"])
def window(request: HttpRequest) -> HttpResponse:
    """Receiving for every department, in the name of whoever sits here."""
    actor, sent = _clerk(request), _sent(request)
    if request.method != "POST":
        return _window_page(request, actor)
    try:
        case = _begun(sent, actor)
    except AT_THE_CARD as fault:  # shown on the form, with what was typed
        return _window_page(request, actor, fault)
    return led_on(case, actor)


@require_POST
def guest(request: HttpRequest, verb: str) -> HttpResponse:
    """Sits down by card or by number and name; is seen off."""
    actor, sent = _clerk(request), _sent(request)
    try:
        if verb == "off":
            guests.see_off(by=actor)
        elif verb == "card":
            strip = strip_of(actor)
            card = read_card(place=strip.place if strip else sent.get("place", ""))
            guests.seat_with_card(card=card, by=actor)
        elif verb == "typed":
            number, name = sent.get("id_number", ""), sent.get("name", "")
            guests.seat(id_number=number, name=name, by=actor)
        else:
            raise Http404
    except AT_THE_CARD as fault:
        return _window_page(request, actor, fault)
    return redirect("services:window")


def _begun(sent: Sent, by: Actor) -> Case:
    """Whoever sits here is not typed again; whoever is typed sits here from now on."""
    number, name = sent.get("id_number", ""), sent.get("name", "")
    sitting = selectors.sitting(by)
    if number or name:
        guests.seat(id_number=number, name=name, by=by)
    elif sitting is None:
        raise NobodySits
    else:
        number, name = sitting.known.id_number, sitting.known.name
    code = item_meant(sent.get("item", "")).code
    return open_at_window(item_code=code, id_number=number, name=name, by=by)


def _window_page(
    request: HttpRequest, actor: Actor, fault: DiebianError | None = None
) -> HttpResponse:
    chosen, asked = None, request.GET.get("item", "")
    try:
        chosen = item_meant(asked) if asked else None
    except ItemUnclear as unclear:
        fault = unclear
    page = {
        "sent": _sent(request),
        "fault": fault,
        "sitting": selectors.sitting(actor),
        "strip": strip_of(actor),
        "reads_cards": is_set_up(),
        "cases": received_at_window(actor),
        "items": items_open(),
        "chosen": chosen,
        "asked": asked,
        "papers": selectors.papers_of(chosen) if chosen else [],
        "outages": selectors.outages(),
    }
    return render(request, "services/window.html", page, status=fault.status if fault else 200)


def _clerk(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not policy.may_work(actor):
        raise Refused
    return actor


def _sent(request: HttpRequest) -> dict[str, str]:
    return {name: value for name, value in request.POST.items() if isinstance(value, str)}
