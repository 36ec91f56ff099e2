"""Asking once with a contract's own sample: for mounting, for trying out, for a new key.

A node above the city counts these calls as well, so they are counted here as well.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

from django.db import connection

from diebian.kernel.trust import trusted
from diebian.security.keys.public import Mac
from diebian.standards.contracts import person_fault

from .deadline import Deadline, Patience
from .departments import Row, ask
from .models_upstream import Upstream
from .node import Node
from .refusals import PersonUnmarked
from .upstreams import Upstreams

# Nobody waits for a mounting as for a case.
PATIENCE = Patience(gateway=24, department=20)


def probe(contract: Mapping[str, Any]) -> set[str]:
    """Names the columns that came. Raises `PersonUnmarked` before anybody is asked."""
    if fault := person_fault(contract):
        raise PersonUnmarked(fault)
    return {column for row in sample_rows(contract) for column in row}


def sample_rows(contract: Mapping[str, Any], mac: Mac | None = None) -> list[Row]:
    """`mac`: to be tried instead of the one that is held."""
    fields = ("id", "system", "title", "opens_after", "rests_seconds")
    row = Upstream.objects.filter(system=contract["system"]).values(*fields).first()
    return asyncio.run(_asked(contract, Node(**row) if row else None, mac))


async def _asked(contract: Mapping[str, Any], node: Node | None, mac: Mac | None) -> list[Row]:
    import asyncpg
    import httpx

    deadline = Deadline(PATIENCE)
    async with httpx.AsyncClient(verify=trusted()) as client:
        if node is None:
            seconds = deadline.for_department()
            return await ask(client, contract, contract["probe"], seconds=seconds)
        # A connection of its own: what is counted stays counted if the mounting is undone.
        async with asyncpg.create_pool(store_address(), min_size=1, max_size=1) as pool:
            upstreams = Upstreams(pool, client, mac=mac)
            return await upstreams.ask(node, contract, contract["probe"], deadline)


def store_address() -> str:
    """Of the database that Django uses, for a driver of another kind."""
    told = connection.settings_dict
    where = {"host": told["HOST"], "port": told["PORT"], "user": told["USER"]}
    if told["PASSWORD"]:
        where["password"] = told["PASSWORD"]
    words = "&".join(f"{name}={value}" for name, value in where.items() if value)
    return f"postgresql:///{told['NAME']}?{words}"
