"""缴费: what is owed, for what, by which law, until when; paying; the receipt."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from diebian.base.payments.public import (
    NotOpen,
    Order,
    ProviderAway,
    ProviderRefused,
    State,
    ask_to_pay,
    live_trade,
    look_again,
)
from diebian.kernel.errors import DiebianError, NotFound
from diebian.scenes.services.actions import look_at
from diebian.scenes.services.models import Case
from diebian.security.identity.public import Actor, actor_of

from . import policy, selectors

AT_THE_FEE = (NotOpen, ProviderAway, ProviderRefused)
SEEN = ("应缴的费用",)


@require_http_methods(["GET", "HEAD", "POST"])
def fee(request: HttpRequest, case_no: str) -> HttpResponse:
    """POST: to the provider, or ask it how the payment stands."""
    actor = actor_of(request)
    case = selectors.case_with_fee(actor, case_no)
    shown = selectors.fee_for(case)  # before the look is told: where nothing is owed, nobody looked
    look_at(case=case, page="缴费页", columns=SEEN, by=actor)
    fault: DiebianError | None = None
    if request.method == "POST":
        if not policy.may_pay(actor, case):
            raise NotFound
        try:
            _done(request, case, shown.order, actor)
            return redirect("services:fee", case_no)
        except AT_THE_FEE as error:
            fault, shown = error, selectors.fee_for(case)
    told = {
        "case": case,
        "fee": shown,
        "may_pay": policy.may_pay(actor, case),
        "fault": fault,
    }
    return render(request, "services/fee.html", told, status=fault.status if fault else 200)


@require_safe
def receipt(request: HttpRequest, case_no: str) -> HttpResponse:
    """电子票据（样例）, of what was paid."""
    actor = actor_of(request)
    case = selectors.case_with_fee(actor, case_no)
    told = selectors.fee_for(case)
    if told.order.state not in {State.PAID, State.REFUNDED}:
        raise NotFound
    look_at(case=case, page="缴费票据", columns=SEEN, by=actor)
    return render(request, "services/fee_receipt.html", {"case": case, "fee": told})


def _done(request: HttpRequest, case: Case, order: Order, by: Actor) -> None:
    trade = live_trade(order)
    if request.POST.get("verb") == "look" and trade is not None:
        look_again(key=trade.key, by=by)
        return
    ask_to_pay(
        number=order.number,
        notify=request.build_absolute_uri(reverse("payments:told")),
        back=request.build_absolute_uri(reverse("services:fee", args=[case.case_no])),
        by=by,
    )
