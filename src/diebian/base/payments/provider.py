"""The payment provider, asked in its own words. What it answers is foreign: it is checked."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import httpx
from django.conf import settings

from diebian.security.keys.public import Verifier, from_der

from .refusals import ProviderAway, ProviderRefused

SECONDS = 5.0
KEY_BYTES = 64
SIGNATURE_BYTES = 64
UNKNOWN = 404


@dataclass(frozen=True)
class Standing:
    """How a trade or a refund stands there."""

    state: str  # WAIT, PAID, CLOSED, REFUNDED
    number: str
    fen: int
    page: str = ""


@dataclass(frozen=True)
class StatementLine:
    kind: str  # paid or refunded
    key: str
    fen: int


def is_set_up() -> bool:
    return bool(settings.PAY_PROVIDER)


def open_trade(*, key: str, fen: int, title: str, notify: str, back: str) -> Standing:
    """Said again under the same key it is the same trade."""
    told = {"out_no": key, "fen": fen, "subject": title, "notify": notify, "back": back}
    return _standing(_asked("POST", "/pay/trades", told))


def trade(key: str) -> Standing | None:
    """None where it never heard of it."""
    return _found("/pay/trades", {"out_no": key})


def close_trade(key: str) -> Standing | None:
    """None where it never heard of it. One that was paid meanwhile stays paid, and says so."""
    answer = _answer("POST", "/pay/close", {"out_no": key})
    return None if answer is None else _standing(answer)


def refund(*, key: str, of: str, fen: int) -> Standing:
    told = {"refund_no": key, "out_no": of, "fen": fen}
    return _standing(_asked("POST", "/pay/refunds", told))


def statement(day: date) -> Iterator[StatementLine]:
    """What it took and gave back on one day of the city."""
    try:
        answer = _sent("GET", "/pay/statement", params={"day": day.isoformat()})
        answer.raise_for_status()
        for row in csv.DictReader(answer.text.splitlines()):
            yield StatementLine(row["kind"], row["out_no"], int(row["fen"]))
    except (httpx.HTTPError, KeyError, ValueError, TypeError) as error:
        raise ProviderAway from error


def public_key() -> str:
    """As it tells it itself; who takes it over decides whether to believe it."""
    told = _asked("GET", "/pay/key", {})
    try:
        key = str(told["key"])
        if len(bytes.fromhex(key)) != KEY_BYTES:
            raise ProviderRefused
    except (KeyError, ValueError) as error:
        raise ProviderRefused from error
    return key


def is_signed(body: bytes, signature: str, public: str) -> bool:
    """SM2 over the body as it came, DER in hex."""
    try:
        return Verifier(bytes.fromhex(public)).verify(body, from_der(bytes.fromhex(signature)))
    except (ValueError, OverflowError, TypeError):
        return False


def _found(path: str, words: Mapping[str, str]) -> Standing | None:
    answer = _answer("GET", path, words)
    return None if answer is None else _standing(answer)


def _asked(method: str, path: str, told: Mapping[str, Any]) -> Mapping[str, Any]:
    answer = _answer(method, path, told)
    if answer is None:
        raise ProviderRefused
    return answer


def _answer(method: str, path: str, told: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """None for what it does not know. Raises `ProviderAway` and `ProviderRefused`."""
    sent: dict[str, Any] = {"params": told} if method == "GET" else {"json": told}
    try:
        answer = _sent(method, path, **sent)
    except httpx.HTTPError as error:
        raise ProviderAway from error
    if answer.status_code == UNKNOWN:
        return None
    if answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
        raise ProviderAway
    try:
        read = answer.json()
    except ValueError as error:
        raise ProviderAway from error
    if answer.is_error or not isinstance(read, dict):
        raise ProviderRefused
    return read


def _sent(method: str, path: str, **sent: Any) -> httpx.Response:
    if not is_set_up():
        raise ProviderAway
    head = {"x-merchant-word": settings.PAY_WORD}
    url = f"{settings.PAY_PROVIDER}{path}"
    return httpx.request(method, url, headers=head, timeout=SECONDS, **sent)


def _standing(told: Mapping[str, Any]) -> Standing:
    try:
        page = str(told.get("page", ""))
        if page and not page.startswith(f"{settings.PAY_PROVIDER}/"):
            raise ProviderRefused  # nobody is led elsewhere to pay
        return Standing(
            state=str(told["state"]),
            number=str(told["trade_no"])[:60],
            fen=int(told["fen"]),
            page=page[:300],
        )
    except (KeyError, ValueError, TypeError) as error:
        raise ProviderAway from error
