"""我的授权: read the request, call one action or selector, answer."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diebian.base.papers.public import PAGES
from diebian.kernel.errors import DiebianError, Invalid, NotFound
from diebian.security.identity.public import Actor, Refused, actor_of
from diebian.standards.mandates import AGENT, RELATIVE, WRITTEN

from . import actions, at_window, companies, policy, proposing, selectors
from .forms import CompanyForm, MandateForm
from .heads import headed, headed_by, to_ask_again
from .models import Mandate, State, Way
from .refusals import PersonUnknown, ToOneself
from .rows import Scope

Told = Mapping[str, Any]
UNPROCESSABLE = 422
LARGE = {"elder": True}  # a sheet for old eyes, whoever prints it


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    return _mine_page(request)


def _mine_page(request: HttpRequest, fault: DiebianError | None = None) -> HttpResponse:
    actor = _person(request)
    told = {
        "told": selectors.mine(actor),
        "companies": headed_by(actor),
        "again": to_ask_again(actor),
        "fault": fault,
        "credit_code": request.POST.get("credit_code", ""),
    }
    return render(request, "mandates/mine.html", told, status=fault.status if fault else 200)


@require_POST
def claim(request: HttpRequest) -> HttpResponse:
    """认领单位: what the register, or the line to it, says no to is told where it was asked."""
    actor = _person(request)
    try:
        companies.claim(credit_code=request.POST.get("credit_code", ""), by=actor)
    except DiebianError as fault:
        return _mine_page(request, fault)
    return redirect("mandates:mine")


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    """I let somebody act for me."""
    return _propose(request, _given)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """I want to act for somebody, who has to agree."""
    return _propose(request, _asked_for, {"is_asking": True})


@require_http_methods(["GET", "HEAD", "POST"])
def company_give(request: HttpRequest, company_key: UUID) -> HttpResponse:
    """I let somebody act for the company that I represent."""
    found = headed(actor_of(request), company_key)

    def made(told: Told, scope: Scope, by: Actor) -> Mandate:
        number, name = told["id_number"], told["name"]
        return companies.give_for_company(
            company_key=found.key, holder_id_number=number, holder_name=name, scope=scope, by=by
        )

    return _propose(request, made, {"company": found, "bounds": AGENT}, CompanyForm)


@require_safe
def mandate(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    return mandate_page(request, mandate_id)


def mandate_page(
    request: HttpRequest, mandate_id: UUID, fault: DiebianError | None = None
) -> HttpResponse:
    """`fault`: what a clerk was refused stands where it was written."""
    actor = actor_of(request)
    found = selectors.mandate_for(actor, mandate_id)
    at_window.look_at(mandate=found, by=actor)
    told = {
        "one": found,
        "is_giver": policy.is_giver(actor, found),
        "is_clerk": policy.may_record(actor),
        "is_proposed": found.state == State.PROPOSED,
        "is_in_force": selectors.is_in_force(found),
        "signed": found.signed.select_related("paper"),
        "may_scan": policy.may_record(actor) and found.way == Way.PAPER,
        "accept": PAGES,
        "uses": found.uses.all()[: selectors.SHOWN],
        "written": WRITTEN,
        "fault": fault,
        "sent": request.POST,
    }
    return render(request, "mandates/mandate.html", told, status=fault.status if fault else 200)


@require_safe
def sheet(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    """The terms in large type: to be read, read aloud, printed, signed."""
    actor = actor_of(request)
    found = selectors.mandate_for(actor, mandate_id)
    at_window.look_at(mandate=found, by=actor)
    is_proposed = found.state == State.PROPOSED
    told = {**LARGE, "one": found, "is_proposed": is_proposed, "written": WRITTEN}
    return render(request, "mandates/sheet.html", told)


@require_safe
def paper(request: HttpRequest) -> HttpResponse:
    """The empty form, for whoever writes by hand."""
    return render(request, "mandates/paper.html", {**LARGE, "bounds": RELATIVE, "written": WRITTEN})


@require_POST
def act(request: HttpRequest, mandate_id: UUID, verb: str) -> HttpResponse:
    actor = actor_of(request)
    if verb == "agree":
        actions.agree(mandate_id=mandate_id, by=actor)
    elif verb == "decline":
        actions.decline(mandate_id=mandate_id, by=actor)
    elif verb == "end":
        actions.end(mandate_id=mandate_id, why=request.POST.get("why", ""), by=actor)
    else:
        raise NotFound
    return redirect("mandates:mandate", mandate_id)


def _propose(
    request: HttpRequest,
    made: Callable[[Told, Scope, Actor], Mandate],
    shown: Told | None = None,
    kind: type[MandateForm] = MandateForm,
) -> HttpResponse:
    actor = _person(request)
    sent = request.POST if request.method == "POST" else None
    form = proposing.form_of(kind, sent)
    if form.is_bound and form.is_valid():
        try:
            mandate = made(form.cleaned_data, form.scope(sent), actor)
            return redirect("mandates:mandate", mandate.public_id)
        except (Invalid, PersonUnknown, ToOneself) as fault:  # at the form, with the input kept
            proposing.tell(form, fault)
    told = proposing.page_of(form, sent, request.GET.get("words", "")) | dict(shown or {})
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "mandates/propose.html", told, status=status)


def _given(told: Told, scope: Scope, by: Actor) -> Mandate:
    number, name = told["id_number"], told["name"]
    return actions.give(holder_id_number=number, holder_name=name, scope=scope, by=by)


def _asked_for(told: Told, scope: Scope, by: Actor) -> Mandate:
    number, name = told["id_number"], told["name"]
    return actions.ask_for(giver_id_number=number, giver_name=name, scope=scope, by=by)


def _person(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not policy.may_propose(actor):
        raise Refused
    return actor
