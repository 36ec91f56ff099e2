"""The broker's book (ADR 4): who read and which call was answered, committed before the answer.

One writer takes all that waits and commits it at once: under load one flush to disk serves many
calls. An answer leaves only after its lines are safe.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from diebian.base.exchange.protocol.deadline import STORE_SECONDS
from diebian.base.exchange.protocol.store import STORE_AWAY
from diebian.security.tracker.public import INSERT_READ

from .refused import INSERT_REFUSED
from .refused import Row as Refused

LARGEST_BATCH = 500
INSERT_LINE = """
insert into exchange_journalline
  (instance, request_id, at, route, system, status, milliseconds, code)
values ($1, $2, $3, $4, $5, $6, $7, $8)
"""
Read = tuple[str | datetime, ...]  # in the order of the tracker's READ_COLUMNS


@dataclass(frozen=True)
class Line:
    instance: str
    request_id: str
    at: datetime
    route: str
    system: str
    status: int
    milliseconds: int
    code: str  # of the refusal; empty where it was answered

    @property
    def row(self) -> tuple[str | datetime | int, ...]:
        return (self.instance, self.request_id, self.at, self.route, self.system,
                self.status, self.milliseconds, self.code)  # fmt: skip


@dataclass(frozen=True)
class Waiting:
    line: Line
    read: Read | None
    refused: Refused | None
    written: asyncio.Future[None]


class Journal:
    def __init__(self, pool: asyncpg.Pool, *, seconds: float = STORE_SECONDS) -> None:
        self._pool, self._seconds = pool, seconds
        self._queue: asyncio.Queue[Waiting] = asyncio.Queue()

    async def write(self, line: Line, read: Read | None, refused: Refused | None = None) -> None:
        """`refused`: instead of a read. Returns when all is committed; raises one of `STORE_AWAY`
        when it may not be.
        """
        waiting = Waiting(line, read, refused, asyncio.get_running_loop().create_future())
        self._queue.put_nowait(waiting)
        async with asyncio.timeout(self._seconds):
            await waiting.written

    async def keep(self) -> None:
        """For ever. Whoever starts it must watch it: a broker without it answers nothing."""
        while True:
            batch = [await self._queue.get()]
            while not self._queue.empty() and len(batch) < LARGEST_BATCH:
                batch.append(self._queue.get_nowait())
            await self._settle(batch)

    async def _settle(self, batch: Sequence[Waiting]) -> None:
        try:
            await self._commit(batch)
        except STORE_AWAY as error:
            if len(batch) > 1 and not _is_away(error):
                for one in batch:  # one line that the store refuses spoils no other
                    await self._settle([one])
                return
            for one in batch:
                if not one.written.done():
                    one.written.set_exception(error)
            return
        for one in batch:
            if not one.written.done():  # its caller may have gone
                one.written.set_result(None)

    async def _commit(self, batch: Sequence[Waiting]) -> None:
        """A connection for each batch: one held over a restart of the database stays dead."""
        reads = [one.read for one in batch if one.read is not None]
        refused = [one.refused for one in batch if one.refused is not None]
        acquired = self._pool.acquire(timeout=self._seconds)
        async with acquired as connection, connection.transaction():
            if reads:
                await connection.executemany(INSERT_READ, reads)
            if refused:
                await connection.executemany(INSERT_REFUSED, refused)
            await connection.executemany(INSERT_LINE, [one.line.row for one in batch])


def _is_away(error: BaseException) -> bool:
    refused = isinstance(error, asyncpg.DataError | asyncpg.IntegrityConstraintViolationError)
    return not refused and not isinstance(error, ValueError)
