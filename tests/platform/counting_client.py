"""A client that counts: many connections, each call once, and what came of each is remembered."""

import asyncio
import json
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from .gateway_rig import BODY, Gateway

CONNECTIONS = 16
STATUS = slice(9, 12)


@dataclass
class Seen:
    answered: dict[str, str] = field(default_factory=dict)  # request id of each 200 → call id
    statuses: Counter[int] = field(default_factory=Counter)
    refused: int = 0  # no connection came about
    broken: int = 0  # sent, and the answer did not come whole
    sent: int = 0


class CountingClient:
    """`pause`: seconds between a connection's calls; `closes`: each call on one of its own."""

    def __init__(
        self, gateway: Gateway, path: str, *, pause: float = 0, closes: bool = False
    ) -> None:
        self.gateway, self.path, self.seen = gateway, path, Seen()
        self.pause, self.closes = pause, closes
        self.changed: dict[str, str | None] = {}  # of the headers of a good call
        self.is_over = False

    async def run(self, during: Callable[["CountingClient"], None]) -> Seen:
        """Calls without a pause until `during`, which kills and waits, has come to its end."""
        calling = [asyncio.create_task(self._connection(n)) for n in range(CONNECTIONS)]
        try:
            await asyncio.to_thread(during, self)
        finally:
            self.is_over = True
            await asyncio.gather(*calling)
        return self.seen

    async def _connection(self, number: int) -> None:
        while not self.is_over:
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", self.gateway.port)
            except OSError:
                self.seen.refused += 1
            else:
                with suppress(OSError):
                    await self._calls(number, reader, writer)
                writer.close()
            await asyncio.sleep(self.pause or 0.02)

    async def _calls(
        self, number: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        while not self.is_over:
            self.seen.sent += 1
            call_id = f"crash-{id(self)}-{number}-{self.seen.sent}"
            try:
                status, head = await self.ask(call_id, reader, writer)
            except (OSError, asyncio.IncompleteReadError):
                self.seen.broken += 1
                return
            self.seen.statuses[status] += 1
            if status == 200:
                self.seen.answered[_value(head, "x-request-id")] = call_id
            if self.closes or b"connection: close" in head:
                return
            if self.pause:
                await asyncio.sleep(self.pause)

    async def ask(
        self, call_id: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> tuple[int, bytes]:
        """Status and head of one call; the answer has come whole."""
        writer.write(self._request(call_id))
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        await reader.readexactly(int(_value(head, "content-length")))
        return int(head[STATUS]), head

    def _request(self, call_id: str) -> bytes:
        body = json.dumps(BODY).encode()
        told = {
            **self.gateway.headers(x_call_id=call_id, **self.changed),
            "content-length": str(len(body)),
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
        return f"POST {self.path} HTTP/1.1\r\nhost: gateway\r\n{head}\r\n".encode() + body


def _value(head: bytes, name: str) -> str:
    return head.split(f"\r\n{name}: ".encode(), 1)[1].split(b"\r\n", 1)[0].decode()
