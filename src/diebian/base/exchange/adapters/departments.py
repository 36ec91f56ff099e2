"""Asking a department's system in its own words, as a resource's contract tells them."""

import asyncio
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from diebian.base.exchange.protocol.refusals import UpstreamUnavailable, UpstreamWrong
from diebian.security.keys.public import Mac

from .formats import Row, question, rows_in
from .signing import signed

if TYPE_CHECKING:  # slow to load: not for every process that knows this component
    import httpx


LARGEST_ANSWER = 1024 * 1024


def address(system: str) -> str:
    """Where a department's system is. A real one replaces the sandbox by this one setting."""
    found = os.environ.get(f"DIEBIAN_SANDBOX_{system.upper()}")
    if not found:
        raise UpstreamUnavailable(f"没有设置 {system} 的地址")
    return found


async def ask(
    client: "httpx.AsyncClient",
    contract: Mapping[str, Any],
    parameters: dict[str, str],
    *,
    seconds: float,
    mac: Mac | None = None,
    base: str = "",
) -> list[Row]:
    """Raises UpstreamUnavailable (not reached in time, not HTTP 200) or UpstreamWrong.

    `mac`: for a node above the city, which wants each question signed. `base`: where such a node
    is, if it was told; else it is looked up like a department's system.
    """
    import httpx

    kind, body = question(contract, parameters)
    headers = {**contract.get("headers", {}), "content-type": kind}
    if mac is not None:
        headers |= signed(mac, contract["path"], body)
    where = (base or address(contract["system"])) + contract["path"]
    try:
        async with (
            asyncio.timeout(seconds),
            client.stream("POST", where, content=body, headers=headers, timeout=seconds) as answer,
        ):
            if answer.status_code != httpx.codes.OK:
                raise UpstreamUnavailable
            told = await _bounded(answer)
    except (httpx.HTTPError, TimeoutError) as error:
        raise UpstreamUnavailable from error
    return rows_in(contract, told)


async def _bounded(answer: "httpx.Response") -> bytes:
    """Counted while it comes: an answer without end must not fill the memory first."""
    told = bytearray()
    async for part in answer.aiter_bytes():
        told += part
        if len(told) > LARGEST_ANSWER:
            raise UpstreamWrong
    return bytes(told)
