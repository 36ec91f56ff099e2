"""`python -m diebian.base.exchange.bench.load`: calls as fast as one process can, and counts.

Not a general client: bytes made beforehand, keep-alive, one call in flight on each connection,
nothing parsed but status, length and request id. Its process must cost less than what it measures.
Spec on stdin, or a list of them, one after the other: port, head (request line and headers), body,
connections, seconds or calls (when it is over), ids (a file to append the request ids of good
answers to), rate (calls a second; then each call has a moment of its own, and its latency counts
from there, could it be sent then or not), persons. `NUMBER` in the head becomes a number of its own
each call, `PERSON` in the body one of `persons`.
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
SHARES = {"p50": 0.5, "p95": 0.95, "p99": 0.99}
NUMBER, PERSON, OK = b"NUMBER", b"PERSON", b"200"


class Run:
    def __init__(self, request: bytes, told: dict[str, Any]) -> None:
        self._before, self._numbered, self._after = request.partition(NUMBER)
        self._middle, self._personal, self._end = self._after.partition(PERSON)
        self._number = time.time_ns() // 1000
        self._persons = told.get("persons", 1)
        self._pause = 1 / told["rate"] if told.get("rate") else 0.0
        self._left = told.get("calls", 0) or 1 << 62
        self._moment = 0.0
        self.is_over = False
        self.ids: list[bytes] = []
        self.latencies: list[float] = []
        self.statuses: Counter[str] = Counter()
        self.broken = 0

    def request(self) -> bytes:
        self._left -= 1
        self.is_over = self.is_over or self._left <= 0
        if not self._numbered:
            return self._before
        self._number += 1
        if not self._personal:
            return b"%b%d%b" % (self._before, self._number, self._after)
        person = self._number % self._persons
        told = (self._before, self._number, self._middle, person, self._end)
        return b"%b%d%b%06d%b" % told

    def moment(self) -> float:
        """When the next call is due; nought where each follows the one before at once."""
        if self._pause:
            self._moment = (self._moment or time.perf_counter()) + self._pause
        return self._moment


class Connection(asyncio.Protocol):
    def __init__(self, run: Run, done: asyncio.Future[None]) -> None:
        self.run, self.done, self.got = run, done, b""
        self.transport: Any = None
        self.due = 0.0

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        self.next()

    def next(self) -> None:
        if self.run.is_over:
            self.transport.close()
            return
        self.due = self.run.moment()
        wait = self.due - time.perf_counter() if self.due else 0.0
        if wait > 0:
            asyncio.get_running_loop().call_later(wait, self.send)
        else:
            self.send()

    def send(self) -> None:
        self.transport.write(self.run.request())

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
        at = got.find(REQUEST_ID, 0, end) if got[9:12] == OK else -1
        if at > 0:
            run.ids.append(got[at + 14 : at + 14 + ID_LENGTH])
        if self.due:
            run.latencies.append(time.perf_counter() - self.due)
        self.next()

    def connection_lost(self, _: Exception | None) -> None:
        if not self.run.is_over:
            self.run.broken += 1
        if not self.done.done():
            self.done.set_result(None)


async def load(told: dict[str, Any]) -> dict[str, Any]:
    body = told["body"].encode()
    request = f"{told['head']}content-length: {len(body)}\r\n\r\n".encode() + body
    run, loop = Run(request, told), asyncio.get_running_loop()
    ends = [loop.create_future() for _ in range(told["connections"])]
    if told.get("seconds"):
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
        "milliseconds": _percentiles(run.latencies),
        "cpu_seconds": time.process_time() - cpu,
    }


def _percentiles(latencies: list[float]) -> dict[str, float]:
    if not latencies:
        return {}
    latencies.sort()
    at = {name: latencies[int(share * (len(latencies) - 1))] for name, share in SHARES.items()}
    return {name: round(1000 * seconds, 2) for name, seconds in at.items()}


if __name__ == "__main__":
    wanted = json.load(sys.stdin)
    done = [uvloop.run(load(one)) for one in (wanted if isinstance(wanted, list) else [wanted])]
    print(json.dumps(done if isinstance(wanted, list) else done[0]))  # noqa: T201
