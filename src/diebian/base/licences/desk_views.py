"""Pages of the department that issued a licence: find it, propose, agree."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from diebian.kernel.errors import DiebianError
from diebian.security.identity.public import Actor, Refused, actor_of

from . import desk_selectors, ending, policy
from .refusals import ActGone, ActImpossible, ActWaits, ReasonMissing

AT_THE_FORM = (ActGone, ActImpossible, ActWaits, ReasonMissing)


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    actor, word = _official(request), request.GET.get("q", "").strip()
    told = {
        "word": word,
        "waiting": desk_selectors.waiting_in(actor),
        "page": desk_selectors.issued_by(actor, word, request.GET.get("page", "1")),
    }
    return render(request, "licences/desk.html", told)


@require_safe
def licence(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return _page(request, public_id, None)


@require_POST
def act(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One form, three buttons: propose, agree, decline."""
    actor, sent = _official(request), request.POST
    try:
        if sent.get("verb") == "propose":
            ending.propose(
                public_id=public_id, act=sent.get("act", ""), reason=sent.get("reason", ""),
                basis=sent.get("basis", ""), by=actor,
            )  # fmt: skip
        else:
            waiting = desk_selectors.proposed_for(actor, public_id)
            if sent.get("verb") == "agree":
                ending.agree(act_id=waiting.pk, by=actor)
            else:
                ending.decline(act_id=waiting.pk, why=sent.get("why", ""), by=actor)
    except AT_THE_FORM as fault:  # shown where it was written, with the input kept
        return _page(request, public_id, fault)
    return redirect("licences:desk-licence", public_id)


def _page(request: HttpRequest, public_id: UUID, fault: DiebianError | None) -> HttpResponse:
    actor = _official(request)
    found = desk_selectors.licence_at_desk(actor, public_id)
    waiting = next((one for one in found.acts.all() if one.verdict == "proposed"), None)
    told = {
        "licence": found,
        "acts": found.acts.order_by("-pk"),
        "waiting": waiting,
        "choices": desk_selectors.choices_for(found) if policy.may_propose(actor, found) else [],
        "may_agree": waiting is not None and policy.may_agree(actor, waiting),
        "fault": fault,
        "sent": request.POST,
    }
    status = fault.status if fault else 200
    return render(request, "licences/desk_licence.html", told, status=status)


def _official(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not policy.may_desk(actor):
        raise Refused
    return actor
