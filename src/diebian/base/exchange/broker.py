"""The read path (ADR 2): checks the call, asks the department, writes who read, then answers.

`python -m diebian.base.exchange.broker SOCKET`: a plain ASGI application, no framework: one process
serves many waiting departments at once.
"""

import asyncio
import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

import asyncpg
import django
import httpx
import uvloop
from granian.constants import Interfaces
from granian.server.embed import Server

GRANT = """
select r.contract, r.title, q.columns, d.credit_code, q.purpose
from exchange_grant g
join exchange_sharerequest q on q.id = g.request_id
join catalogue_resource r on r.id = q.resource_id
join identity_department d on d.id = q.consumer_id
where r.slug = $1 and g.system = $2 and g.revoked_at is null and q.valid_to >= current_date
order by g.id desc limit 1
"""
NEEDED = ("x-purpose", "x-case-no", "x-subject", "x-reader", "x-call-id")
GRANT_SECONDS = 1.0
LARGEST_BODY = 64 * 1024
Headers = dict[str, str]


class Broker:
    def __init__(self, pool: asyncpg.Pool, client: httpx.AsyncClient) -> None:
        self.pool, self.client = pool, client
        self._grants: dict[tuple[str, str], tuple[float, Any]] = {}

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        if scope["path"] == "/healthz":
            await _send(send, 200, {"ok": True})
            return
        from diebian.kernel.errors import DiebianError

        headers = {key.decode(): value.decode() for key, value in scope["headers"]}
        try:
            told = await self._answer(scope["path"], headers, await _body(receive))
            await _send(send, 200, told)
        except DiebianError as error:
            await _send(send, error.status, error.as_problem(instance=scope["path"]))
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            # The store is away: without it nothing is read, because nothing could be written.
            await _send(send, 503, _store_away(scope["path"]))

    async def _answer(self, path: str, headers: Headers, body: bytes) -> dict[str, Any]:
        from diebian.base.exchange.departments import ask
        from diebian.base.exchange.refusals import CallIncomplete, NotGranted

        if any(not headers.get(name) for name in NEEDED):
            raise CallIncomplete
        slug = path.removeprefix("/r/")
        grant = await self._grant(slug, headers.get("x-client-id", ""))
        if grant is None:
            raise NotGranted
        if bytes.fromhex(headers["x-purpose"]).decode() != grant["purpose"]:
            raise NotGranted("调用的用途和授权的用途不一致")
        contract = json.loads(grant["contract"])
        columns = json.loads(grant["columns"])
        try:
            parameters = json.loads(body)
            wanted = {key: str(parameters[key]) for key in contract["request"]}
        except (ValueError, KeyError, TypeError) as error:
            raise CallIncomplete from error
        rows = await ask(self.client, contract, wanted)
        cut = [{column: row[column] for column in columns} for row in rows]
        await self._write_read(headers, grant, columns, found=bool(cut))
        return {"found": bool(cut), "rows": cut}

    async def _grant(self, slug: str, system: str) -> Any:
        known = self._grants.get((slug, system))
        if known and time.monotonic() - known[0] < GRANT_SECONDS:
            return known[1]
        grant = await self.pool.fetchrow(GRANT, slug, system)
        self._grants[slug, system] = (time.monotonic(), grant)
        return grant

    async def _write_read(
        self, headers: Headers, grant: Any, columns: list[str], *, found: bool
    ) -> None:
        from diebian.kernel import clock
        from diebian.security.tracker.public import INSERT_READ

        await self.pool.execute(
            INSERT_READ,
            headers["x-call-id"],
            clock.now(),
            headers["x-subject"],
            headers["x-client-id"],
            bytes.fromhex(headers["x-reader"]).decode(),
            grant["credit_code"],
            grant["purpose"],
            headers["x-case-no"],
            grant["title"],
            "、".join(columns),
            "found" if found else "none",
        )


async def _body(receive: Any) -> bytes:
    body, more = b"", True
    while more and len(body) <= LARGEST_BODY:
        part = await receive()
        body, more = body + part.get("body", b""), part.get("more_body", False)
    return body


async def _send(send: Any, status: int, told: dict[str, Any]) -> None:
    body = json.dumps(told, ensure_ascii=False).encode()
    kind = b"application/json" if status < 400 else b"application/problem+json"  # noqa: PLR2004
    head = [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": head})
    await send({"type": "http.response.body", "body": body})


def _store_away(path: str) -> dict[str, Any]:
    from diebian.base.exchange.refusals import GatewayUnavailable

    return GatewayUnavailable().as_problem(instance=path)


async def main(socket: Path) -> None:
    socket.unlink(missing_ok=True)  # one left by a killed process would make bind fail
    pool = await asyncpg.create_pool(os.environ["DATABASE_URL"], min_size=1, max_size=8)
    async with httpx.AsyncClient() as client:
        server = Server(
            Broker(pool, client), uds=socket, interface=Interfaces.ASGI, websockets=False
        )
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, server.stop)
        await server.serve()
    await pool.close()


if __name__ == "__main__":
    django.setup()
    uvloop.run(main(Path(sys.argv[1])))
