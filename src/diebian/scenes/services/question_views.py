"""先答几个问题: only what the answers choose is asked for and fetched."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from diebian.security.identity.public import Actor, actor_of

from . import actions, selectors
from .items.models import State as VersionState
from .items.situations import open_questions
from .items.situations import questions as asked_now
from .models import Case, Channel, State
from .turning import what_changed


@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest, case_no: str) -> HttpResponse:
    """A further question stands on the same page when an answer has opened it."""
    actor = actor_of(request)
    case = selectors.draft_for(actor, case_no)
    if case.state != State.DRAFT:
        return redirect("services:track", case_no)
    if request.method == "POST":
        sent = {name: value for name, value in request.POST.items() if isinstance(value, str)}
        return led_on(actions.answer_questions(case_no=case_no, sent=sent, by=actor), actor)
    if not case.version.facts.situations:
        return redirect("services:form", case_no)
    told = {
        "case": case,
        "asked": asked_now(case.version.facts, case.chosen),
        "is_begun": bool(case.chosen),
        "is_window": case.channel == Channel.WINDOW,
    }
    return render(request, "services/questions.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: HttpRequest, case_no: str) -> HttpResponse:
    """The item has changed since the draft was begun: what, and then on."""
    actor = actor_of(request)
    case = selectors.draft_for(actor, case_no)
    if case.state != State.DRAFT:
        return redirect("services:track", case_no)
    if request.method == "POST":
        return led_on(actions.renew_draft(case_no=case_no, by=actor), actor)
    if case.version.state == VersionState.IN_FORCE:
        return redirect("services:form", case_no)
    told = {"case": case, "changes": what_changed(case)}
    return render(request, "services/renew.html", told)


def led_on(case: Case, actor: Actor) -> HttpResponse:
    """To the questions while one is open; then departments are asked, and the form is next."""
    if open_questions(case.version.facts, case.chosen):
        return redirect("services:questions", case.case_no)
    actions.ask_departments(case_no=case.case_no, by=actor)
    return redirect("services:form", case.case_no)
