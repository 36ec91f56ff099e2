"""帮办上门: asking for it, one visit, and the helper's route of a day, also on paper."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diebian.kernel.errors import DiebianError
from diebian.scenes.halls.places import selectors as places
from diebian.security.identity.public import Refused, actor_of

from . import actions, policy, selectors
from .models import Half
from .refusals import DayFull, OutcomeMissing, VisitDayWrong, VisitElsewhere, VisitUnclear

AT_THE_FORM = (DayFull, VisitDayWrong, VisitUnclear)
FIELDS = ("half", "name", "phone", "area", "address", "about")


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, code: str) -> HttpResponse:
    actor, hall = actor_of(request), places.hall(code)
    if not policy.may_ask(actor, hall):
        raise Refused
    sent = {name: request.POST.get(name, "") for name in FIELDS}
    fault: DiebianError | None = None
    if request.method == "POST":
        day = _day(request.POST.get("day", "")) or date.min
        try:
            made = actions.ask(hall_code=code, day=day, **sent, by=actor)
        except AT_THE_FORM as error:
            fault = error
        else:
            return redirect("halls:visit", made.public_id)
    told = {
        "hall": hall,
        "days": actions.days_of(hall),
        "halves": Half.choices,
        "sent": {**sent, "day": request.POST.get("day", "")},
        "fault": fault,
    }
    return render(request, "halls/visit_ask.html", told, status=fault.status if fault else 200)


@require_safe
def visit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return _visit_page(request, public_id)


@require_POST
def act(request: HttpRequest, public_id: UUID, verb: str) -> HttpResponse:
    actor, outcome = actor_of(request), request.POST.get("outcome", "")
    try:
        if verb == "cancel":
            actions.cancel(public_id=public_id, by=actor)
        elif verb in {"done", "not-met"}:
            was_met = verb == "done"
            actions.end(public_id=public_id, was_met=was_met, outcome=outcome, by=actor)
        else:
            raise Http404
    except (OutcomeMissing, VisitElsewhere) as fault:
        return _visit_page(request, public_id, fault)
    return redirect("halls:visit", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def route(request: HttpRequest, code: str) -> HttpResponse:
    actor, hall = actor_of(request), places.hall(code)
    if not policy.may_route(actor, hall):
        raise Refused
    days = actions.days_of(hall)
    told = request.POST if request.method == "POST" else request.GET
    day = _day(str(told.get("day", ""))) or (days[0] if days else date.min)
    if request.method == "POST":
        actions.take_route(hall_code=code, day=day, by=actor)
        return redirect(f"{request.path}?day={day}")
    page = {"hall": hall, "day": day, "visits": selectors.route(hall, day)}
    return render(request, "halls/route.html", page)


def _visit_page(
    request: HttpRequest, public_id: UUID, fault: DiebianError | None = None
) -> HttpResponse:
    actor = actor_of(request)
    one = selectors.visit_for(actor, public_id)
    told = {"visit": one, "may_route": policy.may_route(actor, one.hall), "fault": fault}
    return render(request, "halls/visit.html", told, status=fault.status if fault else 200)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
