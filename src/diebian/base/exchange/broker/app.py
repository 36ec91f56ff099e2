"""The read path (ADR 2): checks the call, asks the department, writes who read, then answers.

`python -m diebian.base.exchange.broker.app SOCKET`: a plain ASGI application, no framework: one
process serves many waiting departments at once.
"""

import asyncio
import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import asyncpg
import django
import httpx
import uvloop
from granian.constants import Interfaces
from granian.server.embed import Server

from diebian.base.exchange.protocol.deadline import PATIENCE, STORE_SECONDS, Deadline, Patience
from diebian.kernel.trust import trusted

from .granted import Granted
from .known_grants import Grants

MOST_CONNECTIONS = 4096
Told = dict[str, Any]


class Broker:
    def __init__(
        self, pool: asyncpg.Pool, client: httpx.AsyncClient, patience: Patience = PATIENCE
    ) -> None:
        from diebian.base.exchange.cases.live_cases import LiveCases

        from .asking import Asking
        from .journal import Journal
        from .quotas import Quotas

        self.pool, self.patience = pool, patience
        self.journal = Journal(pool, seconds=patience.store)
        self.quotas, self.asking = Quotas(pool), Asking(pool, client)
        self.cases = LiveCases(pool)
        self.grants = Grants(pool, patience)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        if scope["path"] == "/healthz":
            await _send(send, 200, {"ok": True})
            return
        headers = {
            key.decode("latin-1"): value.decode("latin-1") for key, value in scope["headers"]
        }
        status, told = await self._written_answer(scope["path"], headers, receive)
        await _send(send, status, told)

    async def _written_answer(
        self, path: str, headers: Mapping[str, str], receive: Any
    ) -> tuple[int, Told]:
        from diebian.base.exchange.protocol.refusals import GatewayUnavailable
        from diebian.base.exchange.protocol.store import STORE_AWAY
        from diebian.kernel import clock

        from .asked import place
        from .journal import Line
        from .refused import Known

        at, began, where = clock.now(), time.monotonic(), place(path, headers)
        known = Known(headers)
        status, told, read = await self._outcome(where, known, receive)
        milliseconds = round((time.monotonic() - began) * 1000)
        code = "" if read is not None else told["code"]
        line = Line(where.instance, where.request_id, at, where.slug, where.system,
                    status, milliseconds, code)  # fmt: skip
        refused = known.row(where.request_id, at, told.get("detail", "")) if code else None
        try:
            await self.journal.write(line, read, refused)
        except STORE_AWAY:
            # Without the store nothing is answered, because nothing could be written.
            return GatewayUnavailable.status, _problem(GatewayUnavailable(), where.request_id)
        return status, told

    async def _outcome(self, where: Any, known: Any, receive: Any) -> tuple[int, Told, Any]:
        from diebian.base.exchange.protocol.refusals import BrokerFailed, GatewayUnavailable
        from diebian.base.exchange.protocol.store import STORE_AWAY
        from diebian.kernel.errors import DiebianError

        refusal: DiebianError
        try:
            told, read = await self._answer(where, known, receive)
        except DiebianError as error:
            refusal = error
        except STORE_AWAY:
            refusal = GatewayUnavailable()
        except Exception:  # a fault of ours: told in the log, not to the caller
            traceback.print_exc()
            refusal = BrokerFailed()
        else:
            return 200, told, read
        return refusal.status, _problem(refusal, where.request_id), None

    async def _answer(self, where: Any, known: Any, receive: Any) -> tuple[Told, tuple[Any, ...]]:
        from diebian.base.exchange.protocol.refusals import Busy, ColumnsGone
        from diebian.kernel import clock

        from .asked import about, asked, body_of, question_in

        deadline = Deadline(self.patience)
        call = asked(known.headers)
        grant = known.grant = await self.grants.of(where.slug, where.system, call.purpose, deadline)
        body = known.body = await body_of(receive)
        wanted, claims = question_in(
            grant.contract, grant.columns, body, is_verification=grant.is_verification
        )
        if gone := grant.gone(claims if grant.is_verification else grant.columns):
            self.asking.agreement.gone(where.slug, gone)
            raise ColumnsGone("、".join(grant.name_of(column) for column in gone))
        whom = about(grant.contract, wanted, call)
        known.subject = whom.person
        seasons = self.asking.seasons
        fields = grant.contract["fields"]
        rows = seasons.kept(grant.season, where.system, fields, wanted)
        if rows is None and grant.season is not None:
            ticket = call.ticket
            await seasons.stand_in_line(grant.season, where.system, whom.subject, ticket, deadline)
        await self.quotas.take(grant.id, grant.daily_limit, deadline)
        if grant.is_verification:
            await self.cases.check(where.system, call.case_no, whom.person, deadline)
            await self.quotas.take_guess(grant.id, whom.guessed, deadline)
        if rows is None:
            try:
                rows = await self.asking.rows(where.slug, grant, wanted, deadline)
            except Busy as busy:
                if grant.season is None:
                    raise
                raise seasons.kept_place(grant.season, where.system, whom.subject) from busy
            seasons.keep(grant.season, fields, wanted, rows)
        shown = list(claims) if grant.is_verification else grant.columns
        told = _told(grant, rows, claims)
        read = (
            where.request_id,
            call.call_id,
            where.slug,
            clock.now(),
            whom.subject,
            where.system,
            call.reader,
            grant.consumer,
            grant.purpose,
            call.case_no,
            grant.title,
            "、".join(grant.name_of(column) for column in shown),
            "found" if told["found"] else "none",
        )
        return told, read


def _told(grant: Granted, rows: Any, claims: Mapping[str, str]) -> Told:
    """The rows as far as the grant goes, or of each claim only whether it is right."""
    from .allowed import allowed, matches, of_region

    if grant.is_verification:
        found = of_region(rows, grant.contract, grant.region)
        return {"found": bool(found), "matches": matches(found, claims) if found else {}}
    cut = allowed(rows, grant.columns, grant.masked, grant.contract, grant.region)
    told = {"found": bool(cut), "rows": cut}
    return {**told, "withheld": grant.withheld} if grant.withheld else told


async def _send(send: Any, status: int, told: Told) -> None:
    """A refusal that knows when to come again says so in the head as well."""
    body = json.dumps(told, ensure_ascii=False).encode()
    kind = b"application/json" if status < 400 else b"application/problem+json"  # noqa: PLR2004
    head = [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
    if "retry_after" in told:
        head.append((b"retry-after", str(told["retry_after"]).encode()))
    await send({"type": "http.response.start", "status": status, "headers": head})
    await send({"type": "http.response.body", "body": body})


def _problem(refusal: Any, request_id: str) -> Told:
    told: Told = refusal.as_problem(instance=f"urn:uuid:{request_id}")
    return {**told, **getattr(refusal, "extra", {}), "request_id": request_id}


async def main(socket: Path) -> None:
    socket.unlink(missing_ok=True)  # one left by a killed process would make bind fail
    pool = await asyncpg.create_pool(
        os.environ["DATABASE_URL"], min_size=1, max_size=8, command_timeout=STORE_SECONDS
    )
    # No limit over all departments together: a slow one would take the places of the others.
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=200)
    async with httpx.AsyncClient(limits=limits, verify=trusted()) as client:
        broker = Broker(pool, client)
        server = Server(
            broker,
            uds=socket,
            interface=Interfaces.ASGI,
            websockets=False,
            # By default 128: with more connections than that, Envoy is refused or not answered.
            backlog=MOST_CONNECTIONS,
            backpressure=MOST_CONNECTIONS,
        )
        stop: Callable[[], None] = server.stop
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop)
        writer = asyncio.create_task(broker.journal.keep())
        # A writer that ends takes the process with it: the supervisor sees that, and starts anew.
        writer.add_done_callback(lambda _: stop())
        pulse = asyncio.create_task(broker.asking.beats())
        pulse.add_done_callback(lambda _: stop())
        await server.serve()
        if writer.done():
            writer.result()
        writer.cancel()
        pulse.cancel()
    await pool.close()


if __name__ == "__main__":
    django.setup()
    uvloop.run(main(Path(sys.argv[1])))
