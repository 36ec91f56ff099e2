"""Pages of the reviewer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from diebian.base.directory.public import working_calendar
from diebian.security.identity.public import Post, Refused, actor_of

from . import actions, selectors


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not actor.holds(Post.REVIEWER):
        raise Refused
    calendar = working_calendar()
    rows = [(case, selectors.clock_of(case, calendar)) for case in selectors.cases_to_review(actor)]
    return render(request, "services/desk.html", {"rows": rows, "case": None})


@require_safe
def work(request: HttpRequest, case_no: str) -> HttpResponse:
    actor = actor_of(request)
    if not actor.holds(Post.REVIEWER):
        raise Refused
    calendar = working_calendar()
    case = selectors.case_for(actor, case_no)
    rows = [(one, selectors.clock_of(one, calendar)) for one in selectors.cases_to_review(actor)]
    shown = {"rows": rows, "case": case, "clock": selectors.clock_of(case, calendar)}
    return render(request, "services/desk.html", shown)


@require_POST
def decide(request: HttpRequest, case_no: str, verb: str) -> HttpResponse:
    actor, words = actor_of(request), request.POST.get("reason", "")
    if verb == "approve":
        actions.approve(case_no=case_no, by=actor)
    elif verb == "refuse":
        actions.refuse(case_no=case_no, reason=words, by=actor)
    else:
        actions.ask_supplement(case_no=case_no, wanted=words, by=actor)
    return redirect("services:work", case_no)
