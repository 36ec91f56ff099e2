"""Secrets that two sides share: held here, used here, shown to nobody.

Whoever has to prove that it is us asks for the mark of a message; the secret itself stays in this
file, in the process's memory, and out of every page, log, table and `repr`.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field

from diebian.kernel.errors import NotFound

from .store import made_once, read_kept, replace_kept

SHORTEST = 8  # characters of a secret


@dataclass(frozen=True)
class Mac:
    """HMAC with SHA-256 under one secret; `key_id` is what the other side calls it."""

    key_id: str
    secret: str = field(repr=False)

    def of(self, message: bytes) -> str:
        return hmac.new(self.secret.encode(), message, hashlib.sha256).hexdigest()


def hold(name: str, mac: Mac) -> None:
    """From now on this one; what was held before is gone."""
    replace_kept(_file(name), {"key_id": mac.key_id, "secret": mac.secret})


def held(name: str) -> Mac:
    """Raises `NotFound` where nobody has given us one."""
    kept = read_kept(_file(name))
    if kept is None:
        raise NotFound(f"held secret: {name}")
    return Mac(key_id=kept["key_id"], secret=kept["secret"])


def own_mac(name: str) -> Mac:
    """One of our own, made at first use: for words that come back to us."""
    kept = made_once(f"own-{name}.json", lambda: {"secret": secrets.token_hex(32)})
    return Mac(key_id=name, secret=kept["secret"])


def _file(name: str) -> str:
    return f"held-{name}.json"
