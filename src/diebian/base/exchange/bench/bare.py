"""`python -m diebian.base.exchange.bench.bare SOCKET`: what one would write without sharing.

The same server and the same client as the broker's: it takes a question, asks the department, gives
the answer on. It asks no grant, cuts nothing, counts nothing and writes nothing.
"""

import asyncio
import json
import signal
import sys
from pathlib import Path
from typing import Any

import httpx
import uvloop
from granian.constants import Interfaces
from granian.server.embed import Server

from diebian.base.exchange.adapters.departments import ask
from diebian.base.exchange.protocol.deadline import PATIENCE

from .origin import CONTRACT

MOST_CONNECTIONS = 4096


async def main(socket: Path) -> None:
    async with httpx.AsyncClient(limits=httpx.Limits(max_connections=None)) as client:

        async def app(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] != "http":
                return
            told: dict[str, Any] = {"ok": True}
            if scope["path"] != "/healthz":
                wanted = json.loads((await receive())["body"])
                rows = await ask(client, CONTRACT, wanted, seconds=PATIENCE.department)
                told = {"found": bool(rows), "rows": rows}
            body = json.dumps(told, ensure_ascii=False).encode()
            length = (b"content-length", str(len(body)).encode())
            head = [(b"content-type", b"application/json"), length]
            await send({"type": "http.response.start", "status": 200, "headers": head})
            await send({"type": "http.response.body", "body": body})

        server = Server(
            app,
            uds=socket,
            interface=Interfaces.ASGI,
            websockets=False,
            backlog=MOST_CONNECTIONS,
            backpressure=MOST_CONNECTIONS,
        )
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, server.stop)
        await server.serve()


if __name__ == "__main__":
    Path(sys.argv[1]).unlink(missing_ok=True)
    uvloop.run(main(Path(sys.argv[1])))
