"""Pages of an application that was handed in: how it goes, and what its applicant may do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from diebian.kernel.errors import DiebianError
from diebian.scenes.services.refusals import AnswerMissing
from diebian.scenes.services.themes.models import ApplicationState as State
from diebian.security.identity.public import actor_of
from diebian.standards.ratings import Grade

from . import actions, policy, selectors, shown
from .looking import frame_of, look_at
from .papers import outstanding_in
from .views import sent_in


@require_safe
def track(request: HttpRequest, number: str) -> HttpResponse:
    return _track_page(request, number)


@require_POST
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    actor, member = actor_of(request), request.POST.get("member", "")
    if member:
        actions.withdraw_member(number=number, member=member, by=actor)
    else:
        actions.withdraw_all(number=number, by=actor)
    return redirect("services:theme-track", number)


@require_POST
def supplement(request: HttpRequest, number: str) -> HttpResponse:
    try:
        actions.supply_supplements(number=number, sent=sent_in(request), by=actor_of(request))
    except AnswerMissing as fault:
        return _track_page(request, number, fault)
    return redirect("services:theme-track", number)


@require_POST
def rate(request: HttpRequest, number: str) -> HttpResponse:
    grade = request.POST.get("grade", "")
    actions.rate_all(
        number=number,
        grade=int(grade) if grade.isascii() and grade.isdigit() else 0,
        words=request.POST.get("words", ""),
        by=actor_of(request),
    )
    return redirect("services:theme-track", number)


def _track_page(
    request: HttpRequest, number: str, fault: DiebianError | None = None
) -> HttpResponse:
    actor = actor_of(request)
    found = selectors.application_for(actor, number)
    if found.state == State.DRAFT:
        return redirect("services:theme-form", number)
    look_at(of=found, page="一件事进度页", by=actor)
    told = frame_of(found, actor) | {
        "whole": shown.whole_of(found),
        "outstanding": outstanding_in(found),
        "may_act": policy.acts_for(actor, found),
        "grades": Grade.choices,
        "fault": fault,
    }
    status = fault.status if fault else 200
    return render(request, "services/theme_track.html", told, status=status)
