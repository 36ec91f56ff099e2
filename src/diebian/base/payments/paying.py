"""Paying at the provider. What is asked is a row before it is asked; how it stands is asked again
until it is settled, so that neither a killed process nor a lost word loses money.
"""

from django.db import transaction

from diebian.kernel import clock
from diebian.kernel.errors import DiebianError
from diebian.security.audit import public as audit
from diebian.security.identity.public import PLATFORM, Actor, Refused

from . import policy, provider
from .actions import given_back
from .models import Order, ProviderKey, Refund, State, Trade
from .refusals import NotOpen, ProviderAway, ProviderRefused
from .rows import a_key, locked, pause
from .settling import Word, settle

LIVE = (Trade.State.ASKED, Trade.State.OPEN)
MEANS = {"PAID": "paid", "CLOSED": "closed", "REFUNDED": "paid"}  # of a trade there
SHOWN = 100


def ask_to_pay(*, number: str, notify: str, back: str, by: Actor) -> Trade:
    """`notify`, `back`: addresses of ours for the provider's word and for the person.

    Whether `by` may pay it the caller has checked. Raises `NotOpen`, `ProviderAway`,
    `ProviderRefused`; the trade is kept before any of the last two.
    """
    if Order.objects.filter(number=number).exclude(state=State.OPEN).exists():
        raise NotOpen
    if not provider.is_set_up():
        raise ProviderAway
    keep_key()
    trade = _kept(number, by)
    if trade.state == Trade.State.OPEN:
        return trade
    told = provider.open_trade(
        key=trade.key, fen=trade.order.fen, title=trade.order.title, notify=notify, back=back
    )
    if told.fen != trade.order.fen:
        raise ProviderRefused
    return _opened(trade.key, told)


def look_again(*, key: str, by: Actor) -> None:
    """Asks the provider how a trade stands; what it says is done as if it had called itself.

    Raises what the provider refuses.
    """
    told = provider.trade(key)
    if told is not None and told.state in MEANS:
        word = Word(f"asked:{key}:{told.state}", MEANS[told.state], key, told.fen, told.number)
        settle(word=word, by=by)


def look_due(*, by: Actor) -> int:
    """Every live trade whose turn has come. One that fails holds up no other."""
    if not policy.may_run(by):
        raise Refused
    rows = Trade.objects.filter(state__in=LIVE, next_look_at__lte=clock.now())
    trades = list(rows.select_related("order").order_by("next_look_at")[:SHOWN])
    for one in trades:
        why = ""
        try:
            if one.order.state == State.OPEN:
                look_again(key=one.key, by=by)
            else:
                _close(one, by)
        except DiebianError as error:
            why = error.title[:200]
        told = {"tries": one.tries + 1, "next_look_at": clock.now() + pause(one.tries), "why": why}
        Trade.objects.filter(pk=one.pk).update(**told)
    return len(trades)


def send_refunds(*, by: Actor) -> int:
    """Under one key each: sent twice it is given back once."""
    if not policy.may_run(by):
        raise Refused
    rows = Refund.objects.filter(state=Refund.State.WAITING, next_try_at__lte=clock.now())
    due = list(rows.exclude(trade=None).select_related("trade").order_by("pk")[:SHOWN])
    for one in due:
        try:
            _refund(one, by)
        except DiebianError as error:
            told = {"tries": one.tries + 1, "next_try_at": clock.now() + pause(one.tries)}
            Refund.objects.filter(pk=one.pk).update(**told, fault=error.title[:200])
    return len(due)


def keep_key() -> str:
    """The provider's public key: as it was at the first contact."""
    known = ProviderKey.objects.order_by("pk").first()
    if known is not None:
        return known.public
    public = provider.public_key()
    with transaction.atomic():
        ProviderKey.objects.create(public=public, since=clock.now())
        audit.record(by=PLATFORM, action="payments.key_kept", subject=f"key:{public[:16]}")
    return public


@transaction.atomic
def _kept(number: str, by: Actor) -> Trade:
    """Committed before anybody is asked."""
    order = locked(number=number)
    if order.state != State.OPEN:
        raise NotOpen
    trade = Trade.objects.filter(order=order, state__in=LIVE).first()
    if trade is None:
        now = clock.now()
        told = {"asked_at": now, "next_look_at": now + pause(0)}
        trade = Trade.objects.create(order=order, key=a_key("T"), **told)
        audit.record(by=by, action="payments.trade.asked", subject=order.audit_subject)
    return trade


@transaction.atomic
def _opened(key: str, told: provider.Standing) -> Trade:
    trade = Trade.objects.select_for_update().get(key=key)
    if trade.state == Trade.State.ASKED:
        trade.state, trade.number, trade.page, trade.why = (
            Trade.State.OPEN, told.number, told.page, "",
        )  # fmt: skip
        trade.save(update_fields=["state", "number", "page", "why"])
    return trade


def _close(trade: Trade, by: Actor) -> None:
    """The order was paid at a window, or is void: nobody shall pay it there any more."""
    told = provider.close_trade(trade.key)
    kind = "closed" if told is None else MEANS.get(told.state, "")
    if kind:
        fen, number = (trade.order.fen, "") if told is None else (told.fen, told.number)
        settle(word=Word(f"closed:{trade.key}:{kind}", kind, trade.key, fen, number), by=by)


def _refund(row: Refund, by: Actor) -> None:
    trade = row.trade
    if trade is None:
        return
    told = provider.refund(key=row.key, of=trade.key, fen=row.fen)
    if told.state != "REFUNDED":
        raise ProviderRefused
    with transaction.atomic():
        Order.objects.select_for_update().get(pk=row.order_id)  # the order first, as everywhere
        again = Refund.objects.select_for_update(of=("self",)).select_related("order", "trade")
        kept = again.get(pk=row.pk)
        if kept.state == Refund.State.WAITING:
            given_back(kept, by)
