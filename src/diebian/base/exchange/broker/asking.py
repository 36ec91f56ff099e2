"""How an answer comes to a call that may have it: a place at the system, then the system itself."""

import asyncio
from typing import TYPE_CHECKING

import asyncpg

from diebian.base.exchange.adapters.agreed import Agreement
from diebian.base.exchange.adapters.departments import ask
from diebian.base.exchange.adapters.formats import Row
from diebian.base.exchange.adapters.own_answers import answerer_of
from diebian.base.exchange.adapters.turns import Turns
from diebian.base.exchange.adapters.upstreams import Upstreams
from diebian.base.exchange.protocol.deadline import Deadline
from diebian.base.exchange.protocol.refusals import UpstreamWrong
from diebian.base.exchange.waiting_line.standing import Seasons

from .granted import Granted

if TYPE_CHECKING:
    import httpx


class Asking:
    def __init__(self, pool: asyncpg.Pool, client: "httpx.AsyncClient") -> None:
        self._pool, self._client, self._turns = pool, client, Turns()
        self._upstreams, self.seasons = Upstreams(pool, client), Seasons(pool)
        self.agreement = Agreement(pool)

    async def rows(
        self, slug: str, grant: Granted, wanted: dict[str, str], deadline: Deadline
    ) -> list[Row]:
        """What came, looked at against what the entry says."""
        try:
            rows = await self._asked(slug, grant, wanted, deadline)
        except UpstreamWrong:
            self.agreement.unreadable(slug)
            raise
        self.agreement.look(slug, rows, grant.items)
        return rows

    async def _asked(
        self, slug: str, grant: Granted, wanted: dict[str, str], deadline: Deadline
    ) -> list[Row]:
        async with self._turns.at(slug, grant.contract, deadline):
            own = answerer_of(grant.contract)
            if own is not None:
                async with deadline.for_store():
                    return await own.rows(self._pool, grant.contract, wanted)
            if grant.node is not None:
                return await self._upstreams.ask(grant.node, grant.contract, wanted, deadline)
            seconds = deadline.for_department()
            return await ask(self._client, grant.contract, wanted, seconds=seconds)

    async def beats(self) -> None:
        """For ever: what is told of seasons and answers, each second. Ends if one of them does."""
        await asyncio.gather(self.seasons.beat(), self.agreement.beat())
