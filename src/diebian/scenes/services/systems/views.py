"""自建系统: for the manager of the department's data, and for the authority."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from diebian.kernel.errors import DiebianError
from diebian.scenes.services.actions.fetching import AWAY
from diebian.security.identity.public import Refused, actor_of

from . import policy, selectors
from .comparing import compare
from .tending import push_again


@require_safe
def systems(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not policy.may_browse(actor):
        raise Refused
    told = {"lines": selectors.systems_of(actor)}
    return render(request, "services/systems.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
def system(request: HttpRequest, system_id: int) -> HttpResponse:
    """What waits, what the system has, what it said, what differs. POST: push again, compare."""
    actor = actor_of(request)
    found = selectors.system_of(actor, system_id)
    fault: DiebianError | None = None
    if request.method == "POST":
        case_no = request.POST.get("case_no", "")
        try:
            if case_no:
                push_again(system=found, case_no=case_no, by=actor)
            else:
                compare(system=found, by=actor)
            return redirect("services:system", system_id)
        except AWAY as away:
            fault = away
    told = {
        "system": found,
        "waiting": selectors.waiting(found),
        "there": selectors.open_there(found),
        "heard": selectors.heard_of(found),
        "differences": selectors.differences_of(found),
        "may_tend": policy.may_tend(actor, found),
        "fault": fault,
    }
    status = fault.status if fault else 200
    return render(request, "services/system.html", told, status=status)
