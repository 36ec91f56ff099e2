"""Passing a call on to a node above: counted, signed, repeated where safe, or left alone."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import asyncpg

from diebian.base.exchange.protocol.deadline import Deadline
from diebian.base.exchange.protocol.refusals import (
    UpstreamQuotaUsed,
    UpstreamUnavailable,
    UpstreamWrong,
)
from diebian.base.exchange.protocol.store import STORE_AWAY
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.keys.public import Mac, held

from .breaker import Breaker
from .departments import ask
from .formats import Row
from .models import Circuit
from .node import Node

if TYPE_CHECKING:  # slow to load: not for every process that knows this component
    import httpx

# Counted before it is sent: killed in between, one is counted that never went, and never the other
# way. One statement counts and compares: of two calls on the last place only one gets it.
TAKE = """
insert into exchange_upstreamday (upstream_id, interface, day, used, told_out)
values ($1, $2, $3, 1, false)
on conflict (upstream_id, interface, day) do update set used = exchange_upstreamday.used + 1
where exchange_upstreamday.used < $4 and not exchange_upstreamday.told_out
returning used
"""
TOLD_OUT = """
update exchange_upstreamday set told_out = true
where upstream_id = $1 and interface = $2 and day = $3
"""
NOTE = """
update exchange_upstream set circuit = $2, circuit_since = $3, circuit_reason = $4
where id = $1 and address = $5
"""
WITHOUT_LIMIT = 2**31 - 1
TRIES = 2


class Upstreams:
    """Of this process: each broker tries a node for itself."""

    def __init__(
        self, pool: asyncpg.Pool, client: "httpx.AsyncClient", *, mac: Mac | None = None
    ) -> None:
        """`mac`: a key to be tried, instead of the one that is held."""
        self._pool, self._client, self._mac = pool, client, mac
        self._breakers: dict[Node, Breaker] = {}
        self._notes: set[asyncio.Task[None]] = set()

    async def ask(
        self, node: Node, contract: Mapping[str, Any], wanted: dict[str, str], deadline: Deadline
    ) -> list[Row]:
        """Raises `CircuitOpen`, `UpstreamQuotaUsed`, or what a department's call may raise."""
        breaker = self._breaker(node)
        before = breaker.circuit
        try:
            with breaker.passing():
                return await self._tries(node, contract, wanted, deadline)
        except UpstreamQuotaUsed as refusal:
            if refusal.is_told:
                await self._pool.execute(TOLD_OUT, node.id, contract["path"], clock.today())
            raise
        finally:
            if breaker.circuit != before:
                self._note_later(node, breaker)

    async def _tries(
        self, node: Node, contract: Mapping[str, Any], wanted: dict[str, str], deadline: Deadline
    ) -> list[Row]:
        """Each of them counts at the node, and so here."""
        mac = self._mac or _held(node)
        for tries_left in reversed(range(TRIES)):
            await self._take(node, contract, deadline)
            seconds = deadline.for_department()
            try:
                return await ask(
                    self._client, contract, wanted, seconds=seconds, mac=mac, base=node.address
                )
            except (UpstreamUnavailable, UpstreamWrong) as error:
                if not tries_left or not _may_repeat(contract, error):
                    raise
        raise AssertionError("the last try returns or raises")

    async def _take(self, node: Node, contract: Mapping[str, Any], deadline: Deadline) -> None:
        limit = contract.get("quota", {}).get("day", WITHOUT_LIMIT)
        async with deadline.for_store():
            used = await self._pool.fetchval(
                TAKE, node.id, contract["path"], clock.today(), int(limit)
            )
        if used is None:
            raise UpstreamQuotaUsed

    def _breaker(self, node: Node) -> Breaker:
        """Another number of failures or seconds makes another breaker."""
        if node not in self._breakers:
            self._breakers[node] = Breaker(
                opens_after=node.opens_after,
                rests_seconds=node.rests_seconds,
                is_fault=lambda error: isinstance(error, UpstreamUnavailable | UpstreamWrong),
            )
        return self._breakers[node]

    def _note_later(self, node: Node, breaker: Breaker) -> None:
        """For the page; a call does not wait for it."""
        task = asyncio.create_task(self._note(node, breaker.circuit, breaker.reason))
        self._notes.add(task)
        task.add_done_callback(self._notes.discard)

    async def _note(self, node: Node, circuit: Circuit, reason: str) -> None:
        """Nothing where it has moved meanwhile: that is another story."""
        told = circuit.value, clock.now(), reason[:200], node.address
        with suppress(*STORE_AWAY):
            await self._pool.execute(NOTE, node.id, *told)


def _held(node: Node) -> Mac:
    try:
        return held(node.held_as)
    except NotFound as error:
        raise UpstreamUnavailable(f"{node.title}的密钥还没有登记") from error


def _may_repeat(contract: Mapping[str, Any], error: BaseException) -> bool:
    """Safe where the question never went out, or where asking twice changes nothing up there.

    One that took all its time is not asked again: there is none left, and it is slow already.
    """
    import httpx

    if isinstance(error.__cause__, httpx.ConnectError):
        return True
    is_slow = isinstance(error.__cause__, TimeoutError | httpx.TimeoutException)
    return bool(contract.get("repeatable")) and not is_slow
