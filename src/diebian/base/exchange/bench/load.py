"""`python -m diebian.base.exchange.bench.load`: calls as fast as one process can, and counts.

Not a general client: bytes made beforehand, keep-alive, one call in flight on each connection,
nothing parsed but status, length and request id. Its process must cost less than what it measures.
Spec on stdin: port, head (request line and headers), body, connections, seconds, ids (a file to
append the answers' request ids to). `NUMBER` in the head becomes a number of its own each call.
"""

import asyncio
import json
import sys
import time
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

import uvloop

LENGTH, REQUEST_ID, ID_LENGTH = b"content-length: ", b"x-request-id: ", 36
NUMBER = b"NUMBER"


class Run:
    def __init__(self, request: bytes) -> None:
        self._before, self._numbered, self._after = request.partition(NUMBER)
        self._number = time.time_ns() // 1000
        self.is_over = False
        self.ids: list[bytes] = []
        self.statuses: Counter[str] = Counter()
        self.broken = 0

    def request(self) -> bytes:
        if not self._numbered:
            return self._before
        self._number += 1
        return b"%b%d%b" % (self._before, self._number, self._after)


class Connection(asyncio.Protocol):
    def __init__(self, run: Run, done: asyncio.Future[None]) -> None:
        self.run, self.done, self.got = run, done, b""
        self.transport: Any = None

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        transport.write(self.run.request())

    def data_received(self, data: bytes) -> None:
        got = self.got + data if self.got else data
        end = got.find(b"\r\n\r\n")
        at = got.find(LENGTH, 0, end) if end > 0 else -1
        if at < 0 or len(got) < end + 4 + int(got[at + 16 : got.index(b"\r", at)]):
            self.got = got
            return
        self.got = b""
        run = self.run
        run.statuses[got[9:12].decode()] += 1
        at = got.find(REQUEST_ID, 0, end)
        if at > 0:
            run.ids.append(got[at + 14 : at + 14 + ID_LENGTH])
        if run.is_over:
            self.transport.close()
        else:
            self.transport.write(run.request())

    def connection_lost(self, _: Exception | None) -> None:
        if not self.run.is_over:
            self.run.broken += 1
        if not self.done.done():
            self.done.set_result(None)


async def load(told: dict[str, Any]) -> dict[str, Any]:
    body = told["body"].encode()
    request = f"{told['head']}content-length: {len(body)}\r\n\r\n".encode() + body
    run, loop = Run(request), asyncio.get_running_loop()
    ends = [loop.create_future() for _ in range(told["connections"])]
    loop.call_later(told["seconds"], setattr, run, "is_over", True)
    began, cpu = time.perf_counter(), time.process_time()
    for end in ends:
        await loop.create_connection(partial(Connection, run, end), "127.0.0.1", told["port"])
    await asyncio.gather(*ends)
    took = time.perf_counter() - began
    if told.get("ids"):
        with Path(told["ids"]).open("ab") as out:
            out.writelines(one + b"\n" for one in run.ids)
    return {
        "statuses": run.statuses,
        "seconds": took,
        "broken": run.broken,
        "cpu_seconds": time.process_time() - cpu,
    }


if __name__ == "__main__":
    print(json.dumps(uvloop.run(load(json.load(sys.stdin)))))  # noqa: T201
