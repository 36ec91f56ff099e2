"""Pages of the ledger: read the request, call one selector, answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from diebian.security.identity.public import Actor, Refused, actor_of

from . import lines
from .pairs import since
from .policy import may_see


@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    told = lines.ledger(_official(request))
    return render(request, "services/ledger.html", {"ledger": told})


@require_safe
def paper(request: HttpRequest, code: str) -> HttpResponse:
    told = lines.paper_page(_official(request), code)
    return render(request, "services/ledger_paper.html", {"paper": told})


@require_safe
def cases(request: HttpRequest, code: str) -> HttpResponse:
    actor = _official(request)
    name, shown = lines.cases_page(actor, code, request.GET.get("page", "1"))
    told = {"name": name, "cases": shown, "since": since()}
    return render(request, "services/ledger_cases.html", told)


def _official(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not may_see(actor):
        raise Refused
    return actor
