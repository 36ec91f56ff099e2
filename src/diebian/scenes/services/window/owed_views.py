"""待交证件: what waits to be handed over."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from diebian.scenes.services.limits.policy import may_browse
from diebian.security.identity.public import Refused, actor_of
from diebian.standards.procedures import HANDED_OVER

from . import policy
from .owed import owed_for


@require_safe
def handovers(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not policy.may_see_handovers(actor):
        raise Refused
    page = {
        "owed": owed_for(actor, request.GET.get("page", "1")),
        "law": HANDED_OVER,
        "is_clerk": policy.may_work(actor),
        "sees_all": policy.sees_all_handovers(actor),
        "is_watcher": may_browse(actor),
    }
    return render(request, "services/handovers.html", page)
