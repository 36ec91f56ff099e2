"""How a matter's order stands; what a department's 财务 sees of a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet, Sum

from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import Actor
from diebian.standards.money import yuan

from . import policy
from .models import Difference, Order, Reconciled, Refund, State, Trade, Way
from .reconciling import DO

SHOWN = 200


@dataclass(frozen=True)
class Account:
    """One day of one department."""

    day: date
    paid: Sequence[Order]
    sums: Sequence[tuple[str, str]]  # way, yuan
    total: str
    back: Sequence[Refund]
    waiting: Sequence[Order]
    refunds: Sequence[Refund]
    differences: Sequence[tuple[Difference, str]]
    reconciled: Reconciled | None


def order_of(matter: str) -> Order | None:
    """The live one, else the last that became void."""
    rows = Order.objects.select_related("department").filter(matter=matter)
    return rows.exclude(state=State.VOID).first() or rows.order_by("-pk").first()


def is_paid(matter: str) -> bool:
    return Order.objects.filter(matter=matter, state=State.PAID).exists()


def open_orders(prefix: str) -> QuerySet[Order]:
    """Locked, the earliest day first: of matters that begin so."""
    rows = Order.objects.filter(matter__startswith=prefix, state=State.OPEN)
    return rows.select_for_update(of=("self",)).select_related("department").order_by("due", "pk")


def live_trade(order: Order) -> Trade | None:
    return order.trades.filter(state=Trade.State.OPEN).first()


def refund_of(order: Order) -> Refund | None:
    """Of the payment that counted, not of one too many."""
    rows = order.refunds.select_related("trade").order_by("pk")
    if order.way == Way.ONLINE:
        return rows.exclude(trade=None).first()
    return rows.filter(trade=None).first()


def account_of(by: Actor, day: date) -> Account:
    if not policy.keeps_accounts(by):
        raise NotFound
    orders = Order.objects.filter(department__credit_code=by.department)
    refunds = Refund.objects.filter(order__department__credit_code=by.department)
    refunds = refunds.select_related("order", "trade")
    since, until = clock.midnight(day), clock.midnight(day + timedelta(days=1))
    paid = orders.filter(paid_at__gte=since, paid_at__lt=until)
    sums = paid.order_by().values_list("way").annotate(sum=Sum("fen"))
    return Account(
        day=day,
        paid=list(paid.order_by("paid_at")[:SHOWN]),
        sums=[(Way(way).label, yuan(fen)) for way, fen in sums],
        total=yuan(sum(fen for _, fen in sums)),
        back=list(
            refunds.filter(done_at__gte=since, done_at__lt=until).order_by("done_at")[:SHOWN]
        ),
        waiting=list(orders.filter(state=State.OPEN).order_by("due", "pk")[:SHOWN]),
        refunds=list(refunds.filter(state=Refund.State.WAITING).order_by("pk")[:SHOWN]),
        differences=[(one, DO[Difference.Kind(one.kind)]) for one in differences_of(by)[:SHOWN]],
        reconciled=Reconciled.objects.filter(day=day).first(),
    )


def differences_of(by: Actor) -> QuerySet[Difference]:
    """Open ones of the department, and those that are nobody's here."""
    mine = Q(department__credit_code=by.department) | Q(department=None)
    return Difference.objects.filter(mine, settled_at=None).order_by("day", "pk")


def difference_of(by: Actor, key: int) -> Difference:
    found = differences_of(by).filter(pk=key).first()
    if found is None or not policy.keeps_accounts(by):
        raise NotFound
    return found
