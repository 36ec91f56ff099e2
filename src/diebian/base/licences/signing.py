"""Signed data of a licence or of a copy: a header, a body, a signature over the header."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from diebian.kernel import clock
from diebian.security.keys.public import signing_key, sm3

from .verification import DOMAIN, canonical


@dataclass(frozen=True)
class Signed:
    header: str
    body: str
    signature: str  # hexadecimal r||s


def signed(
    *,
    key: str,
    identifier: str,
    title: str,
    holder_name: str,
    at: datetime,
    body: Mapping[str, Any],
) -> Signed:
    """`key`: the purpose of the signing key. The holder's name stands masked in the header."""
    signer = signing_key(key)
    kept = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()  # as it is read
    header = canonical(
        {
            "v": 1,
            "id": identifier,
            "title": title,
            "holder": holder_name[:1] + "*" * (len(holder_name) - 1),
            "issued": at.astimezone(clock.CITY_TIME).date().isoformat(),
            "key": signer.verifier.key_id,
            "digest": sm3(kept).hex(),
        }
    )
    return Signed(header.decode(), kept.decode(), signer.sign(DOMAIN + header).hex())


def as_file(told: Signed, *, key: str) -> bytes:
    """What travels: everything that an offline check needs, and the key to compare."""
    parts = {**vars(told), "public_key": signing_key(key).verifier.pem}
    return json.dumps(parts, ensure_ascii=False, indent=1).encode()
