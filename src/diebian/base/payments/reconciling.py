"""对账: each day the provider's statement is held against what is kept here, both ways. Nothing is
put right silently: each difference says what to do, and goes when it is no more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max

from diebian.kernel import clock
from diebian.kernel.errors import DiebianError
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused

from . import policy, provider
from .models import Difference, Reconciled, Refund, Trade
from .refusals import NoStatement

Kind = Difference.Kind
MOST_DAYS = 31  # looked at anew after a long time away
DO = {
    Kind.THERE: "钱已经到支付平台：让平台再问一次；还不对，拿流水号找支付平台",
    Kind.HERE: "先不要开票、不要发证：拿单号找支付平台核对",
    Kind.AMOUNT: "拿流水号找支付平台核对金额，多收的退",
    Kind.REFUND_THERE: "找支付平台问是谁退的；确实该退的，请运维补记",
    Kind.REFUND_HERE: "群众可能还没有收到：拿退款单号找支付平台",
}


@dataclass(frozen=True)
class Found:
    kind: Kind
    key: str
    here: int | None
    there: int | None
    department: int | None


def reconcile_due(*, by: Actor) -> int:
    """The days since the last one that was held against a statement. Days of which the provider
    tells nothing wait for tomorrow.
    """
    if not policy.may_run(by):
        raise Refused
    if not provider.is_set_up():
        return 0
    last = Reconciled.objects.aggregate(last=Max("day"))["last"]
    yesterday = clock.today() - timedelta(days=1)
    since = last + timedelta(days=1) if last else yesterday
    first = max(since, yesterday - timedelta(days=MOST_DAYS))
    done = 0
    for place in range((yesterday - first).days + 1):
        try:
            _reconcile(first + timedelta(days=place))
        except DiebianError:
            break
        done += 1
    return done


def reconcile_again(*, day: date, by: Actor) -> int:
    """By whoever keeps accounts. How many differences there are on that day."""
    if not policy.keeps_accounts(by):
        raise Refused
    if day > clock.today():
        raise NoStatement
    audit.record(by=by, action="payments.reconciled", subject=f"day:{day}")
    return _reconcile(day)


def _reconcile(day: date) -> int:
    lines = list(provider.statement(day))
    found = {(one.kind, one.key): one for one in (*_there(lines), *_here(day, lines))}
    with transaction.atomic():
        _keep(day, found)
        told = {"at": clock.now(), "count": len(lines)}
        if day < clock.today():  # a day that goes on is not over
            Reconciled.objects.update_or_create(day=day, defaults=told)
    return len(found)


def _there(lines: list[provider.StatementLine]) -> Iterator[Found]:
    keys = [one.key for one in lines]
    trades = {
        one.key: one
        for one in Trade.objects.filter(key__in=keys).select_related("order__department")
    }
    refunds = {
        one.key: one
        for one in Refund.objects.filter(key__in=keys).select_related("order__department")
    }
    for line in lines:
        row = trades.get(line.key) if line.kind == "paid" else refunds.get(line.key)
        if row is None or row.state not in {Trade.State.PAID, Refund.State.DONE}:
            kind = Kind.THERE if line.kind == "paid" else Kind.REFUND_THERE
            department = None if row is None else row.order.department_id
            yield Found(kind, line.key, None, line.fen, department)
        elif _fen(row) != line.fen:
            yield Found(Kind.AMOUNT, line.key, _fen(row), line.fen, row.order.department_id)


def _here(day: date, lines: list[provider.StatementLine]) -> Iterator[Found]:
    """What is not on that day's statement is asked for by its key: midnight is not the same
    everywhere.
    """
    keys = {one.key for one in lines}
    span = (clock.midnight(day), clock.midnight(day + timedelta(days=1)))
    paid = Trade.objects.filter(paid_at__gte=span[0], paid_at__lt=span[1])
    for one in paid.exclude(key__in=keys).select_related("order"):
        told = provider.trade(one.key)
        if told is None or told.state not in {"PAID", "REFUNDED"}:
            yield Found(Kind.HERE, one.key, one.order.fen, None, one.order.department_id)
    back = Refund.objects.filter(done_at__gte=span[0], done_at__lt=span[1]).exclude(trade=None)
    for row in back.exclude(key__in=keys).select_related("order", "trade"):
        told = provider.trade(row.trade.key) if row.trade else None
        if told is None or told.state != "REFUNDED":
            yield Found(Kind.REFUND_HERE, row.key, row.fen, None, row.order.department_id)


def _fen(row: Trade | Refund) -> int:
    return row.order.fen if isinstance(row, Trade) else row.fen


def _keep(day: date, found: dict[tuple[Kind, str], Found]) -> None:
    now = clock.now()
    known = {
        (Kind(one.kind), one.key): one
        for one in Difference.objects.select_for_update().filter(day=day, settled_at=None)
    }
    for key, one in found.items():
        if key not in known:
            Difference.objects.get_or_create(
                kind=one.kind,
                key=one.key,
                settled_at=None,
                defaults={
                    "day": day,
                    "department_id": one.department,
                    "fen_here": one.here,
                    "fen_there": one.there,
                    "found_at": now,
                },
            )
    gone = [row.pk for key, row in known.items() if key not in found]
    Difference.objects.filter(pk__in=gone).update(settled_at=now)
