"""Pages on which a person tells who is who."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from diebian.security.identity.public import actor_of

from . import deciding, policy, selectors
from .forms import DecideForm
from .looking import plan_now
from .models import UncertainPair
from .refusals import PairGone, ReasonMissing
from .shown import PairShown, look_at_pair, pair_shown, pairs_shown
from .views import official

UNPROCESSABLE = 422


@require_safe
def pairs(request: HttpRequest, slug: str) -> HttpResponse:
    actor = official(request)
    found = selectors.base_for(actor, slug)
    page = selectors.pairs_of(found, request.GET.get("page", "1"))
    shown = {"base": found, "page": page, "lines": pairs_shown(list(page))}
    return render(request, "masterdata/pairs.html", shown)


@require_safe
def pair(request: HttpRequest, pair_id: int) -> HttpResponse:
    found = selectors.pair_for(official(request), pair_id)
    return _page(request, found, pair_shown(found))


@require_safe
def plain(request: HttpRequest, pair_id: int) -> HttpResponse:
    actor = official(request)
    found = selectors.pair_for(actor, pair_id)
    return _page(request, found, look_at_pair(pair=found, by=actor), is_plain=True)


@require_POST
def decide(request: HttpRequest, pair_id: int) -> HttpResponse:
    actor = official(request)
    found = selectors.pair_for(actor, pair_id)
    form = DecideForm(request.POST)
    if form.is_valid():
        try:
            deciding.decide(pair_id=pair_id, **form.cleaned_data, by=actor)
            return redirect("masterdata:pairs", found.base.slug)
        except (PairGone, ReasonMissing) as error:  # shown on the form, with the input kept
            form.add_error(None, error.on_form)
    return _page(request, found, pair_shown(found), form=form)


@require_safe
def decisions(request: HttpRequest, slug: str) -> HttpResponse:
    actor = official(request)
    found = selectors.base_for(actor, slug)
    plan = plan_now(found)
    shown = {
        "base": found,
        "page": selectors.decisions_of(found, request.GET.get("page", "1")),
        "may_decide": policy.may_decide(actor, found, plan.seen_by),
    }
    return render(request, "masterdata/decisions.html", shown)


@require_POST
def revoke(request: HttpRequest, decision_id: int) -> HttpResponse:
    told = request.POST.get("reason", "")
    made = deciding.revoke(decision_id=decision_id, reason=told, by=actor_of(request))
    return redirect("masterdata:decisions", made.base.slug)


def _page(
    request: HttpRequest,
    found: UncertainPair,
    told: PairShown,
    *,
    is_plain: bool = False,
    form: DecideForm | None = None,
) -> HttpResponse:
    actor = actor_of(request)
    plan = plan_now(found.base)
    shown = {
        "base": found.base,
        "plan": plan,
        "told": told,
        "is_plain": is_plain,
        "form": form or DecideForm(initial={"digest": found.digest}),
        "standing": selectors.standing(found),
        "may_decide": policy.may_decide(actor, found.base, plan.seen_by),
        "may_see": policy.may_see_records(actor, found.base, plan.seen_by),
    }
    status = UNPROCESSABLE if form is not None else 200
    return render(request, "masterdata/pair.html", shown, status=status)
