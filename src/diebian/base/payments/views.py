"""收款对账: for the 财务 of a department."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from diebian.kernel import clock
from diebian.kernel.errors import DiebianError, NotFound
from diebian.security.identity.public import Actor, Refused, actor_of

from . import actions, policy, selectors
from .paying import look_again
from .reconciling import reconcile_again
from .refusals import NoStatement, NotOpen, ProviderAway, ProviderRefused, SlipMissing

AT_THE_ACCOUNT = (NoStatement, NotOpen, ProviderAway, ProviderRefused, SlipMissing)


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """One day: taken, given back, differing. POST: compare again, ask again, paid out."""
    actor = actor_of(request)
    if not policy.keeps_accounts(actor):
        raise Refused
    day = _day(request.POST.get("day") or request.GET.get("day", ""))
    fault: DiebianError | None = None
    if request.method == "POST":
        try:
            _done(request, day, actor)
            return redirect(f"{reverse('payments:account')}?day={day}")
        except AT_THE_ACCOUNT as error:
            fault = error
    told = {"account": selectors.account_of(actor, day), "fault": fault}
    return render(request, "payments/account.html", told, status=fault.status if fault else 200)


def _done(request: HttpRequest, day: date, by: Actor) -> None:
    verb, sent = request.POST.get("verb", ""), request.POST
    if verb == "compare":
        reconcile_again(day=day, by=by)
    elif verb == "ask":
        key = sent.get("difference", "")
        number = int(key) if key.isascii() and key.isdigit() else 0
        look_again(key=selectors.difference_of(by, number).key, by=by)
        reconcile_again(day=day, by=by)
    elif verb == "paid-out":
        actions.paid_out(key=sent.get("key", ""), slip=sent.get("slip", ""), by=by)
    else:
        raise NotFound


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return clock.today()
