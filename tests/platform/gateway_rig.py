"""The read path for tests: one rig for the tests of the gateway, calls as a client makes them."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any

import psycopg
from joserfc import jwt
from joserfc.jwk import ECKey

from diebian.base.exchange.bench.rig import Rig

PURPOSE, CASE = "样例用途", "SAMPLE-1"
PERSONS = ["219902198803120029", "11010519491231002X", "219902198803120010"]  # of that case
TERMS: list[tuple[str, str, str, dict[str, Any]]] = [
    ("open", "alpha", "bulk", {}),
    ("narrow", "alpha", "trial", {}),
    ("foreign", "beta", "bulk", {}),
    ("ending", "beta", "bulk", {}),
    ("counted", "alpha", "bulk", {"daily_limit": 5}),
    ("cut", "alpha", "bulk", {"masked": ["address"], "region": "8801"}),
    ("verified", "alpha", "bulk", {"mode": "verify", "case_no": CASE, "persons": PERSONS}),
    ("elsewhere", "alpha", "bulk", {"region": "8802"}),
]
GRANTS = [
    {"resource": resource, "system": system, "tier": tier, "purpose": PURPOSE, **terms}
    for resource, system, tier, terms in TERMS
]
BODY = {"id_number": "219902198803120029", "name": "样例"}


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def told(self) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self.text)
        return answer


class Gateway:
    """The rig's gateway as a client sees it, and its books as an auditor does."""

    def __init__(self, rig: Rig, port: int) -> None:
        self.rig, self.port = rig, port

    def token(self, system: str = "alpha", *, key: ECKey | None = None, **claims: Any) -> str:
        """As the token service makes it, except for what the test says."""
        now = int(time.time())
        told = {
            "iss": "https://gateway.diebian.example/sts",
            "aud": "diebian-gateway",
            "sub": system,
            "iat": now,
            "nbf": now,
            "exp": now + 300,
            "jti": "sample",
            **claims,
        }
        signer = key or self.signing_key
        kid = self.signing_key.kid
        given = {name: value for name, value in told.items() if value is not None}
        return jwt.encode({"alg": "ES256", "kid": kid}, given, signer)

    @property
    def signing_key(self) -> ECKey:
        kept = json.loads((self.rig.home.data / "keys" / "tokens.json").read_text())
        return ECKey.import_key(kept["keys"][0])

    def headers(self, **changed: str | None) -> dict[str, str]:
        """Of a good call; `None` leaves one out, `_` in a name stands for `-`."""
        told: dict[str, str | None] = {
            "authorization": f"Bearer {self.token()}",
            "content-type": "application/json",
            "x-purpose": PURPOSE.encode().hex(),
            "x-reader": "样例".encode().hex(),
            "x-case-no": CASE,
            "x-subject": "sample-subject",
            "x-call-id": f"sample-{time.time_ns()}",
        }
        told.update({name.replace("_", "-"): value for name, value in changed.items()})
        return {name: value for name, value in told.items() if value is not None}

    def send(
        self,
        path: str = "/r/open",
        *,
        method: str = "POST",
        headers: Mapping[str, str] | None = None,
        body: str | bytes | None = None,
    ) -> Reply:
        line = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            line.putrequest(method, path, skip_accept_encoding=True)
            sent = (json.dumps(BODY) if body is None else body) if method == "POST" else b""
            raw = sent.encode() if isinstance(sent, str) else sent
            for name, value in (self.headers() if headers is None else headers).items():
                line.putheader(name, value)
            line.putheader("content-length", str(len(raw)))
            line.endheaders(raw)
            answer = line.getresponse()
            told = {name.lower(): value for name, value in answer.getheaders()}
            return Reply(answer.status, told, answer.read().decode())
        finally:
            line.close()

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.rig.postgres.url) as connection:
            return connection.execute(query.encode(), values).fetchall()

    def metered(self, request_id: str, seconds: float = 10) -> tuple[str, str, int]:
        """System, route and status of the one row that a call has."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            query = "select system, route, status from exchange_call where request_id = %s"
            if rows := self.rows(query, request_id):
                [(system, route, status)] = rows
                return system, route, status
            time.sleep(0.05)
        raise AssertionError(f"not metered in {seconds} s: {request_id}")
