"""Pages of the citizen. Read the request, call one action or selector, answer."""

import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diebian.base.directory.public import working_calendar
from diebian.base.licences.public import licence_of_case
from diebian.security.identity.public import actor_of, person
from diebian.security.tracker.public import reads_in, reads_of

from . import actions, policy, selectors
from .jobs import fetch

GRADES = ((5, "非常满意"), (4, "满意"), (3, "基本满意"), (2, "不满意"), (1, "非常不满意"))


@require_safe
def guide(request: HttpRequest, code: str) -> HttpResponse:
    item = selectors.item(code)
    return render(request, "services/guide.html", {"item": item, "rule": selectors.rule_of(item)})


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    if request.method == "POST":
        sent = {name: value for name, value in request.POST.items() if isinstance(value, str)}
        once = sent.get("once", "")
        case = actions.submit_case(item_code=code, sent=sent, once=once, by=actor)
        fetch.defer(case_no=case.case_no)
        return redirect("services:track", case.case_no)
    item = selectors.item(code)
    known = person(actor.key) if actor.is_person else None
    shown = {"item": item, "person": known, "once": secrets.token_hex(12)}
    return render(request, "services/apply.html", shown)


@require_safe
def track(request: HttpRequest, case_no: str) -> HttpResponse:
    actor = actor_of(request)
    case = selectors.case_for(actor, case_no)
    calendar = working_calendar()
    told = selectors.clock_of(case, calendar)
    shown = {
        "case": case,
        "clock": told,
        "days": selectors.days_of(told, calendar),
        "licence": licence_of_case(case_no),
        "reads": reads_in(case_no=case_no),
        "is_mine": policy.is_applicant(actor, case),
        "is_open": selectors.is_open(case),
        "grades": GRADES,
    }
    return render(request, "services/track.html", shown)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    return render(request, "services/mine.html", {"cases": selectors.cases_of(actor_of(request))})


@require_safe
def reads(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    told = reads_of(person_key=actor.key) if actor.is_person else []
    return render(request, "services/reads.html", {"reads": told})


@require_POST
def supplement(request: HttpRequest, case_no: str) -> HttpResponse:
    answer = request.POST.get("answer", "")
    actions.supply_supplement(case_no=case_no, answer=answer, by=actor_of(request))
    return redirect("services:track", case_no)


@require_POST
def withdraw(request: HttpRequest, case_no: str) -> HttpResponse:
    actions.withdraw(case_no=case_no, by=actor_of(request))
    return redirect("services:track", case_no)


@require_POST
def rate(request: HttpRequest, case_no: str) -> HttpResponse:
    grade = request.POST.get("grade", "")
    actions.rate(
        case_no=case_no,
        grade=int(grade) if grade.isdecimal() else 0,
        words=request.POST.get("words", ""),
        by=actor_of(request),
    )
    return redirect("services:track", case_no)
