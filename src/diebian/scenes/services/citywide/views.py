"""全市通办: the public list, what a window took in, a case of the wrong body."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from diebian.kernel.errors import DiebianError
from diebian.scenes.services import guides
from diebian.scenes.services.competence import Competence, code_of, places_of
from diebian.scenes.services.models import State
from diebian.scenes.services.refusals import PlaceUnknown, ReasonMissing
from diebian.scenes.services.selectors import case_for, clock_of
from diebian.scenes.services.shown import event_lines
from diebian.security.identity.public import Actor, Post, Refused, actor_of

from . import policy, selectors
from .looking import open_received
from .passing import pass_on
from .refusals import SameBody

A_PAGE, LONGEST_WORDS = 30, 100


@require_safe
def city_wide(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:LONGEST_WORDS]
    fields = selectors.fields_of(words)
    told = {
        "words": words,
        "fields": fields,
        "count": sum(len(field.lines) for field in fields),
        "halls": selectors.halls(),
    }
    return render(request, "services/city_wide.html", told)


@require_safe
def city_wide_item(request: HttpRequest, code: str) -> HttpResponse:
    """Who decides in each county, with the body's own code of the item; and where it came from."""
    item = selectors.city_wide_item(code)
    facts = guides.guide_of(item, {}).facts
    competence = Competence(facts)
    bodies = competence.everywhere() or [("全市", competence.competent(""))]
    told = {
        "item": item,
        "bodies": [(name, body, code_of(facts, body)) for name, body in bodies],
        "flows": selectors.flows_of(item),
    }
    return render(request, "services/city_wide_item.html", told)


@require_safe
def received(request: HttpRequest) -> HttpResponse:
    actor = _holding(request, Post.WINDOW)
    page = Paginator(selectors.received_here(actor), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "services/received.html", {"page": page})


@require_safe
def received_case(request: HttpRequest, case_no: str) -> HttpResponse:
    """Who took it in, who decides, until when: on any day, for the window that took it in."""
    actor = _holding(request, Post.WINDOW)
    reception = open_received(case_no=case_no, by=actor)
    case = reception.case
    told = {
        "reception": reception,
        "case": case,
        "clock": clock_of(case),
        "events": event_lines(case),
    }
    return render(request, "services/received_case.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
def wrong_body(request: HttpRequest, case_no: str) -> HttpResponse:
    """不归本机关办: to whom, and why; the applicant hears it at once."""
    actor = _holding(request, Post.REVIEWER)
    case = case_for(actor, case_no)
    fault: DiebianError | None = None
    place, why = request.POST.get("place", ""), request.POST.get("why", "")
    if request.method == "POST":
        try:
            pass_on(case_no=case_no, place=place, why=why, by=actor)
            return redirect("services:desk")
        except (PlaceUnknown, ReasonMissing, SameBody) as error:
            fault = error
    told = {
        "case": case,
        "may_pass": policy.may_pass_on(actor, case) and case.state == State.UNDER_REVIEW,
        "places": places_of(case.version.facts),
        "place": place,
        "why": why,
        "fault": fault,
    }
    status = fault.status if fault else 200
    return render(request, "services/wrong_body.html", told, status=status)


def _holding(request: HttpRequest, post: Post) -> Actor:
    actor = actor_of(request)
    if not actor.holds(post):
        raise Refused
    return actor
