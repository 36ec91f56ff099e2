"""Pages: read the request, call one action or selector, answer."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diebian.kernel.errors import DiebianError, NotFound
from diebian.security.identity.public import Refused, actor_of

from . import actions, policy, selectors
from .forms import ElementForm
from .models import State
from .refusals import IdentifierTaken, IdentifierWrong, NameTaken, ReasonMissing
from .reminding import due_of

UNPROCESSABLE = 422
ON_PAGE = (IdentifierTaken, IdentifierWrong, NameTaken, ReasonMissing)


@require_safe
def elements(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    told = selectors.listing(actor, request.GET.get("q", ""), request.GET.get("page", "1"))
    shown = {"told": told, "may_propose": policy.may_propose(actor)}
    return render(request, "elements/elements.html", shown)


@require_safe
def element(request: HttpRequest, element_id: UUID) -> HttpResponse:
    return _page(request, element_id)


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not policy.may_propose(actor):
        raise Refused
    form = ElementForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            why = form.cleaned_data["why"]
            made = actions.propose_element(facts=form.facts(), why=why, by=actor)
            return redirect("elements:element", made.public_id)
        except DiebianError as error:  # shown on the form, with the input kept
            form.add_error(None, error.on_form)
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "elements/propose.html", {"form": form}, status=status)


@require_POST
def act(request: HttpRequest, element_id: UUID, verb: str) -> HttpResponse:
    actor, reason = actor_of(request), request.POST.get("reason", "")
    try:
        if verb == "register":
            identifier = request.POST.get("identifier", "")
            actions.register_element(element_id=element_id, identifier=identifier, by=actor)
        elif verb == "decline":
            actions.decline_element(element_id=element_id, reason=reason, by=actor)
        elif verb == "retire":
            actions.retire_element(element_id=element_id, reason=reason, by=actor)
        else:
            raise NotFound
    except ON_PAGE as error:
        return _page(request, element_id, error.on_form)
    return redirect("elements:element", element_id)


def _page(request: HttpRequest, element_id: UUID, wrong: str = "") -> HttpResponse:
    actor = actor_of(request)
    found = selectors.element_for(actor, element_id)
    may_decide = policy.may_decide(actor)
    is_candidate = found.state == State.CANDIDATE
    shown = {
        "element": found,
        "names": selectors.names_of(found, actor),
        "history": selectors.history_of(found),
        "may_decide": may_decide,
        "is_candidate": is_candidate,
        "due": due_of(found),
        "next": selectors.next_identifier() if may_decide and is_candidate else "",
        "wrong": wrong,
        "identifier": request.POST.get("identifier", ""),
        "reason": request.POST.get("reason", ""),
    }
    status = UNPROCESSABLE if wrong else 200
    return render(request, "elements/element.html", shown, status=status)
