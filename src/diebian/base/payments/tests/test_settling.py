"""Money counts once: whatever comes twice, late, in another order or from a forger."""

from typing import Any

import pytest

from diebian.base.payments import actions
from diebian.base.payments.models import Order, Refund, State, Told, Trade
from diebian.base.payments.refusals import NotOpen, SlipMissing
from diebian.base.payments.selectors import account_of, refund_of
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import PLATFORM, Refused
from tests.laid import laid_once

from .made import FORGER, a_trade, an_order, posted, said, set_the_scene, who

laid = laid_once(set_the_scene)


@pytest.fixture(autouse=True)
def _scene(db: None) -> None:
    """Each test in its own savepoint."""


def outcome(answer: Any) -> str:
    return str(answer.json()["outcome"])


def test_an_order_is_made_once_for_a_matter_and_is_of_something() -> None:
    assert an_order() == an_order(fen=1)
    assert an_order("sample:2").number != an_order().number
    with pytest.raises(ValueError, match="nothing"):
        an_order("sample:3", fen=0)


def test_a_payment_counts_once_however_often_and_late_it_is_told() -> None:
    order = an_order()
    trade = a_trade(order)
    assert [outcome(said("paid", trade.key)) for _ in range(2)] == ["taken", "taken"]
    assert outcome(said("paid", trade.key, event=2)) == "late"
    assert outcome(said("closed", trade.key, event=3)) == "late"  # came after it was paid
    order.refresh_from_db()
    assert (order.state, order.way, Told.objects.count()) == (State.PAID, "online", 3)


def test_a_word_that_is_signed_by_another_or_cannot_be_read_changes_nothing() -> None:
    trade = a_trade(an_order())
    forged = said("paid", trade.key, by=FORGER)
    assert (forged.status_code, forged.json()["code"]) == (401, "payments.signature_wrong")
    for body in ('{"event": 1}', '{"event": 1, "kind": "paid", "out_no": "x", "fen": -1}'):
        assert posted(body).json()["code"] == "payments.notice_unclear"
    assert not Told.objects.exists()


def test_another_amount_and_an_unknown_key_are_kept_and_not_followed() -> None:
    order = an_order()
    trade = a_trade(order)
    assert outcome(said("paid", trade.key, 1)) == "unfit"
    assert outcome(said("paid", "nobody", event=2)) == "unfit"
    assert outcome(said("refunded", "nobody", event=3)) == "unfit"
    order.refresh_from_db()
    assert order.state == State.OPEN


def test_what_is_paid_at_the_window_and_online_goes_back_once() -> None:
    order = an_order()
    trade = a_trade(order)
    actions.take_at_window(matter=order.matter, way="cash", slip=" 17 ", by=who("finance"))
    assert outcome(said("paid", trade.key)) == "excess"
    back = Refund.objects.get()
    assert outcome(said("refunded", back.key, event=2)) == "taken"
    assert outcome(said("refunded", back.key, event=3)) == "late"
    order.refresh_from_db()
    assert (order.state, order.slip) == (State.PAID, "17")
    assert refund_of(order) is None  # what counted stays


def test_at_the_window_it_is_taken_once_and_with_a_slip() -> None:
    order = an_order()
    for way, slip in (("cash", " "), ("online", "1")):
        with pytest.raises(SlipMissing):
            actions.take_at_window(matter=order.matter, way=way, slip=slip, by=who("finance"))
    actions.take_at_window(matter=order.matter, way="qr", slip="1", by=who("finance"))
    with pytest.raises(NotOpen):
        actions.take_at_window(matter=order.matter, way="qr", slip="1", by=who("finance"))


def test_an_order_whose_matter_is_over_is_void_and_money_that_comes_late_goes_back() -> None:
    order = an_order()
    trade = a_trade(order)
    actions.end_order(matter=order.matter, why="样例", is_given_back=False, by=PLATFORM)
    assert outcome(said("paid", trade.key)) == "excess"
    assert outcome(said("refunded", Refund.objects.get().key, event=2)) == "taken"
    order.refresh_from_db()
    assert order.state == State.VOID
    assert an_order().number != order.number  # a matter that begins anew is asked anew


def test_cash_goes_back_by_the_departments_own_finance_alone() -> None:
    order = an_order()
    actions.take_at_window(matter=order.matter, way="cash", slip="1", by=who("finance"))
    actions.end_order(matter=order.matter, why="样例", is_given_back=True, by=PLATFORM)
    actions.end_order(matter=order.matter, why="样例", is_given_back=True, by=PLATFORM)
    back = Refund.objects.get()
    with pytest.raises(Refused):
        actions.paid_out(key=back.key, slip="9", by=who("other"))
    with pytest.raises(NotFound):
        actions.paid_out(key=back.key, slip="9", by=PLATFORM)
    actions.paid_out(key=back.key, slip="9", by=who("finance"))
    with pytest.raises(NotOpen):
        actions.paid_out(key=back.key, slip="9", by=who("finance"))
    assert Order.objects.get().state == State.REFUNDED


def test_the_account_of_a_day_is_of_the_own_department() -> None:
    said("paid", a_trade(an_order()).key)
    actions.take_at_window(
        matter=an_order("sample:2", 55).matter, way="cash", slip="1", by=who("finance")
    )
    an_order("sample:3")
    told = account_of(who("finance"), clock.today())
    assert (told.total, sorted(told.sums)) == ("80.55", [("窗口现金", "0.55"), ("网上", "80.00")])
    assert [one.matter for one in told.waiting] == ["sample:3"]
    assert account_of(who("other"), clock.today()).total == "0.00"
    assert Trade.objects.get().state == Trade.State.PAID
