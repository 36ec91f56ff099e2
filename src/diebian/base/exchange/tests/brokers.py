"""A broker on the test's database, called as the gateway calls it, without the gateway."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import asyncpg
import httpx

from diebian.base.exchange.adapters.probing import store_address
from diebian.base.exchange.broker.app import Broker
from diebian.base.exchange.protocol.deadline import PATIENCE, Patience

PURPOSE, SYSTEM = "样例用途", "alpha"
BODY = {"id_number": "219902198803120029", "name": "样例"}


@asynccontextmanager
async def a_broker(patience: Patience = PATIENCE) -> AsyncIterator[Broker]:
    pool = await asyncpg.create_pool(
        store_address(), min_size=1, max_size=8, command_timeout=patience.store
    )
    async with httpx.AsyncClient() as client:
        broker = Broker(pool, client, patience)
        writer = asyncio.create_task(broker.journal.keep())
        try:
            yield broker
        finally:
            writer.cancel()
    await pool.close()


async def called(
    broker: Broker, slug: str, body: Mapping[str, Any] = BODY, **changed: str
) -> tuple[int, dict[str, Any]]:
    """Status and answer. `_` in a header's name stands for `-`."""
    headers = {
        "x-client-id": SYSTEM,
        "x-request-id": str(uuid4()),
        "x-gateway-instance": "envoy-test",
        "x-purpose": PURPOSE.encode().hex(),
        "x-reader": "样例".encode().hex(),
        "x-case-no": "SAMPLE-1",
        "x-subject": "sample",
        "x-call-id": f"sample-{time.monotonic_ns()}",
        **{name.replace("_", "-"): value for name, value in changed.items()},
    }
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": json.dumps(body).encode()}

    async def send(told: dict[str, Any]) -> None:
        sent.append(told)

    pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
    await broker({"type": "http", "path": f"/r/{slug}", "headers": pairs}, receive, send)
    return sent[0]["status"], json.loads(sent[1]["body"])
