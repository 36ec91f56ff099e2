"""A call as it reaches the broker: who asks, for whom, what for, and with which parameters."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from diebian.base.exchange.protocol.envelope import INSTANCE_HEADER, LARGEST_BODY
from diebian.base.exchange.protocol.refusals import (
    CallIncomplete,
    CallUnreadable,
    ClaimMissing,
    ParameterUnknown,
    TooLarge,
)
from diebian.security.identity.public import subject_ref
from diebian.standards.identifiers import plain_id_number

from .allowed import plain

LONGEST_VALUE = 500  # characters of one parameter
LONGEST_TICKET = 200
# The longest that the books hold, in characters.
LONGEST = {"purpose": 200, "reader": 100, "case_no": 40, "subject": 64, "call_id": 64}


@dataclass(frozen=True)
class Place:
    """What only the gateway says: its headers overwrite whatever a client sent."""

    instance: str
    request_id: str
    slug: str
    system: str


@dataclass(frozen=True)
class Asked:
    """What the caller says. Its `call_id` is for its own books; ours is the gateway's."""

    purpose: str
    reader: str
    case_no: str
    subject: str  # counts only where the interface asks for no person's number; may be empty
    call_id: str
    ticket: str  # in a season: keeps the caller's place in the line; else empty


@dataclass(frozen=True)
class About:
    """Whom a call is about.

    `person`: by the number that is asked for; empty where the interface asks for none. `subject`:
    whose read it is. `guessed`: by what verifications are counted.
    """

    person: str
    subject: str
    guessed: str


def place(path: str, headers: Mapping[str, str]) -> Place:
    return Place(
        instance=headers.get(INSTANCE_HEADER, "")[:60],
        request_id=headers.get("x-request-id", "")[:64],
        slug=path.removeprefix("/r/")[:80],
        system=headers.get("x-client-id", "")[:64],
    )


def asked(headers: Mapping[str, str]) -> Asked:
    return Asked(
        purpose=_text("purpose", _unhexed(headers.get("x-purpose", ""))),
        reader=_text("reader", _unhexed(headers.get("x-reader", ""))),
        case_no=_text("case_no", headers.get("x-case-no", "")),
        subject=_short("subject", headers.get("x-subject", "")),
        call_id=_text("call_id", headers.get("x-call-id", "")),
        ticket=headers.get("x-ticket", "")[:LONGEST_TICKET],
    )


def about(contract: Mapping[str, Any], wanted: Mapping[str, str], call: Asked) -> About:
    """By the number asked for, where the contract names it: a caller's header is only a claim."""
    if number := contract.get("person", ""):
        person = subject_ref(wanted[number])
        return About(person=person, subject=person, guessed=person)
    if not call.subject:
        raise CallIncomplete("这个接口不按证件号码查，要在 x-subject 写明为谁查")
    told = {name: plain(value).casefold() for name, value in wanted.items()}
    return About("", call.subject, subject_ref(json.dumps(told, sort_keys=True)))


def question_in(
    contract: Mapping[str, Any], columns: Sequence[str], body: bytes, *, is_verification: bool
) -> tuple[dict[str, str], dict[str, str]]:
    """Parameters and claims. Claims only where nothing but verifying was granted, and then some."""
    told = _object(body)
    claims = told.pop("claims", None) if is_verification else None
    if is_verification:
        if not isinstance(claims, dict) or not claims:
            raise ClaimMissing
        if unknown := claims.keys() - set(columns):
            raise ParameterUnknown(f"没有授权核验：{'、'.join(sorted(unknown))}")
        if not all(_is_value(value) for value in claims.values()):
            raise CallUnreadable(f"核对的内容应为不超过 {LONGEST_VALUE} 字的文字")
    return _parameters(contract, told), claims or {}


def _object(body: bytes) -> dict[str, Any]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise CallUnreadable("请求内容应为 JSON 对象") from error
    if not isinstance(told, dict):
        raise CallUnreadable("请求内容应为 JSON 对象")
    return told


def _parameters(contract: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, str]:
    """Exactly those of the contract: a surplus one may be a mistake that nobody would notice.

    A person's number goes on in one spelling: what is counted and written down is what is asked.
    """
    named = contract["request"]
    if told.keys() - named.keys():
        raise ParameterUnknown(f"只接受：{'、'.join(named)}")
    if missing := named.keys() - told.keys():
        raise CallIncomplete(f"缺少参数：{'、'.join(sorted(missing))}")
    if not all(_is_value(value) for value in told.values()):
        raise CallUnreadable(f"参数应为不超过 {LONGEST_VALUE} 字的文字")
    if number := contract.get("person", ""):
        plain_number = plain_id_number(told[number])
        if not plain_number:
            raise CallIncomplete(f"没有写证件号码：{number}")
        return {**told, number: plain_number}
    return dict(told)


async def body_of(receive: Any) -> bytes:
    body, more = b"", True
    while more:
        part = await receive()
        body, more = body + part.get("body", b""), part.get("more_body", False)
        if len(body) > LARGEST_BODY:
            raise TooLarge
    return body


def _is_value(value: object) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_VALUE and "\0" not in value


def _unhexed(value: str) -> str:
    """Headers are ASCII, so words travel as hexadecimal UTF-8."""
    try:
        return bytes.fromhex(value).decode()
    except ValueError as error:
        raise CallIncomplete("x-purpose 和 x-reader 应为 UTF-8 的十六进制") from error


def _text(name: str, value: str) -> str:
    if not value:
        raise CallIncomplete(f"缺少 x-{name.replace('_', '-')}")
    return _short(name, value)


def _short(name: str, value: str) -> str:
    if len(value) > LONGEST[name] or "\0" in value:
        raise CallIncomplete(f"x-{name.replace('_', '-')} 太长或含有不能用的字符")
    return value
