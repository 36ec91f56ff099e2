"""A grant's calls of one day, counted in the database: exact with any number of brokers."""

import asyncio

import asyncpg

from diebian.kernel import clock

from .journal import STORE_SECONDS
from .refusals import OverDailyLimit

# One statement counts and compares: of two calls at once on the last place only one gets it.
TAKE = """
insert into exchange_grantday (grant_id, day, used) values ($1, $2, 1)
on conflict (grant_id, day) do update set used = exchange_grantday.used + 1
where exchange_grantday.used < $3
returning used
"""


class Quotas:
    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    async def take(self, grant: int, limit: int | None) -> None:
        """Counts one call of today; raises `OverDailyLimit` when all were made. None: no limit.

        A call that then fails at the department has been made: it counts.
        """
        if limit is None:
            return
        async with asyncio.timeout(STORE_SECONDS):
            if await self._pool.fetchval(TAKE, grant, clock.today(), limit) is None:
                raise OverDailyLimit
