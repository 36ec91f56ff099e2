"""Whether a case is going on: asked before anything is verified for it."""

import asyncpg

from diebian.base.exchange.protocol.deadline import Deadline
from diebian.base.exchange.protocol.refusals import CaseNotLive

IS_LIVE = """
select 1 from exchange_livecase where system = $1 and case_no = $2 and closed_at is null
and ($3 = '' or subject = $3) limit 1
"""


class LiveCases:
    """For the read path: asked of the database for each verification, so that an end is an end."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    async def check(self, system: str, case_no: str, subject: str, deadline: Deadline) -> None:
        """`subject` empty: the interface asks for no person by number, the case alone counts."""
        async with deadline.for_store():
            found = await self._pool.fetchval(IS_LIVE, system, case_no, subject)
        if found is None:
            raise CaseNotLive
