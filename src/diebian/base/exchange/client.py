"""Asking for data as a department's system does: token, gateway, broker, department."""

import os
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from diebian.base.catalogue.public import resource as resource_of
from diebian.security.keys.public import token

from .departments import Row, UpstreamUnavailable, UpstreamWrong
from .refusals import (
    BrokerFailed,
    CallIncomplete,
    CallUnreadable,
    GatewayUnavailable,
    NotGranted,
    OverLimit,
    ParameterUnknown,
    TooLarge,
)

SECONDS = 9.0
REFUSALS = {
    kind.code: kind
    for kind in (
        BrokerFailed,
        CallIncomplete,
        CallUnreadable,
        GatewayUnavailable,
        NotGranted,
        OverLimit,
        ParameterUnknown,
        TooLarge,
        UpstreamUnavailable,
        UpstreamWrong,
    )
}


@dataclass(frozen=True)
class Answer:
    call_id: str
    found: bool
    rows: list[Row]


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
    What the interface does not ask for is not sent.
    """
    import httpx  # slow to load: not for every process that knows this component

    asked_for = resource_of(resource).contract["request"]
    sent = {name: value for name, value in parameters.items() if name in asked_for}
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
        answer = httpx.post(address, json=sent, headers=headers, timeout=seconds)
        told = answer.json()
    except (httpx.HTTPError, ValueError) as error:
        raise GatewayUnavailable from error
    if answer.status_code == httpx.codes.OK:
        return Answer(call_id, told["found"], told["rows"])
    raise REFUSALS.get(told.get("code", ""), GatewayUnavailable)
