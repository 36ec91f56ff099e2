"""What the gateway itself answers when it refuses: problem details with a code and an id.

First match wins. A plain `body_format` at the top would rewrite a direct response of 200 as well.
"""

from typing import Any

from diebian.base.exchange.protocol.refusals import (
    BrokerUnavailable,
    HeadersTooLarge,
    Malformed,
    NotAccepted,
    NotGranted,
    NoValidToken,
    OverLimit,
    TooLarge,
)
from diebian.kernel.errors import DiebianError

UPSTREAM_FLAGS = ["UF", "UH", "UC", "UT", "UO", "NC", "URX", "LR", "UR", "DPE", "UPE"]
BY_STATUS = (NoValidToken, NotGranted, TooLarge, OverLimit, HeadersTooLarge, Malformed)
# Refused before Envoy gives an id: what it would call the id is still the client's own word then.
MALFORMED = (Malformed.status, HeadersTooLarge.status)
STARTED = "%START_TIME(%Y-%m-%dT%H:%M:%E3SZ)%"


def code_of(status: int) -> str:
    """Under which code Envoy itself refused with that status."""
    for kind in BY_STATUS:
        if kind.status == status:
            return kind.code
    return BrokerUnavailable.code if status >= 500 else NotAccepted.code  # noqa: PLR2004


def local_replies() -> dict[str, Any]:
    away = {"filter": {"response_flag_filter": {"flags": UPSTREAM_FLAGS}}}
    told = [_when(kind, "EQ") for kind in BY_STATUS]
    return {"mappers": [*told, {**_body(BrokerUnavailable), **away}, _when(NotAccepted, "GE")]}


def _when(kind: type[DiebianError], operator: str) -> dict[str, Any]:
    value = {"default_value": kind.status, "runtime_key": f"reply.{kind.code}"}
    comparison = {"op": operator, "value": value}
    return {
        **_body(kind, early=kind.status in MALFORMED),
        "filter": {"status_code_filter": {"comparison": comparison}},
    }


def _body(kind: type[DiebianError], *, early: bool = False) -> dict[str, Any]:
    told = {
        "type": f"urn:diebian:problem:{kind.code}",
        "title": kind.title,
        "status": "%RESPONSE_CODE%",
        "code": kind.code,
        "request_id": f"c%CONNECTION_ID%-{STARTED}" if early else "%STREAM_ID%",
    }
    return {
        "body_format_override": {"content_type": "application/problem+json", "json_format": told}
    }
