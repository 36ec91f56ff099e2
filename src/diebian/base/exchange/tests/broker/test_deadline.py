"""However slow each step is, the caller has an answer before the gateway gives up."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from diebian.base.exchange.adapters.probing import store_address
from diebian.base.exchange.bench.prepare import prepare
from diebian.base.exchange.broker.models import JournalLine
from diebian.base.exchange.protocol.deadline import Deadline, Patience
from diebian.base.exchange.protocol.refusals import Busy
from diebian.base.exchange.tests.brokers import PURPOSE, SYSTEM, a_broker, called

QUICK = Patience(gateway=2, store=0.45, place=0.5, department=1, least=0.05, margin=0.05)
HELD = 0.37  # less than the store may take: every step is slow and none is broken
GRANT = {
    "resource": "slow",
    "system": SYSTEM,
    "tier": "bulk",
    "purpose": PURPOSE,
    "daily_limit": 5,
    "mode": "verify",
    "case_no": "SAMPLE-1",
    "persons": ["219902198803120029"],
}


def test_where_the_time_is_gone_the_department_is_not_blamed() -> None:
    with pytest.raises(Busy):
        Deadline(Patience(gateway=2.1)).for_department()


@pytest.mark.django_db(transaction=True)
def test_with_every_step_slow_the_answer_comes_before_the_gateway_gives_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By the limits of the steps alone it would take 2.1 s: the department gets what is left."""
    prepare([GRANT], ask=lambda contract: set(contract["fields"]))
    with _silent() as where, _held(exchange_grant=HELD, exchange_grantday=2 * HELD,
                                   exchange_verifyday=3 * HELD):  # fmt: skip
        monkeypatch.setenv("DIEBIAN_SANDBOX_BENCH", where)
        status, told, took = asyncio.run(_called())
    assert (status, told["code"]) == (503, "exchange.upstream_unavailable")
    assert 3 * HELD < took < QUICK.gateway
    assert JournalLine.objects.get().status == 503


async def _called() -> tuple[int, dict[str, Any], float]:
    body = {"id_number": "219902198803120029", "name": "样例", "claims": {"area": "1"}}
    async with a_broker(QUICK) as broker:
        began = time.monotonic()
        status, told = await called(broker, "slow", body)
        return status, told, time.monotonic() - began


@contextmanager
def _held(**tables: float) -> Iterator[None]:
    """Somebody else has each table to himself for so many seconds."""
    is_held, end = threading.Barrier(len(tables) + 1), threading.Event()

    def hold(table: str, seconds: float) -> None:
        with psycopg.connect(store_address()) as connection:
            connection.execute(f"lock table {table} in access exclusive mode".encode())
            is_held.wait()
            end.wait(seconds)

    holding = [threading.Thread(target=hold, args=told) for told in tables.items()]
    for thread in holding:
        thread.start()
    is_held.wait()
    try:
        yield
    finally:
        end.set()
        for thread in holding:
            thread.join()


@contextmanager
def _silent() -> Iterator[str]:
    """A department that takes the call and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
