"""The fee of a case with its page at the provider, as people see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from diebian.base.payments.public import Order, is_set_up, live_trade, order_of, refund_of
from diebian.kernel.errors import NotFound
from diebian.scenes.services import behalf
from diebian.scenes.services.fees.selectors import charging_of, matter_of
from diebian.scenes.services.items.facts import ENDS, MOMENTS, Charging
from diebian.scenes.services.models import Case
from diebian.security.identity.public import Actor
from diebian.standards.money import yuan

from . import policy


@dataclass(frozen=True)
class FeeLine:
    label: str
    yuan: str
    basis: str


@dataclass(frozen=True)
class Fee:
    order: Order
    lines: Sequence[FeeLine]
    before: str  # the moment by which it is paid, in words
    given_back: str  # ends of a case after which it goes back
    page: str  # of the provider, where it is paid; empty before it is asked for
    is_online: bool
    refund: Any


def case_with_fee(by: Actor, case_no: str) -> Case:
    """For whoever has no business with it, it does not exist."""
    cases = Case.objects.select_related("item", "department", "version")
    case = cases.filter(case_no=case_no).first()
    if case is None:
        raise NotFound
    if not policy.may_see_fee(by, case):
        raise behalf.absent(by, case)
    return case


def fee_for(case: Case) -> Fee:
    """NotFound where nothing was asked for."""
    charging, order = charging_of(case), order_of(matter_of(case))
    if charging is None or order is None:
        raise NotFound
    return _fee(charging, order)


def _fee(charging: Charging, order: Order) -> Fee:
    trade = live_trade(order)
    return Fee(
        order=order,
        lines=[FeeLine(one["label"], yuan(one["fen"]), one["basis"]) for one in order.lines],
        before=MOMENTS[charging.before],
        given_back="、".join(ENDS[one] for one in charging.given_back),
        page=trade.page if trade else "",
        is_online=is_set_up(),
        refund=refund_of(order),
    )
