"""What the systems share: a server, a store, a fault switch. Each has its own manners."""

import argparse
import asyncio
import os
import signal
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import uvloop
import yaml
from granian.constants import Interfaces
from granian.server.embed import Server

Row = dict[str, Any]
LARGEST_BODY = 64 * 1024


@dataclass
class Request:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    query: str


@dataclass
class Reply:
    body: str
    status: int = 200
    kind: str = "application/json; charset=utf-8"
    encoding: str = "utf-8"


@dataclass(frozen=True)
class Table:
    """`seed`: under which name the seed file has its rows, in the table's own words. `perhaps`:
    columns that a row may leave out.
    """

    seed: str
    name: str
    columns: tuple[str, ...]
    perhaps: tuple[str, ...] = ()

    async def fill(self, connection: asyncpg.Connection, rows: Sequence[Row]) -> None:
        """What stands there already stays as it is."""
        named = (*self.columns, *self.perhaps)
        places = ", ".join(f"${place}" for place in range(1, len(named) + 1))
        await connection.executemany(
            f"insert into {self.name}({', '.join(named)}) values({places}) on conflict do nothing",
            [(*(row[one] for one in self.columns), *(row.get(one, "") for one in self.perhaps))
             for row in rows],
        )  # fmt: skip


@dataclass
class Department:
    """A system: its name, what it keeps, its answers."""

    name: str
    schema: str
    tables: Sequence[Table]
    answer: Callable[[asyncpg.Pool, Request], Awaitable[Reply]]
    fault: str = field(default="off")


def serve(department: Department) -> None:
    words = argparse.ArgumentParser()
    words.add_argument("--port", type=int, required=True)
    uvloop.run(_run(department, words.parse_args().port))


async def _run(department: Department, port: int) -> None:
    pool = await open_store(department)

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            reply = await _reply(department, pool, await _read(scope, receive))
            await _send(send, reply)

    server = Server(
        app, address="127.0.0.1", port=port, interface=Interfaces.ASGI, websockets=False
    )
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, server.stop)
    await server.serve()
    await pool.close()


async def open_store(department: Department) -> asyncpg.Pool:
    """The system's own database, made and filled at first start."""
    url = os.environ["SANDBOX_DATABASE_URL"]
    parts = urlsplit(url)
    own = parts.path.strip("/")  # on a server that several installations share
    name = f"sandbox_{department.name}" if own in {"", "postgres"} else f"{own}_{department.name}"
    root = await asyncpg.connect(url)
    # One at a time may copy the template; and two that fill one database would wait for each other.
    await root.execute("select pg_advisory_lock(7301)")
    if not await root.fetchval("select 1 from pg_database where datname = $1", name):
        await root.execute(f'create database "{name}"')
    pool = await asyncpg.create_pool(
        urlunsplit(parts._replace(path=f"/{name}")), min_size=1, max_size=4
    )
    told = yaml.load(Path(os.environ["SANDBOX_SEED"]).read_text(), yaml.CSafeLoader)
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute(department.schema)
        for table in department.tables:
            await table.fill(connection, told.get(table.seed, []))
    await root.close()
    return pool


async def _reply(department: Department, pool: asyncpg.Pool, request: Request) -> Reply:
    if request.path == "/healthz":
        return Reply('{"ok":true}')
    if request.path == "/__fault" and os.environ.get("SANDBOX_FAULTS") == "1":
        department.fault = request.query.removeprefix("mode=")
        return Reply(department.fault)
    if department.fault == "slow":
        await asyncio.sleep(8)
    if department.fault == "down":
        return Reply("", status=503)
    if department.fault == "garbage":
        return Reply("<<<%%%")
    reply = await department.answer(pool, request)
    # The work is done, and the answer gets lost on its way.
    return Reply("", status=504) if department.fault == "lost" else reply


async def _read(scope: Any, receive: Any) -> Request:
    body, more = b"", True
    while more and len(body) <= LARGEST_BODY:
        part = await receive()
        body, more = body + part.get("body", b""), part.get("more_body", False)
    headers = {key.decode().lower(): value.decode() for key, value in scope["headers"]}
    query = scope.get("query_string", b"").decode()
    return Request(scope["method"], scope["path"], headers, body, query)


async def _send(send: Any, reply: Reply) -> None:
    body = reply.body.encode(reply.encoding)
    head = [(b"content-type", reply.kind.encode()), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": reply.status, "headers": head})
    await send({"type": "http.response.body", "body": body})
