"""代办登记: the clerk's pages. Read the request, call one action or selector, answer."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diebian.base.papers.public import PaperRefused, answer_with, files_in
from diebian.kernel.errors import DiebianError, Invalid, NotFound
from diebian.security.identity.public import Actor, Refused, actor_of

from . import at_window, policy, proposing, scanning, selectors
from .forms import WindowForm
from .models import Mandate
from .refusals import (
    NotOnPaper,
    PaperMissing,
    PersonUnknown,
    ReadBackWrong,
    ToOneself,
    WhyMissing,
)
from .views import mandate_page


@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest) -> HttpResponse:
    actor = _clerk(request)
    sent = request.POST if request.method == "POST" else None
    form = proposing.form_of(WindowForm, sent)
    if form.is_bound and form.is_valid():
        try:
            made = _recorded(form, sent, actor)
            return redirect("mandates:mandate", made.public_id)
        except (Invalid, PersonUnknown, ToOneself) as fault:  # at the form, with the input kept
            proposing.tell(form, fault)
    told = {
        **proposing.page_of(form, sent),
        "to_tell": selectors.uses_to_tell(),
        "today": selectors.recorded_today(actor),
    }
    return render(request, "mandates/desk.html", told, status=422 if form.errors else 200)


@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """By name and number of who called or came: a number alone finds nobody."""
    actor = _clerk(request)
    name, number = request.POST.get("name", ""), request.POST.get("id_number", "")
    fault: DiebianError | None = None
    rows: list[Mandate] = []
    try:
        rows = at_window.find(id_number=number, name=name, by=actor)
    except PersonUnknown as error:
        fault = error
    told = {"rows": rows, "fault": fault, "name": name, "id_number": number}
    status = fault.status if fault else 200
    return render(request, "mandates/found.html", told, status=status)


@require_POST
def act(request: HttpRequest, mandate_id: UUID, verb: str) -> HttpResponse:
    actor, sent = _clerk(request), request.POST
    try:
        if verb == "agree":
            at_window.agree_in_presence(
                mandate_id=mandate_id,
                way=sent.get("way", ""),
                read_back=sent.get("read_back", ""),
                paper=sent.get("paper", ""),
                by=actor,
            )
        elif verb == "end":
            at_window.end_on_request(mandate_id=mandate_id, why=sent.get("why", ""), by=actor)
        else:
            raise NotFound
    except (PaperMissing, ReadBackWrong, WhyMissing) as fault:  # where it was written
        return mandate_page(request, mandate_id, fault)
    return redirect("mandates:mandate", mandate_id)


@require_POST
def told(request: HttpRequest, use_id: int) -> HttpResponse:
    at_window.told(use_id=use_id, by=actor_of(request))
    return redirect("mandates:desk")


@require_POST
def scan(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    actor = _clerk(request)
    try:
        scanning.scan_signed(mandate_id=mandate_id, files=list(files_in(request)), by=actor)
    except (NotOnPaper, PaperRefused) as fault:  # where the pages were chosen
        return mandate_page(request, mandate_id, fault)
    return redirect("mandates:mandate", mandate_id)


@require_safe
def signed(request: HttpRequest, mandate_id: UUID, paper_id: UUID) -> HttpResponse:
    """The signed paper itself; a clerk's look is written down."""
    actor = actor_of(request)
    found = scanning.signed_paper(mandate_id=mandate_id, paper_id=paper_id, by=actor)
    at_window.look_at(mandate=selectors.mandate_for(actor, mandate_id), by=actor)
    return answer_with(found)


def _recorded(form: Any, sent: Any, by: Actor) -> Mandate:
    told = form.cleaned_data
    return at_window.record(
        giver_id_number=told["giver_id_number"],
        giver_name=told["giver_name"],
        holder_id_number=told["id_number"],
        holder_name=told["name"],
        scope=form.scope(sent),
        by=by,
    )


def _clerk(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not policy.may_record(actor):
        raise Refused
    return actor
