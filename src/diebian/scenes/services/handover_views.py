"""证件怎样拿: the applicant says it on the page of her case."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from diebian.security.identity.public import actor_of

from .refusals import WrongState
from .views import track_page
from .window.refusals import HandedOutBefore, HowUnclear
from .window.saying_how import say_how


@require_POST
def handover(request: HttpRequest, case_no: str) -> HttpResponse:
    sent = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    told = {name: sent.get(name, "") for name in ("way", "to_name", "address")}
    try:
        say_how(case_no=case_no, **told, by=actor_of(request))
    except (HandedOutBefore, HowUnclear, WrongState) as fault:  # shown with what was written
        return track_page(request, case_no, handover_fault=fault, handover_sent=told)
    return redirect("services:track", case_no)
