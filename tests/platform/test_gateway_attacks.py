"""What a stranger, a thief or a greedy consumer sends to the gateway, and what each gets.

Every refusal has a status, a stable code, a Chinese title and a request id; it tells nothing of the
inside; and it is metered under the name that the token proves, or under none.
"""

import base64
import hashlib
import hmac
import json
import re
import socket
import time
from typing import Any

import pytest
from joserfc.jwk import ECKey

from .gateway_rig import BODY, CASE, PURPOSE, Gateway, Reply

INSIDE = re.compile(
    r"Traceback|/work|/tmp|\.sock|\.py|127\.0\.0\.1|upstream connect|asyncpg|select ", re.I
)
CHINESE = re.compile(r"[一-鿿]")


def refused(gateway: Gateway, reply: Reply, status: int, code: str, *, system: str | None) -> None:
    told = reply.told
    assert (reply.status, told["code"], told["status"]) == (status, code, status), reply.text
    assert reply.headers["content-type"] == "application/problem+json"
    assert CHINESE.search(told["title"])
    # Refused before it had an id of Envoy's: then the refusal names connection and moment.
    assert told["request_id"] == reply.headers.get("x-request-id", told["request_id"] or "none")
    assert not INSIDE.search(reply.text), reply.text
    assert "eyJ" not in f"{reply.headers}{reply.text}"  # no token, not even a part of one
    if system is not None:
        counted = gateway.metered(told["request_id"])
        assert (counted[0], counted[2]) == (system, status)


def unsigned(header: dict[str, Any], claims: dict[str, Any], secret: bytes | None = None) -> str:
    parts = [header, claims]
    encoded = b".".join(
        base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in parts
    )
    mac = hmac.new(secret, encoded, hashlib.sha256).digest() if secret else b""
    return (encoded + b"." + base64.urlsafe_b64encode(mac).rstrip(b"=")).decode()


def claims() -> dict[str, Any]:
    now = int(time.time())
    return {"iss": "https://gateway.diebian.example/sts", "aud": "diebian-gateway", "sub": "alpha",
            "iat": now, "nbf": now, "exp": now + 300}  # fmt: skip


def test_a_good_call_is_answered_written_and_metered(gateway: Gateway) -> None:
    headers = gateway.headers()
    reply = gateway.send(headers=headers)
    assert (reply.status, reply.told["found"]) == (200, True)
    assert gateway.metered(reply.headers["x-request-id"]) == ("alpha", "open", 200)
    query = (
        "select reader_system, route, outcome, columns, client_call_id from tracker_read "
        "where request_id = %s"
    )
    columns = "样例 address、样例 area"  # by the names of the entry: a person reads them
    read = ("alpha", "open", "found", columns, headers["x-call-id"])
    assert gateway.rows(query, reply.headers["x-request-id"]) == [read]


def test_a_call_that_is_played_again_leaves_its_evidence_twice(gateway: Gateway) -> None:
    """The same token, the same id of the caller's own, the same words: two calls and two reads."""
    headers = gateway.headers()
    ids = {gateway.send(headers=headers).headers["x-request-id"] for _ in range(2)}
    assert len(ids) == 2
    for one in ids:
        assert gateway.metered(one) == ("alpha", "open", 200)
    query = "select request_id from tracker_read where client_call_id = %s"
    assert {told for (told,) in gateway.rows(query, headers["x-call-id"])} == ids


def test_the_read_is_of_the_person_asked_for_and_not_of_the_header(gateway: Gateway) -> None:
    """Nobody is read under another's blind name, or under none."""
    told = {**BODY, "id_number": "11010519491231002x"}
    reply = gateway.send(headers=gateway.headers(x_subject=None), body=json.dumps(told))
    other = gateway.send(
        headers=gateway.headers(x_subject="somebody-else"),
        body=json.dumps({**told, "id_number": "１１０１０５ 19491231-002X"}),
    )
    query = "select subject from tracker_read where request_id = %s"
    [first], [second] = (gateway.rows(query, one.headers["x-request-id"]) for one in (reply, other))
    assert first == second
    assert first[0] not in {"", "somebody-else"}


def test_without_a_token_nobody_passes(gateway: Gateway) -> None:
    for wrong in (None, "", "Bearer", "Bearer x", "Basic YTpi", "Bearer a.b.c"):
        reply = gateway.send(headers=gateway.headers(authorization=wrong))
        refused(gateway, reply, 401, "exchange.no_valid_token", system="")


@pytest.mark.parametrize(
    ("changed", "status", "code"),
    [
        ({"exp": 1_700_000_000}, 401, "exchange.no_valid_token"),
        ({"exp": None}, 401, "exchange.no_valid_token"),
        ({"nbf": 4_000_000_000}, 401, "exchange.no_valid_token"),
        ({"aud": "another-gateway"}, 403, "exchange.not_granted"),
        ({"iss": "https://somebody.example"}, 401, "exchange.no_valid_token"),
        ({"exp": 4_000_000_000}, 401, "exchange.no_valid_token"),
        ({"sub": "nobody"}, 403, "exchange.not_granted"),
        ({"sub": None}, 403, "exchange.not_granted"),
    ],
    ids=["expired", "endless", "not yet valid", "wrong audience", "wrong issuer", "too long",
         "unknown system", "no system"],
)  # fmt: skip
def test_a_token_with_a_wrong_claim_is_refused(
    gateway: Gateway, changed: dict[str, Any], status: int, code: str
) -> None:
    token = gateway.token(**changed)
    reply = gateway.send(headers=gateway.headers(authorization=f"Bearer {token}"))
    refused(gateway, reply, status, code, system=None)
    assert gateway.metered(reply.told["request_id"])[2] == status


def test_a_token_that_we_did_not_sign_is_refused(gateway: Gateway) -> None:
    public = gateway.signing_key
    forged = [
        gateway.token(key=ECKey.generate_key("P-256")),
        gateway.token()[:-4] + "AAAA",
        unsigned({"alg": "none"}, claims()),
        unsigned({"alg": "none", "kid": public.kid}, claims()),
        *(
            unsigned({"alg": "HS256", "kid": public.kid}, claims(), secret)
            for secret in (
                public.as_pem(private=False),
                json.dumps(public.as_dict(private=False)).encode(),
            )
        ),
    ]
    for token in forged:
        reply = gateway.send(headers=gateway.headers(authorization=f"Bearer {token}"))
        refused(gateway, reply, 401, "exchange.no_valid_token", system="")


def test_a_token_in_the_address_is_not_taken(gateway: Gateway) -> None:
    path = f"/r/open?access_token={gateway.token()}"
    reply = gateway.send(path, headers=gateway.headers(authorization=None))
    refused(gateway, reply, 401, "exchange.no_valid_token", system="")


@pytest.mark.parametrize("path", ["/r/foreign", "/r/ending", "/r/nowhere", "/", "/healthz", "/r/"])
def test_what_was_not_granted_is_refused_and_not_told_apart_from_what_is_not(
    gateway: Gateway, path: str
) -> None:
    reply = gateway.send(path)
    refused(gateway, reply, 403, "exchange.not_granted", system="alpha")


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "OPTIONS", "HEAD", "TRACE", "PATCH"])
def test_another_method_does_not_pass(gateway: Gateway, method: str) -> None:
    reply = gateway.send(method=method)
    assert reply.status in {403, 400}
    assert gateway.metered(reply.headers["x-request-id"])[2] == reply.status


SPOOFED = {
    "x-client-id": "beta",
    "x-client-jti": "stolen",
    "x-request-id": "00000000-0000-4000-8000-000000000000",
    "x-gateway-instance": "envoy-of-mine",
    "x-envoy-upstream-rq-timeout-ms": "1",
    "x-envoy-expected-rq-timeout-ms": "1",
    "x-envoy-max-retries": "9",
    "x-envoy-original-path": "/r/foreign",
    "x-envoy-internal": "true",
    "x-envoy-decorator-operation": "x",
    "x-forwarded-for": "127.0.0.1",
    "x-forwarded-proto": "https",
    "x-forwarded-host": "beta",
    "forwarded": "for=127.0.0.1",
    "x-original-url": "/r/foreign",
    "x-rewrite-url": "/r/foreign",
    "x-http-method-override": "GET",
}


def test_spoofed_headers_change_neither_who_is_counted_nor_what_happens(gateway: Gateway) -> None:
    headers = {**gateway.headers(), **SPOOFED}
    for _ in range(2):  # a repeated request id would hide the second call
        reply = gateway.send(headers=headers)
        assert reply.status == 200, reply.text
        assert reply.headers["x-request-id"] != SPOOFED["x-request-id"]
        assert gateway.metered(reply.headers["x-request-id"]) == ("alpha", "open", 200)
    query = "select reader_system from tracker_read where client_call_id = %s"
    assert gateway.rows(query, headers["x-call-id"]) == [("alpha",)] * 2
    strange = "select count(*) from exchange_call where instance = %s or request_id = %s"
    assert gateway.rows(strange, "envoy-of-mine", SPOOFED["x-request-id"]) == [(0,)]
    assert gateway.rows("select count(*) from exchange_journalline where instance = %s",
                        "envoy-of-mine") == [(0,)]  # fmt: skip


def test_a_spoofed_name_opens_no_other_route(gateway: Gateway) -> None:
    reply = gateway.send("/r/foreign", headers={**gateway.headers(), **SPOOFED})
    refused(gateway, reply, 403, "exchange.not_granted", system="alpha")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("//r//open", 200),
        ("/r/./open", 200),
        ("/r/foreign/../open", 200),
        ("/r/open/../foreign", 403),
        ("/r/open/%2e%2e/foreign", 403),
        ("/r/open/..;/foreign", 403),
        ("/r/open;x=1", 403),
        ("/r/open/", 403),
        ("/r/open?columns=*", 403),
        ("/r/open?/../foreign", 403),
        ("/r/open#x", 400),
        ("/r/open.json", 403),
        ("/R/OPEN", 403),
        ("/r/op%65n", 200),
        ("/r/open%00", 400),
        ("/r%2fopen", 400),
        ("/r/open%2f..%2fforeign", 400),
        ("/r/open%5c..%5cforeign", 400),
        ("/r/open\\..\\foreign", 403),
        ("/__v/../r/foreign", 403),
        ("/__v/%2e%2e/r/foreign", 403),
        ("http://elsewhere/r/foreign", 403),
        ("/../../etc/passwd", 403),
    ],
)
def test_a_tricky_path_reaches_only_what_was_granted(
    gateway: Gateway, path: str, status: int
) -> None:
    reply = gateway.send(path)
    assert reply.status == status, reply.text
    if status == 200:
        assert gateway.metered(reply.headers["x-request-id"]) == ("alpha", "open", 200)
    else:
        code = {400: "exchange.malformed", 403: "exchange.not_granted"}[status]
        refused(gateway, reply, status, code, system="alpha" if status == 403 else "")


def test_a_body_too_large_is_refused_told_or_untold(gateway: Gateway) -> None:
    reply = gateway.send(body=b"x" * 70_000)
    refused(gateway, reply, 413, "exchange.too_large", system="alpha")
    head = "".join(f"{name}: {value}\r\n" for name, value in gateway.headers().items())
    chunk = b"1000\r\n" + b"x" * 4096 + b"\r\n"
    with socket.create_connection(("127.0.0.1", gateway.port), timeout=10) as line:
        start = f"POST /r/open HTTP/1.1\r\nhost: x\r\n{head}transfer-encoding: chunked\r\n\r\n"
        line.sendall(start.encode() + chunk * 17)
        assert line.recv(4096).startswith(b"HTTP/1.1 413")


def test_headers_too_large_or_ambiguous_are_refused(gateway: Gateway) -> None:
    reply = gateway.send(headers={**gateway.headers(), "x-long": "x" * 20_000})
    refused(gateway, reply, 431, "exchange.headers_too_large", system="")
    reply = gateway.send(headers={**gateway.headers(), "x_client_id": "beta"})
    refused(gateway, reply, 400, "exchange.malformed", system="")


def test_two_lengths_in_one_request_are_refused(gateway: Gateway) -> None:
    """Request smuggling: the gateway and the broker must never see two different requests."""
    token = gateway.token()
    for lengths in (
        "content-length: 4\r\ncontent-length: 9\r\n",
        "content-length: 4\r\ntransfer-encoding: chunked\r\n",
        "transfer-encoding: chunked\r\ntransfer-encoding: identity\r\n",
    ):
        with socket.create_connection(("127.0.0.1", gateway.port), timeout=10) as line:
            head = f"host: x\r\nauthorization: Bearer {token}\r\n{lengths}"
            line.sendall(f"POST /r/open HTTP/1.1\r\n{head}\r\n0\r\n\r\nGET /".encode())
            assert line.recv(4096).startswith((b"HTTP/1.1 400", b"HTTP/1.1 501"))


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("no json", "exchange.call_unreadable"),
        ("", "exchange.call_unreadable"),
        ("[]", "exchange.call_unreadable"),
        ("null", "exchange.call_unreadable"),
        ("[" * 30_000, "exchange.call_unreadable"),
        (b"\xff\xfe\x00", "exchange.call_unreadable"),
        (json.dumps({**BODY, "name": {"$ne": ""}}), "exchange.call_unreadable"),
        (json.dumps({**BODY, "name": "x" * 501}), "exchange.call_unreadable"),
        (json.dumps({**BODY, "name": "a\0b"}), "exchange.call_unreadable"),
        (json.dumps({"name": "样例"}), "exchange.call_incomplete"),
        (json.dumps({**BODY, "columns": "*"}), "exchange.parameter_unknown"),
    ],
)
def test_a_body_outside_the_contract_is_refused(
    gateway: Gateway, body: str | bytes, code: str
) -> None:
    refused(gateway, gateway.send(body=body), 400, code, system="alpha")


@pytest.mark.parametrize("name", ["x-purpose", "x-reader", "x-case-no", "x-call-id"])
def test_a_call_that_does_not_say_why_and_for_what_case_is_refused(
    gateway: Gateway, name: str
) -> None:
    for wrong in (None, "", "ü" if name in {"x-purpose", "x-reader"} else "x" * 65):
        reply = gateway.send(headers={**gateway.headers(**{name: None}), **_given(name, wrong)})
        refused(gateway, reply, 400, "exchange.call_incomplete", system="alpha")


def test_another_purpose_than_the_granted_one_is_refused(gateway: Gateway) -> None:
    headers = gateway.headers(x_purpose=f"{PURPOSE}之外".encode().hex())
    reply = gateway.send(headers=headers)
    refused(gateway, reply, 403, "exchange.not_granted", system="alpha")
    query = "select count(*) from tracker_read where client_call_id = %s"
    assert gateway.rows(query, headers["x-call-id"]) == [(0,)]
    assert _code_of(gateway, reply.headers["x-request-id"]) == "exchange.not_granted"


def test_over_the_tier_is_over_the_limit(gateway: Gateway) -> None:
    replies = [gateway.send("/r/narrow") for _ in range(12)]
    over = [reply for reply in replies if reply.status != 200]
    assert 5 <= len(replies) - len(over) <= 8  # five at once, then one each second
    for reply in over:
        refused(gateway, reply, 429, "exchange.over_limit", system="alpha")
    asked = "select book, purpose, case_no from exchange_refusedcall where request_id = %s"
    assert gateway.rows(asked, over[0].told["request_id"]) == [("gateway", PURPOSE, CASE)]


def _code_of(gateway: Gateway, request_id: str) -> str:
    """What the book of calls says of a refusal by the broker."""
    gateway.metered(request_id)
    rows = gateway.rows("select code from exchange_call where request_id = %s", request_id)
    return str(rows[0][0])


def _given(name: str, value: str | None) -> dict[str, str]:
    return {} if value is None else {name: value}
