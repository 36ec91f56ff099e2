"""Asking a department's system in its own words, as a resource's contract tells them."""

import json
import os
from typing import Any
from xml.sax.saxutils import escape

import httpx
from defusedxml import ElementTree

from diebian.kernel.errors import DiebianError

SECONDS = 4.0
LARGEST_ANSWER = 1024 * 1024
Row = dict[str, str]


class UpstreamUnavailable(DiebianError):
    code, status, title = "exchange.upstream_unavailable", 503, "提供部门的系统暂时联系不上"


class UpstreamWrong(DiebianError):
    code, status, title = "exchange.upstream_wrong", 502, "提供部门的系统没有按约定答复"


def address(system: str) -> str:
    """Where a department's system is. A real one replaces the sandbox by this one setting."""
    found = os.environ.get(f"DIEBIAN_SANDBOX_{system.upper()}")
    if not found:
        raise UpstreamUnavailable(f"没有设置 {system} 的地址")
    return found


def question(contract: dict[str, Any], parameters: dict[str, str]) -> tuple[str, bytes]:
    """Content type and body."""
    named = contract["request"]
    told = {**contract["fixed"], **{named[key]: parameters[key] for key in named}}
    if contract["format"] == "json":
        return "application/json", json.dumps(told, ensure_ascii=False).encode()
    inner = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in told.items())
    return "text/xml; charset=utf-8", f"<request>{inner}</request>".encode()


def rows_in(contract: dict[str, Any], body: bytes) -> list[Row]:
    """Our column names, text values. What does not fit the contract is refused, not guessed."""
    try:
        told = json.loads(body) if contract["format"] == "json" else _xml(body)
        none = contract.get("none")
        if none and told.get(none["field"]) == none["value"]:
            return []
        success = contract["success"]
        if told.get(success["field"]) != success["value"]:
            raise UpstreamWrong
        found = _at(told, contract["rows"])
        rows = found if isinstance(found, list) else [found]
        fields = contract["fields"]
        return [{ours: str(row[theirs]) for ours, theirs in fields.items()} for row in rows]
    except (ValueError, KeyError, TypeError, AttributeError, ElementTree.ParseError) as error:
        raise UpstreamWrong from error


async def ask(
    client: httpx.AsyncClient, contract: dict[str, Any], parameters: dict[str, str]
) -> list[Row]:
    kind, body = question(contract, parameters)
    headers = {**contract["headers"], "content-type": kind}
    try:
        answer = await client.post(
            address(contract["system"]) + contract["path"],
            content=body,
            headers=headers,
            timeout=SECONDS,
        )
    except httpx.HTTPError as error:
        raise UpstreamUnavailable from error
    if answer.status_code != httpx.codes.OK:
        raise UpstreamUnavailable
    if len(answer.content) > LARGEST_ANSWER:
        raise UpstreamWrong
    return rows_in(contract, answer.content)


def probe(contract: dict[str, Any]) -> set[str]:
    """For mounting: asks once with the contract's sample and names the columns that came."""
    kind, body = question(contract, contract["probe"])
    headers = {**contract["headers"], "content-type": kind}
    try:
        answer = httpx.post(
            address(contract["system"]) + contract["path"],
            content=body,
            headers=headers,
            timeout=SECONDS,
        )
    except httpx.HTTPError as error:
        raise UpstreamUnavailable from error
    return {column for row in rows_in(contract, answer.content) for column in row}


def _at(told: Any, path: str) -> Any:
    for step in path.split("."):
        told = told[step]
    return told


def _xml(body: bytes) -> dict[str, Any]:
    def told(element: Any) -> Any:
        return {part.tag: told(part) for part in element} if len(element) else element.text or ""

    read: dict[str, Any] = told(ElementTree.fromstring(body))
    return read
