"""Asking once with a contract's own sample: for mounting, for trying out, for a new key.

A node above the city counts these calls as well, so they are counted here as well.
"""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import fields, replace
from typing import Any

from django.db import connection

from diebian.base.exchange.protocol.deadline import Deadline, Patience
from diebian.base.exchange.protocol.refusals import UpstreamUnavailable
from diebian.kernel.trust import trusted
from diebian.security.keys.public import Mac
from diebian.standards.contracts import person_fault

from .departments import ask
from .formats import Row
from .models import Upstream
from .node import Node
from .refusals import PersonUnmarked
from .upstreams import Upstreams

# Nobody waits for a mounting as for a case.
PATIENCE = Patience(gateway=24, department=20)
AT_ONCE = 8
NODE = [one.name for one in fields(Node)]


def probe(contract: Mapping[str, Any]) -> set[str]:
    """Names the columns that came. Raises `PersonUnmarked` before anybody is asked."""
    [columns] = probe_all([contract])
    return columns


def probe_all(contracts: Sequence[Mapping[str, Any]]) -> list[set[str]]:
    """As `probe`, of many at once. Raises what the first that fails raises."""
    for contract in contracts:
        if fault := person_fault(contract):
            raise PersonUnmarked(fault)
    told = asyncio.run(_asked(contracts, _nodes(contracts), None))
    return [{column for row in rows for column in row} for rows in told]


def sample_rows(contract: Mapping[str, Any], mac: Mac | None = None) -> list[Row]:
    """`mac`: to be tried instead of the one that is held."""
    [rows] = asyncio.run(_asked([contract], _nodes([contract]), mac))
    return rows


def try_at(address: str, contracts: Sequence[Mapping[str, Any]], mac: Mac | None) -> None:
    """Asks a node at another address, with each of its interfaces' samples; where it has none,
    whether anybody answers there, and with nothing secret. Raises what the first failure raises.
    """
    if not contracts:
        asyncio.run(_answers(address))
        return
    nodes = {name: replace(node, address=address) for name, node in _nodes(contracts).items()}
    asyncio.run(_asked(contracts, nodes, mac))


def _nodes(contracts: Sequence[Mapping[str, Any]]) -> dict[str, Node]:
    systems = {one["system"] for one in contracts}
    rows = Upstream.objects.filter(system__in=systems).values(*NODE)
    return {row["system"]: Node(**row) for row in rows}


async def _asked(
    contracts: Sequence[Mapping[str, Any]], nodes: Mapping[str, Node], mac: Mac | None
) -> list[list[Row]]:
    import asyncpg
    import httpx

    async with AsyncExitStack() as open_ones:
        client = await open_ones.enter_async_context(httpx.AsyncClient(verify=trusted()))
        upstreams = None
        if nodes:
            # A connection of its own: what is counted stays counted if the mounting is undone.
            made = asyncpg.create_pool(store_address(), min_size=1, max_size=1)
            upstreams = Upstreams(await open_ones.enter_async_context(made), client, mac=mac)
        at_once = asyncio.Semaphore(AT_ONCE)

        async def one(contract: Mapping[str, Any]) -> list[Row]:
            async with at_once:
                deadline, node = Deadline(PATIENCE), nodes.get(contract["system"])
                if node is None or upstreams is None:
                    seconds = deadline.for_department()
                    return await ask(client, contract, contract["probe"], seconds=seconds)
                return await upstreams.ask(node, contract, contract["probe"], deadline)

        return await asyncio.gather(*(one(contract) for contract in contracts))


async def _answers(address: str) -> None:
    import httpx

    async with httpx.AsyncClient(verify=trusted(), timeout=PATIENCE.department) as client:
        try:
            await client.get(address)
        except httpx.HTTPError as error:
            raise UpstreamUnavailable from error


def store_address() -> str:
    """Of the database that Django uses, for a driver of another kind."""
    told = connection.settings_dict
    where = {"host": told["HOST"], "port": told["PORT"], "user": told["USER"]}
    if told["PASSWORD"]:
        where["password"] = told["PASSWORD"]
    words = "&".join(f"{name}={value}" for name, value in where.items() if value)
    return f"postgresql:///{told['NAME']}?{words}"
