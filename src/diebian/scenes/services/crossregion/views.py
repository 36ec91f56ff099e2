"""跨省通办: the public list; what a window took in for another city, its receipt and sheet."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from diebian.kernel.errors import DiebianError
from diebian.scenes.services.carried_models import CarriedState
from diebian.security.identity.public import Refused, actor_of
from diebian.standards.crossing import SENT_WITHIN, Way

from . import actions, policy, selectors
from .actions import NEXT, Told
from .forms import TakeInForm
from .refusals import CarriedElsewhere, EvidenceMissing

A_PAGE, LONGEST_WORDS = 30, 100


@require_safe
def cross_region(request: HttpRequest) -> HttpResponse:
    words, way = request.GET.get("q", "").strip()[:LONGEST_WORDS], request.GET.get("way", "")
    chosen = way if way in tuple(Way) else ""
    fields = selectors.fields_of(words, chosen)
    told = {
        "words": words,
        "way": chosen,
        "ways": list(Way),
        "fields": fields,
        "count": sum(len(field.lines) for field in fields),
    }
    return render(request, "services/cross_region.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
def carried(request: HttpRequest) -> HttpResponse:
    """代收: for another city; below, what this window has taken in."""
    actor = actor_of(request)
    if not policy.may_take_in(actor):
        raise Refused
    form = TakeInForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        made = actions.take_in(item_code=told.pop("item_code"), told=Told(**told), by=actor)
        return redirect("services:carried-one", made.number)
    page = Paginator(selectors.carried_here(actor), A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "form": form,
        "page": page,
        "lines": [(one, selectors.is_late(one)) for one in page],
        "within": SENT_WITHIN,
    }
    status = 422 if form.is_bound else 200
    return render(request, "services/carried.html", shown, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def carried_one(request: HttpRequest, number: str) -> HttpResponse:
    """The receipt for the person, the sheet that goes along, and what became of it."""
    actor = actor_of(request)
    found = selectors.carried_for(actor, number)
    fault: DiebianError | None = None
    if request.method == "POST":
        state, evidence = request.POST.get("state", ""), request.POST.get("evidence", "")
        try:
            actions.follow(number=number, state=state, evidence=evidence, by=actor)
            return redirect("services:carried-one", number)
        except (CarriedElsewhere, EvidenceMissing) as error:
            fault = error
    told = {
        "carried": found,
        "events": found.events.all(),
        "next": NEXT[CarriedState(found.state)],
        "is_late": selectors.is_late(found),
        "fault": fault,
    }
    status = fault.status if fault else 200
    return render(request, "services/carried_one.html", told, status=status)
