"""An order for a matter: made, taken at a window, void, given back. The provider: `paying`."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.db import IntegrityError, transaction

from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused, department_keys

from . import policy
from .models import Order, Refund, State, Way
from .refusals import NotOpen, SlipMissing
from .rows import a_key, give_back, happened, locked

AT_WINDOW = (Way.CASH, Way.QR)


@dataclass(frozen=True)
class Line:
    """`fen`: below nought for what is left off. `basis`: the law or the tariff."""

    label: str
    fen: int
    basis: str = ""


@dataclass(frozen=True)
class Owed:
    """What somebody has to pay: for which matter, to which department (credit code), until when."""

    matter: str
    title: str
    payer_key: str
    payer_name: str
    department: str
    lines: Sequence[Line]
    due: date

    @property
    def fen(self) -> int:
        return sum(one.fen for one in self.lines)


@transaction.atomic
def make_order(*, owed: Owed, by: Actor) -> Order:
    """One live order for a matter: made again it is the same. Whether it is owed the caller knows.

    ValueError for a sum that is not above nought: then there is nothing to pay.
    """
    if owed.fen <= 0:
        raise ValueError(f"{owed.matter}: nothing is owed")
    known = Order.objects.filter(matter=owed.matter).exclude(state=State.VOID).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            made = Order.objects.create(
                number=a_key("P"),
                matter=owed.matter,
                title=owed.title[:200],
                payer_key=owed.payer_key,
                payer_name=owed.payer_name,
                department_id=department_keys()[owed.department],
                fen=owed.fen,
                lines=[asdict(one) for one in owed.lines],
                due=owed.due,
                made_at=clock.now(),
            )
    except IntegrityError:  # the second of two at once finds the first one's
        return locked(matter=owed.matter)
    audit.record(by=by, action="payments.order.made", subject=made.audit_subject)
    return made


@transaction.atomic
def take_at_window(*, matter: str, way: str, slip: str, by: Actor) -> Order:
    """现金或扫码, with the number of the slip. Whether `by` serves this person the caller checked.

    A trade that is open at the provider is closed by the job; paid there all the same, its money
    goes back.
    """
    order = locked(matter=matter)
    if order.state != State.OPEN:
        raise NotOpen
    if way not in AT_WINDOW or not slip.strip():
        raise SlipMissing
    order.state, order.way, order.slip = State.PAID, way, slip.strip()[:40]
    order.paid_at, order.taken_by_name = clock.now(), by.name
    order.save(update_fields=["state", "way", "slip", "paid_at", "taken_by_name"])
    happened(order, "paid", by, f"{order.get_way_display()}，凭条 {order.slip}")
    return order


@transaction.atomic
def end_order(*, matter: str, why: str, is_given_back: bool, by: Actor) -> Order | None:
    """The matter is over: what is open is void, what was paid goes back where `is_given_back`.

    None where nothing was owed.
    """
    order = (
        Order.objects.select_for_update(of=("self",)).filter(matter=matter)
        .exclude(state=State.VOID).first()
    )  # fmt: skip
    if order is None:
        return None
    if order.state == State.OPEN:
        order.state, order.ended_why = State.VOID, why[:200]
        order.save(update_fields=["state", "ended_why"])
        happened(order, "void", by, why)
    elif order.state == State.PAID and is_given_back:
        trade = order.trades.filter(state="paid").first() if order.way == Way.ONLINE else None
        give_back(order, why, trade)
        happened(order, "going_back", by, why)
    return order


@transaction.atomic
def paid_out(*, key: str, slip: str, by: Actor) -> Refund:
    """Of what was taken at a window: the department's 财务 has paid it out, with a slip."""
    rows = Refund.objects.select_for_update(of=("self",)).select_related("order__department")
    row = rows.filter(key=key, trade=None).first()
    if row is None or not policy.keeps_accounts(by):
        raise NotFound
    if not policy.keeps_account_of(by, row.order):
        raise Refused
    if row.state == Refund.State.DONE:
        raise NotOpen
    if not slip.strip():
        raise SlipMissing
    row.slip, row.done_by_name = slip.strip()[:40], by.name
    row.save(update_fields=["slip", "done_by_name"])
    given_back(row, by)
    return row


def given_back(row: Refund, by: Actor) -> None:
    """Inside the caller's transaction, with the row locked; of an excess the order stays paid."""
    row.state, row.done_at, row.fault = Refund.State.DONE, clock.now(), ""
    row.save(update_fields=["state", "done_at", "fault"])
    order = Order.objects.select_for_update(of=("self",)).get(pk=row.order_id)
    is_all = order.way != Way.ONLINE if row.trade is None else order.way == Way.ONLINE
    if is_all and order.state == State.PAID:
        order.state = State.REFUNDED
        order.save(update_fields=["state"])
    happened(order, "given_back", by, row.why)
