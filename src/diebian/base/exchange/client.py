"""Asking for data as a department's system does: token, gateway, broker, department."""

import os
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from diebian.base.catalogue.public import resource as resource_of
from diebian.kernel.errors import NotFound
from diebian.security.keys.public import token

from .departments import Row, UpstreamUnavailable, UpstreamWrong
from .refusals import (
    BrokerFailed,
    Busy,
    CallIncomplete,
    CallUnreadable,
    CaseNotLive,
    ClaimMissing,
    GatewayUnavailable,
    NotGranted,
    OverDailyLimit,
    OverLimit,
    ParameterUnknown,
    TooLarge,
    TooManyGuesses,
)

SECONDS = 9.0
REFUSALS = {
    kind.code: kind
    for kind in (
        BrokerFailed,
        Busy,
        CallIncomplete,
        CallUnreadable,
        CaseNotLive,
        ClaimMissing,
        GatewayUnavailable,
        NotGranted,
        OverDailyLimit,
        OverLimit,
        ParameterUnknown,
        TooLarge,
        TooManyGuesses,
        UpstreamUnavailable,
        UpstreamWrong,
    )
}


@dataclass(frozen=True)
class Verification:
    """核验: match (True), differs (False), or no record at all (`found` is False)."""

    call_id: str
    found: bool
    matches: dict[str, bool]


@dataclass(frozen=True)
class Answer:
    call_id: str
    found: bool
    rows: list[Row]


def fitting(*, resource: str, parameters: dict[str, str]) -> dict[str, str]:
    """Of what is known of the subject, only what the interface asks for."""
    try:
        asked_for = resource_of(resource).contract["request"]
    except NotFound as error:  # not mounted: nobody can have been granted it
        raise NotGranted from error
    return {name: value for name, value in parameters.items() if name in asked_for}


def call(
    *,
    system: str,
    resource: str,
    parameters: dict[str, str],
    purpose: str,
    case_no: str,
    subject: str,
    reader: str,
    seconds: float = SECONDS,
) -> Answer:
    """One read for one case. Asked again for the same case it is the same read in 谁查过我.

    `subject` is identity's blind reference; `reader` names who or what asked; `seconds`: how long
    the caller waits. Parameters travel in the body: an ID number stands in no address and no log.
    Touches no database: several may be made at once, in threads.
    """
    call_id, told = _asked(
        system=system,
        resource=resource,
        body=dict(parameters),
        purpose=purpose,
        case_no=case_no,
        subject=subject,
        reader=reader,
        seconds=seconds,
    )
    return Answer(call_id, told["found"], told["rows"])


def verify(
    *,
    system: str,
    resource: str,
    parameters: dict[str, str],
    claims: dict[str, str],
    purpose: str,
    case_no: str,
    subject: str,
    reader: str,
    seconds: float = SECONDS,
) -> Verification:
    """As `call`, under a grant that only verifies: no value comes back, however it is asked.

    Bound to a case that was opened with `open_case` and is about that person (`CaseNotLive`); five
    a day about one person, then `TooManyGuesses`.
    """
    call_id, told = _asked(
        system=system,
        resource=resource,
        body={**parameters, "claims": claims},
        purpose=purpose,
        case_no=case_no,
        subject=subject,
        reader=reader,
        seconds=seconds,
    )
    return Verification(call_id, told["found"], told["matches"])


def _asked(
    *,
    system: str,
    resource: str,
    body: dict[str, Any],
    purpose: str,
    case_no: str,
    subject: str,
    reader: str,
    seconds: float,
) -> tuple[str, dict[str, Any]]:
    import httpx  # slow to load: not for every process that knows this component

    call_id = str(uuid5(NAMESPACE_URL, f"{system}/{resource}/{case_no}/{subject}"))
    headers = {
        "authorization": f"Bearer {token(system)}",
        "x-purpose": purpose.encode().hex(),  # headers are ASCII
        "x-reader": reader.encode().hex(),
        "x-case-no": case_no,
        "x-subject": subject,
        "x-call-id": call_id,
    }
    address = f"{os.environ.get('DIEBIAN_GATEWAY', 'http://127.0.0.1:9')}/r/{resource}"
    try:
        answer = httpx.post(address, json=body, headers=headers, timeout=seconds)
        told = answer.json()
    except (httpx.HTTPError, ValueError) as error:
        raise GatewayUnavailable from error
    if answer.status_code == httpx.codes.OK:
        return call_id, told
    raise REFUSALS.get(told.get("code", ""), GatewayUnavailable)
