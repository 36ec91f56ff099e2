"""Pages of what was called."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from diebian.security.identity.public import Actor, Refused, actor_of

from . import actions, policy
from .alarms import alarms
from .asked_calls import ASKED, SPANS, question_from
from .call_list import call_list
from .console import console as told_by
from .one_call import one_call
from .volume_lines import volume_lines


@require_safe
def console(request: HttpRequest) -> HttpResponse:
    actor = _official(request)
    told = told_by(actor, question_from(request.GET.dict()))
    spans = [(days, title, told.question.query(days=days)) for days, title in SPANS.items()]
    shown = {"told": told, "spans": spans, "alarms": alarms(actor), "volumes": volume_lines(actor)}
    return render(request, "exchange/console.html", shown)


@require_POST
def look_into(request: HttpRequest, alarm_id: int) -> HttpResponse:
    finding = request.POST.get("finding", "")
    actions.look_into(alarm_id=alarm_id, finding=finding, by=_official(request))
    return redirect("exchange:console")


@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    told = call_list(_official(request), question_from(request.GET.dict()))
    outcomes = [(name, title) for name, (title, _) in ASKED.items()]
    shown = {"told": told, "outcomes": outcomes, "spans": list(SPANS.items())}
    return render(request, "exchange/calls.html", shown)


@require_safe
def call(request: HttpRequest, call_id: str) -> HttpResponse:
    told = one_call(_official(request), call_id)
    return render(request, "exchange/call.html", {"told": told})


def _official(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not policy.has_desk(actor):
        raise Refused
    return actor
