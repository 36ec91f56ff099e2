"""The provider's words about a trade, called in or asked for: each counts once, in any order."""

from dataclasses import dataclass

from django.db import transaction

from diebian.kernel import clock
from diebian.security.identity.public import Actor

from .actions import given_back
from .models import Order, Refund, State, Told, Trade, Way
from .rows import give_back, happened

KINDS = ("paid", "closed", "refunded")
TWICE = "重复缴费，多的一笔退回"
Outcome = Told.Outcome


@dataclass(frozen=True)
class Word:
    """`key`: of a trade, or of a refund. `event`: the provider's own number of the event."""

    event: str
    kind: str
    key: str
    fen: int
    number: str = ""


@transaction.atomic
def settle(*, word: Word, by: Actor) -> Told.Outcome:
    """Said again it changes nothing, and is answered as before."""
    known = Told.objects.filter(event=word.event).first()
    if known is not None:
        return Outcome(known.outcome)
    outcome = _refunded(word, by) if word.kind == "refunded" else _of_trade(word, by)
    told = {"key": word.key, "kind": word.kind, "fen": word.fen, "outcome": outcome}
    row, _ = Told.objects.get_or_create(event=word.event, defaults={**told, "at": clock.now()})
    return Outcome(row.outcome)


def _of_trade(word: Word, by: Actor) -> Told.Outcome:
    found = Trade.objects.filter(key=word.key).values_list("order", flat=True).first()
    if found is None:
        return Outcome.UNFIT
    order = Order.objects.select_for_update(of=("self",)).get(pk=found)
    trade = Trade.objects.select_for_update().get(key=word.key)
    if word.fen != order.fen:
        return Outcome.UNFIT
    if word.kind == "closed":
        return _closed(trade)
    if trade.state == Trade.State.PAID:
        return Outcome.LATE
    trade.state, trade.number, trade.paid_at = Trade.State.PAID, word.number, clock.now()
    trade.save(update_fields=["state", "number", "paid_at"])
    if order.state != State.OPEN:
        give_back(order, TWICE, trade)
        happened(order, "twice", by, TWICE)
        return Outcome.EXCESS
    order.state, order.way, order.paid_at = State.PAID, Way.ONLINE, clock.now()
    order.save(update_fields=["state", "way", "paid_at"])
    happened(order, "paid", by, f"网上，流水 {word.number}")
    return Outcome.TAKEN


def _closed(trade: Trade) -> Told.Outcome:
    """What was paid stays paid, whatever comes late."""
    if trade.state not in {Trade.State.ASKED, Trade.State.OPEN}:
        return Outcome.LATE
    trade.state = Trade.State.CLOSED
    trade.save(update_fields=["state"])
    return Outcome.TAKEN


def _refunded(word: Word, by: Actor) -> Told.Outcome:
    found = Refund.objects.filter(key=word.key).values_list("order", flat=True).first()
    if found is None:
        return Outcome.UNFIT
    Order.objects.select_for_update().get(pk=found)
    rows = Refund.objects.select_for_update(of=("self",)).select_related("order", "trade")
    row = rows.get(key=word.key)
    if word.fen != row.fen:
        return Outcome.UNFIT
    if row.state == Refund.State.DONE:
        return Outcome.LATE
    given_back(row, by)
    return Outcome.TAKEN
