"""Taking turns at a department's system: in the season many ask at once, and it can take few.

A call that finds no place waits for one, in the order of coming, instead of failing. Who waited
longer than the gateway would is told to come again, before the caller is left without an answer.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from diebian.base.exchange.protocol.deadline import Deadline
from diebian.base.exchange.protocol.refusals import Busy


class Turns:
    """Of this process: with two brokers a department gets twice as many at once."""

    def __init__(self) -> None:
        self._places: dict[str, tuple[int, asyncio.Semaphore]] = {}

    @asynccontextmanager
    async def at(
        self, slug: str, contract: Mapping[str, Any], deadline: Deadline
    ) -> AsyncIterator[None]:
        """`at_once` of the contract says how many; raises `Busy` when no place came in time."""
        most = contract.get("at_once")
        if not most:
            yield
            return
        places = self._of(slug, int(most))
        try:
            async with deadline.for_place():
                await places.acquire()
        except TimeoutError as error:
            raise Busy from error
        try:
            yield
        finally:
            places.release()

    def _of(self, slug: str, most: int) -> asyncio.Semaphore:
        known = self._places.get(slug)
        if known is None or known[0] != most:  # mounted anew with another number
            known = self._places[slug] = most, asyncio.Semaphore(most)
        return known[1]
