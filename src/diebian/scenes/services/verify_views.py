"""The reviewer's page of 核验: what is claimed, whether it is right, how often one may ask."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from diebian.base.exchange.public import CaseNotLive, TooManyGuesses, guesses_left
from diebian.kernel.errors import DiebianError, NotFound
from diebian.security.identity.public import Actor, Post, Refused, actor_of, subject_of
from diebian.security.tracker.public import reads_in

from . import actions, selectors
from .actions.fetching import AWAY
from .checks import facts_of
from .claims import filled_in
from .journey import journey_for
from .models import Case, State
from .refusals import ClaimsMissing, ClaimWrong

SHOWN = (*AWAY, CaseNotLive, ClaimsMissing, ClaimWrong, TooManyGuesses)  # where it was written


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest, case_no: str) -> HttpResponse:
    actor, sent = _reviewer(request), {}
    case = selectors.case_for(actor, case_no)
    if not journey_for(case).verifies:
        raise NotFound
    fault: DiebianError | None = None
    if request.method == "POST":
        sent = {name: value for name, value in request.POST.items() if isinstance(value, str)}
        try:
            resource = sent.get("resource", "")
            actions.verify(case_no=case_no, resource=resource, sent=sent, by=actor)
            return redirect("services:verify", case_no)
        except SHOWN as error:
            fault = error
    return _page(request, case, actor, sent, fault)


def _page(
    request: HttpRequest,
    case: Case,
    actor: Actor,
    sent: Mapping[str, str],
    fault: DiebianError | None,
) -> HttpResponse:
    actions.look_at(case=case, page="核验页", columns=["核验的结果", "申请表"], by=actor)
    journey, subject = journey_for(case), subject_of(case.applicant_key)
    facts, forms = facts_of(case), []
    for one in journey.verifies:
        told = {"resource": one.resource, "system": journey.system, "purpose": journey.purpose}
        values = sent if sent.get("resource") == one.resource else filled_in(one, facts)
        fields = [(claim, values.get(claim.column, "")) for claim in one.claims]
        is_here = sent.get("resource") == one.resource
        forms.append(
            (one, fields, guesses_left(**told, subject=subject), fault if is_here else None)
        )
    titles = {one.title for one in journey.verifies}
    shown = {
        "case": case,
        "forms": forms,
        "may_ask": case.state == State.UNDER_REVIEW,
        "verified": case.verified.all(),
        "reads": [one for one in reads_in(case_no=case.case_no) if one.resource in titles],
    }
    status = fault.status if fault else 200
    return render(request, "services/verify.html", shown, status=status)


def _reviewer(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not actor.holds(Post.REVIEWER):
        raise Refused
    return actor
