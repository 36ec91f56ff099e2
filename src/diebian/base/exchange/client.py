"""Asking for data as a department's system does: token, gateway, broker, department."""

import os
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from diebian.base.catalogue.public import resource as resource_of
from diebian.kernel.errors import NotFound
from diebian.kernel.trust import trusted
from diebian.security.keys.public import token

from .adapters.formats import Row
from .protocol.refusals import REFUSALS, GatewayUnavailable, NotGranted

SECONDS = 9.0


@dataclass(frozen=True)
class Errand:
    """Who asks, for whom, and what for: the same for every question of one case.

    `subject` is identity's blind reference; it counts where the interface asks for no person's
    number. `reader` names who or what asked.
    """

    system: str
    purpose: str
    case_no: str
    subject: str
    reader: str

    def headers(self) -> dict[str, str]:
        """Of one question: asked again it is another. Headers are ASCII, so words travel as
        hexadecimal UTF-8.
        """
        return {
            "authorization": f"Bearer {token(self.system)}",
            "x-purpose": self.purpose.encode().hex(),
            "x-reader": self.reader.encode().hex(),
            "x-case-no": self.case_no,
            "x-subject": self.subject,
            "x-call-id": str(uuid4()),
        }


@dataclass(frozen=True)
class Verification:
    """核验: match (True), differs (False), or no record at all (`found` is False)."""

    call_id: str  # the gateway's own, in every book
    found: bool
    matches: dict[str, bool]


@dataclass(frozen=True)
class Answer:
    call_id: str  # the gateway's own, in every book
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
    errand: Errand,
    resource: str,
    parameters: dict[str, str],
    seconds: float = SECONDS,
) -> Answer:
    """One read. `seconds`: how long the caller waits.

    Parameters travel in the body: an ID number stands in no address and no log.
    Touches no database: several may be made at once, in threads.
    """
    call_id, told = _asked(errand, resource, dict(parameters), seconds)
    return Answer(call_id, told["found"], told["rows"])


def verify(
    *,
    errand: Errand,
    resource: str,
    parameters: dict[str, str],
    claims: dict[str, str],
    seconds: float = SECONDS,
) -> Verification:
    """As `call`, under a grant that only verifies: no value comes back, however it is asked.

    Bound to a case that was opened with `open_case` and is about that person (`CaseNotLive`); five
    a day about one person, then `TooManyGuesses`.
    """
    call_id, told = _asked(errand, resource, {**parameters, "claims": claims}, seconds)
    return Verification(call_id, told["found"], told["matches"])


def _asked(
    errand: Errand, resource: str, body: dict[str, Any], seconds: float
) -> tuple[str, dict[str, Any]]:
    import httpx  # slow to load: not for every process that knows this component

    address = f"{os.environ.get('DIEBIAN_GATEWAY', 'http://127.0.0.1:9')}/r/{resource}"
    try:
        headers = errand.headers()
        answer = httpx.post(address, json=body, headers=headers, timeout=seconds, verify=trusted())
        told: dict[str, Any] = answer.json()
    except (httpx.HTTPError, ValueError) as error:
        raise GatewayUnavailable from error
    if answer.status_code == httpx.codes.OK:
        return answer.headers.get("x-request-id", "")[:64], told
    raise REFUSALS.get(told.get("code", ""), GatewayUnavailable)
