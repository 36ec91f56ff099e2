"""The QR code of a licence: signature and signed header, so that a picture can be checked offline.

`DBL1.` and base64url of 64 bytes r||s followed by the deflated header. The header carries the
identifier, the masked holder, the dates and the digest of the body, but not the body.
"""

import base64
import json
import zlib
from collections.abc import Iterable
from typing import Any

from diebian.security.keys.public import Verifier

from .verification import DOMAIN, LicenceWrong

MARK = "DBL1."
SIGNATURE_BYTES = 64
LARGEST_HEADER = 4096


def code_text(*, header: str, signature: str) -> str:
    """`signature`: hexadecimal r||s, as the licence file has it."""
    packed = bytes.fromhex(signature) + zlib.compress(header.encode(), 9)
    return MARK + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def read_code(text: str, trusted: Iterable[Verifier]) -> dict[str, Any]:
    """The header, believed only when one of the trusted issuers signed it."""
    signature, header = _unpacked(text.strip())
    if not any(key.verify(DOMAIN + header, signature) for key in trusted):
        raise LicenceWrong("二维码的签名不是信任的签发机构作出的")
    told: dict[str, Any] = json.loads(header)
    return told


def _unpacked(text: str) -> tuple[bytes, bytes]:
    if not text.startswith(MARK):
        raise LicenceWrong("这不是证照的二维码内容")
    body = text.removeprefix(MARK)
    try:
        packed = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
        opener = zlib.decompressobj()
        header = opener.decompress(packed[SIGNATURE_BYTES:], LARGEST_HEADER)
    except (ValueError, zlib.error) as error:
        raise LicenceWrong("二维码内容读不出来，可能没有扫全") from error
    if not opener.eof:
        raise LicenceWrong("二维码内容读不出来，可能没有扫全")
    return packed[:SIGNATURE_BYTES], header
