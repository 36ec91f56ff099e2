"""Pages: read the request, call one action or selector, answer."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from diebian.base.disputes.public import doorway
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import actor_of
from diebian.standards.sharing import CORRECTION

from . import actions, policy, selectors
from .disputing import REJECTED
from .models import UNSETTLED, State

LONGEST = 500


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    told = selectors.desk(actor_of(request), request.GET.get("page", "1"))
    return render(request, "corrections/corrections.html", {"told": told})


@require_safe
def correction(request: HttpRequest, correction_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    found = selectors.correction_for(actor, correction_id)
    shown = {
        "one": found,
        "due": selectors.due_of(found),
        "limit": CORRECTION,
        "person": selectors.about_whom(found, actor),
        "may_answer": found.state in UNSETTLED and policy.may_answer(actor, found),
        "may_confirm": found.state == State.OPEN,
        "is_person": actor.is_person,
        "doorway": doorway(REJECTED, str(found.public_id), actor),
    }
    return render(request, "corrections/correction.html", shown)


@require_POST
def act(request: HttpRequest, correction_id: UUID, verb: str) -> HttpResponse:
    actor, text = actor_of(request), request.POST.get("text", "")[:LONGEST]
    if verb == "confirm":
        actions.confirm(correction_id=correction_id, by=actor)
    elif verb == "reject":
        actions.reject(correction_id=correction_id, evidence=text, by=actor)
    elif verb == "fix":
        actions.fix(correction_id=correction_id, how=text, by=actor)
    else:
        raise NotFound
    return redirect("corrections:correction", correction_id)
