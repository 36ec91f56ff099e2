"""A grant's calls of one day, counted in the database: exact with any number of brokers."""

import asyncpg

from diebian.base.exchange.protocol.deadline import Deadline
from diebian.base.exchange.protocol.refusals import OverDailyLimit, TooManyGuesses
from diebian.kernel import clock

# One statement counts and compares: of two calls at once on the last place only one gets it.
TAKE = """
insert into exchange_grantday (grant_id, day, used) values ($1, $2, 1)
on conflict (grant_id, day) do update set used = exchange_grantday.used + 1
where exchange_grantday.used < $3
returning used
"""


TAKE_GUESS = """
insert into exchange_verifyday (grant_id, subject, day, used) values ($1, $2, $3, 1)
on conflict (grant_id, subject, day) do update set used = exchange_verifyday.used + 1
where exchange_verifyday.used < $4
returning used
"""
GUESSES = 5  # a day about one person: enough to correct a slip, too few to find a number out


class Quotas:
    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    async def take(self, grant: int, limit: int | None, deadline: Deadline) -> None:
        """Counts one call of today; raises `OverDailyLimit` when all were made. None: no limit.

        A call that then fails at the department has been made: it counts.
        """
        if limit is None:
            return
        if not await self._taken(deadline, TAKE, grant, clock.today(), limit):
            raise OverDailyLimit

    async def take_guess(self, grant: int, subject: str, deadline: Deadline) -> None:
        """Counts one verification about this person; raises `TooManyGuesses`."""
        if not await self._taken(deadline, TAKE_GUESS, grant, subject, clock.today(), GUESSES):
            raise TooManyGuesses

    async def _taken(self, deadline: Deadline, query: str, *values: object) -> bool:
        async with deadline.for_store():
            return await self._pool.fetchval(query, *values) is not None
