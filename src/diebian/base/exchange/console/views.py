"""Pages of what was called."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from diebian.base.exchange.alarms.selectors import alarms
from diebian.base.exchange.metering.asked_calls import ASKED, SPANS, question_from
from diebian.base.exchange.officials import official_with_desk

from .call_list import call_list
from .one_call import one_call
from .selectors import console as told_by
from .volume_lines import volume_lines


@require_safe
def console(request: HttpRequest) -> HttpResponse:
    actor = official_with_desk(request)
    told = told_by(actor, question_from(request.GET.dict()))
    spans = [(days, title, told.question.query(days=days)) for days, title in SPANS.items()]
    shown = {"told": told, "spans": spans, "alarms": alarms(actor), "volumes": volume_lines(actor)}
    return render(request, "exchange/console/console.html", shown)


@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    told = call_list(official_with_desk(request), question_from(request.GET.dict()))
    outcomes = [(name, title) for name, (title, _) in ASKED.items()]
    shown = {"told": told, "outcomes": outcomes, "spans": list(SPANS.items())}
    return render(request, "exchange/console/calls.html", shown)


@require_safe
def call(request: HttpRequest, call_id: str) -> HttpResponse:
    told = one_call(official_with_desk(request), call_id)
    return render(request, "exchange/console/call.html", {"told": told})
