"""Envoy is exchanged for a new process while many call: no call fails, each is counted once."""

import asyncio
import time
from collections import Counter

from .counting_client import CountingClient, Seen
from .gateway_rig import Gateway
from .installation import wait_for

PAUSE = 0.03  # so many callers as they are, this is some hundred calls a second


def test_no_call_fails_while_one_envoy_takes_over_from_another(gateway: Gateway) -> None:
    staying = CountingClient(gateway, "/r/open", pause=PAUSE)
    coming = CountingClient(gateway, "/r/open", pause=PAUSE, closes=True)
    before = gateway.rig.pid("envoy")
    seen = asyncio.run(_both(staying, coming))
    assert gateway.rig.pid("envoy") != before
    for one in seen:
        assert (one.broken, one.refused) == (0, 0)
        assert set(one.statuses) == {200}
        assert one.statuses[200] > 100
    ids = [request_id for one in seen for request_id in one.answered]
    wait_for(lambda: _counted(gateway, ids).total() == len(ids), "every call is metered")
    by_instance = _counted(gateway, ids)
    assert len(by_instance) == 2  # both served, side by side
    assert len(set(ids)) == len(ids)


async def _both(staying: CountingClient, coming: CountingClient) -> tuple[Seen, Seen]:
    def nothing(_: CountingClient) -> None:
        while not staying.is_over:
            time.sleep(0.05)

    return await asyncio.gather(staying.run(during=_roll), coming.run(during=nothing))


def _roll(client: CountingClient) -> None:
    """From a while before to a while after."""
    home = client.gateway.rig.home
    time.sleep(0.5)
    home.roll("envoy")
    wait_for(lambda: "envoy" not in home.rolling, "the new process has taken over", 60)
    time.sleep(0.5)


def _counted(gateway: Gateway, ids: list[str]) -> Counter[str]:
    query = (
        "select instance, count(*) from exchange_call where request_id = any(%s) group by instance"
    )
    return Counter(dict(gateway.rows(query, ids)))
