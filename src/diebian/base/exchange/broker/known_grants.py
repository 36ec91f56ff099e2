"""The grants as the read path knows them: a second old at the most, asked for once by all."""

import asyncio
import time

import asyncpg

from diebian.base.exchange.protocol.deadline import Deadline, Patience
from diebian.base.exchange.protocol.refusals import NotGranted, NothingLeft
from diebian.kernel import clock

from .granted import GRANTS, Granted, granted

FRESH_SECONDS = 1.0
Found = tuple[float, list[Granted]]  # when, and the newest first


class Grants:
    def __init__(self, pool: asyncpg.Pool, patience: Patience) -> None:
        self._pool, self._patience = pool, patience
        self._known: dict[tuple[str, str], Found] = {}
        self._fetching: dict[tuple[str, str], asyncio.Task[Found]] = {}

    async def of(self, slug: str, system: str, purpose: str, deadline: Deadline) -> Granted:
        """Raises `NotGranted` where there is none, or none for this purpose; `NothingLeft` where
        the catalogue withholds all of it by now.
        """
        found = self._known.get((slug, system))
        if found is None or time.monotonic() - found[0] > FRESH_SECONDS:
            async with deadline.for_store():
                found = await self._fetched_once((slug, system))
        if not found[1]:
            raise NotGranted
        for grant in found[1]:
            if grant.purpose == purpose:
                if not grant.columns:
                    raise NothingLeft
                return grant
        raise NotGranted("调用的用途和授权的用途不一致")

    def forget(self) -> None:
        self._known.clear()

    async def _fetched_once(self, key: tuple[str, str]) -> Found:
        """Four hundred that come in the same moment ask the store one question, not so many."""
        under_way = self._fetching.get(key)
        if under_way is None:
            under_way = self._fetching[key] = asyncio.create_task(self._fetch(key))
            under_way.add_done_callback(lambda task: self._over(key, task))
        return await asyncio.shield(under_way)

    async def _fetch(self, key: tuple[str, str]) -> Found:
        async with asyncio.timeout(self._patience.store):
            rows = await self._pool.fetch(GRANTS, *key, clock.today())
        found = self._known[key] = time.monotonic(), [granted(row) for row in rows]
        return found

    def _over(self, key: tuple[str, str], task: asyncio.Task[Found]) -> None:
        del self._fetching[key]
        if not task.cancelled():
            task.exception()  # whoever still waits has it; with nobody left it is no surprise
