"""How an answer comes to a call that may have it: a place at the system, then the system itself."""

from typing import TYPE_CHECKING

import asyncpg

from .deadline import Deadline
from .departments import Row, ask
from .granted import Granted
from .seasons import Seasons
from .turns import Turns
from .upstreams import Upstreams

if TYPE_CHECKING:
    import httpx


class Asking:
    def __init__(self, pool: asyncpg.Pool, client: "httpx.AsyncClient") -> None:
        self._client, self._turns = client, Turns()
        self._upstreams, self.seasons = Upstreams(pool, client), Seasons(pool)

    async def rows(
        self, slug: str, grant: Granted, wanted: dict[str, str], deadline: Deadline
    ) -> list[Row]:
        async with self._turns.at(slug, grant.contract, deadline):
            if grant.node is not None:
                return await self._upstreams.ask(grant.node, grant.contract, wanted, deadline)
            seconds = deadline.for_department()
            return await ask(self._client, grant.contract, wanted, seconds=seconds)
