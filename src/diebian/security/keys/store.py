"""Keys in files of the installation, made at first use, readable by the owner only.

A key module in production stands behind the same two functions.
"""

import fcntl
import json
import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet

from .sm2 import Signer

TOKEN_ISSUER = "https://gateway.diebian.example/sts"  # noqa: S105  a name, not a secret
TOKEN_AUDIENCE = "diebian-gateway"  # noqa: S105
TOKEN_SECONDS = 300
TOKEN_CLAIMS = jwt.JWTClaimsRegistry(
    iss={"essential": True, "value": TOKEN_ISSUER},
    aud={"essential": True, "value": TOKEN_AUDIENCE},
    exp={"essential": True},
    sub={"essential": True},
)


def signing_key(purpose: str) -> Signer:
    """The SM2 key for one purpose (a department's decisions, the trail's heads)."""
    kept = made_once(f"sm2-{purpose}.json", _new_sm2)
    signer = Signer(bytes.fromhex(kept["public"]), bytes.fromhex(kept["private"]))
    _publish(purpose, signer)
    return signer


def token_keys() -> dict[str, object]:
    """The public half for the gateway (JWKS): the signing key and the next one.

    Envoy reads it once at start, so a key is known there before it signs.
    """
    return dict(KeySet([*_token_pair()]).as_dict(private=False))


def token(subject: str, *, audience: str = TOKEN_AUDIENCE, seconds: int = TOKEN_SECONDS) -> str:
    """An ES256 token of minutes for a system."""
    now, key = int(time.time()), _token_pair()[0]
    claims = {
        "iss": TOKEN_ISSUER,
        "aud": audience,
        "sub": subject,
        "iat": now,
        "nbf": now,
        "exp": now + seconds,
        "jti": secrets.token_hex(8),
    }
    return jwt.encode({"alg": "ES256", "kid": key.kid}, claims, key)


def subject_of(told: str) -> str | None:
    """Whose token it is; nothing where it is not one of ours, or its minutes are over."""
    try:
        seen = jwt.decode(told, KeySet([*_token_pair()]), algorithms=["ES256"])
        TOKEN_CLAIMS.validate(seen.claims)
    except (JoseError, ValueError):
        return None
    return str(seen.claims["sub"])


def subject_shown(authorization: str) -> str | None:
    """The same for the header of a request."""
    scheme, _, told = authorization.partition(" ")
    return subject_of(told) if scheme == "Bearer" else None


def _publish(purpose: str, signer: Signer) -> None:
    """The public half, for whoever checks offline."""
    folder = Path(settings.DIEBIAN_DATA) / "published-keys"
    file = folder / f"{purpose}.pem"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(signer.verifier.pem)


def _token_pair() -> list[ECKey]:
    kept = made_once("tokens.json", lambda: {"keys": [_new_es256(), _new_es256()]})
    return [ECKey.import_key(key) for key in kept["keys"]]


def _new_es256() -> dict[str, object]:
    made = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, auto_kid=True)
    return dict(made.as_dict(private=True))


def _new_sm2() -> dict[str, str]:
    made = Signer.generate()
    return {"public": made.public.hex(), "private": made.private.hex()}


def read_kept(name: str) -> dict[str, Any] | None:
    file = _folder() / name
    kept: dict[str, Any] | None = json.loads(file.read_text()) if file.exists() else None
    return kept


def replace_kept(name: str, told: dict[str, Any]) -> None:
    """Whole or not at all; readable by the owner only, also while it is written."""
    with _locked():
        _write(name, told)


def made_once(name: str, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Two processes that need a new key at once get the same one. What is kept needs no lock: it
    came whole, and the broker asks for it at each ticket.
    """
    kept = read_kept(name)
    if kept is not None:
        return kept
    with _locked():
        kept = read_kept(name)
        if kept is None:
            kept = make()
            _write(name, kept)
    return kept


def _folder() -> Path:
    return Path(settings.DIEBIAN_DATA) / "keys"


@contextmanager
def _locked() -> Iterator[None]:
    _folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    with (_folder() / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _write(name: str, told: dict[str, Any]) -> None:
    part = _folder() / f".{name}.{os.getpid()}"
    with open(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as out:
        json.dump(told, out)
    part.rename(_folder() / name)
