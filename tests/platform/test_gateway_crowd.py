"""Very many at once: nobody is refused because others came in the same moment."""

import asyncio
from collections import Counter

from .counting_client import CountingClient
from .gateway_rig import Gateway

MANY = 400  # more than any default on the way holds


def test_four_hundred_connections_at_once_are_all_answered(gateway: Gateway) -> None:
    client = CountingClient(gateway, "/r/open")
    client.changed = {"x_purpose": None}  # the broker's own answer: the department is not the point
    assert asyncio.run(_all_at_once(client)) == Counter({400: MANY})


async def _all_at_once(client: CountingClient) -> Counter[int]:
    lines = [await asyncio.open_connection("127.0.0.1", client.gateway.port) for _ in range(MANY)]
    try:
        told = await asyncio.gather(
            *(client.ask(f"crowd-{number}", *line) for number, line in enumerate(lines))
        )
    finally:
        for _, writer in lines:
            writer.close()
    return Counter(status for status, _ in told)
