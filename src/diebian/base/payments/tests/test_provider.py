"""The sandbox's provider as a process of its own: asked, paid, lost, refunded, reconciled."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from diebian.base.payments import actions, paying, provider, reconciling
from diebian.base.payments.models import (
    Difference,
    Order,
    ProviderKey,
    Reconciled,
    Refund,
    State,
    Trade,
)
from diebian.base.payments.refusals import ProviderAway
from diebian.cloud.runtime.public import Ports
from diebian.kernel import clock
from diebian.security.identity.public import PLATFORM, Refused
from tests.browsing import browser

from .made import an_order, set_the_scene, who

ROOT = Path(__file__).parents[5]
NOWHERE = "http://127.0.0.1:9"  # nobody listens there: what it calls is lost


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    book = Ports(tmp_path_factory.mktemp("ports") / "ports.json")
    port = book.choose("pay", 8950)
    url = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "SANDBOX_DATABASE_URL": os.environ["DATABASE_URL"],
        "SANDBOX_SEED": str(ROOT / "cities/tieling/sandbox.yaml"),
        "SANDBOX_FAULTS": "1",
        "DIEBIAN_SANDBOX_PAY": url,
        "PYTHONPATH": str(ROOT),
    }
    words = [sys.executable, "-m", "sandbox.pay", "--port", str(port)]
    process = subprocess.Popen(words, env=environment)  # noqa: S603  our own program
    try:
        _wait_for(url)
        yield url
    finally:
        process.terminate()
        process.wait()
        book.release()


@pytest.fixture(autouse=True)
def _scene(db: None, address: str, settings: Any) -> None:  # noqa: ARG001
    settings.PAY_PROVIDER, settings.PAY_WORD = address, "sample-pay-word"
    set_the_scene()


def asked(order: Order) -> Trade:
    return paying.ask_to_pay(number=order.number, notify=NOWHERE, back=NOWHERE, by=PLATFORM)


def paid_there(trade: Trade, do: str = "pay") -> None:
    number = trade.page.rsplit("=", 1)[-1]
    page = trade.page.split("?", 1)[0]
    answer = httpx.post(page, data={"t": number, "do": do}).raise_for_status()
    assert "沙箱" in answer.text


def looked() -> None:
    Trade.objects.update(next_look_at=clock.now())
    paying.look_due(by=PLATFORM)


def test_a_lost_word_loses_no_money_it_is_asked_again() -> None:
    order = an_order()
    trade = asked(order)
    assert asked(order) == trade
    paid_there(trade)
    looked()
    looked()
    order.refresh_from_db()
    assert order.state == State.PAID


def test_whoever_was_killed_before_the_answer_finds_the_same_trade(address: str) -> None:
    order = an_order()
    httpx.get(f"{address}/__fault?mode=lost")
    try:
        with pytest.raises(ProviderAway):
            asked(order)
    finally:
        httpx.get(f"{address}/__fault?mode=off")
    kept = Trade.objects.get()
    assert kept.state == Trade.State.ASKED
    assert asked(order).key == kept.key


def test_what_is_cancelled_there_can_be_tried_again() -> None:
    order = an_order()
    first = asked(order)
    paid_there(first, "cancel")
    looked()
    second = asked(order)
    assert first.key != second.key
    paid_there(second)
    looked()
    order.refresh_from_db()
    assert order.state == State.PAID


def test_what_was_paid_at_the_window_is_closed_there_and_goes_back_if_it_was_paid() -> None:
    closed, paid = an_order(), an_order("sample:2")
    trades = {one.pk: asked(one) for one in (closed, paid)}
    paid_there(trades[paid.pk])
    for one in (closed, paid):
        actions.take_at_window(matter=one.matter, way="cash", slip="1", by=who("finance"))
    looked()
    assert {one.state for one in Trade.objects.all()} == {"closed", "paid"}
    paying.send_refunds(by=PLATFORM)
    paying.send_refunds(by=PLATFORM)
    back = Refund.objects.get()
    assert (back.state, back.order_id) == (Refund.State.DONE, paid.pk)
    told = provider.trade(trades[paid.pk].key)
    assert told is not None
    assert told.state == "REFUNDED"


def test_each_day_is_held_against_the_statement_and_differences_say_what_to_do() -> None:
    known, forgotten, imagined = (an_order(f"sample:{one}") for one in range(3))
    for one in (known, forgotten):
        paid_there(asked(one))
    paying.look_again(key=known.trades.get().key, by=PLATFORM)
    phantom = asked(imagined)
    Trade.objects.filter(pk=phantom.pk).update(state=Trade.State.PAID, paid_at=clock.now())
    reconciling.reconcile_again(day=clock.today(), by=who("finance"))
    mine = Difference.objects.filter(key__in=[forgotten.trades.get().key, phantom.key])
    assert set(mine.values_list("kind", flat=True)) == {"there", "here"}
    page = browser(who("finance")).get("/desk/payments/").content.decode()
    assert "再问一次" in page
    assert "先不要开票" in page
    row = mine.get(kind="there")
    browser(who("finance")).post("/desk/payments/", {"verb": "ask", "difference": row.pk})
    row.refresh_from_db()
    forgotten.refresh_from_db()
    assert row.settled_at is not None
    assert forgotten.state == State.PAID
    with pytest.raises(Refused):
        reconciling.reconcile_again(day=clock.today(), by=PLATFORM)


def test_days_that_were_missed_are_held_against_their_statements_too() -> None:
    Reconciled.objects.create(day=clock.today() - timedelta(days=4), at=clock.now(), count=0)
    assert [reconciling.reconcile_due(by=PLATFORM) for _ in range(2)] == [3, 0]


def test_the_providers_key_is_taken_over_once() -> None:
    kept = ProviderKey.objects.get().public
    assert paying.keep_key() == kept
    ProviderKey.objects.all().delete()
    assert paying.keep_key() == provider.public_key() != kept


def _wait_for(url: str) -> None:
    for _ in range(200):
        try:
            httpx.get(f"{url}/healthz").raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(url)
