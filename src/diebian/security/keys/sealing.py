"""What lies on a disk for this installation alone to read: SM4 (GB/T 32907) in GCM, a key for each
purpose. Changed or put in another's place, it does not open.
"""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from diebian.kernel.errors import DiebianError

from .store import made_once

MARK = b"DBS1"
KEY_BYTES, NONCE_BYTES, TAG_BYTES = 16, 12, 16


class SealBroken(DiebianError):
    code, status, title = "keys.seal_broken", 500, "保存的文件被改动过，打不开，请联系值守人员"


def sealed(purpose: str, plain: bytes, *, about: str) -> bytes:
    """`about`: what it is; it opens as that only."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    writer = Cipher(algorithms.SM4(_key(purpose)), modes.GCM(nonce)).encryptor()
    writer.authenticate_additional_data(about.encode())
    hidden = writer.update(plain) + writer.finalize()
    return MARK + nonce + writer.tag + hidden


def unsealed(purpose: str, kept: bytes, *, about: str) -> bytes:
    """Raises `SealBroken`."""
    start = len(MARK)
    nonce, tag = kept[start : start + NONCE_BYTES], kept[start + NONCE_BYTES :][:TAG_BYTES]
    try:
        reader = Cipher(algorithms.SM4(_key(purpose)), modes.GCM(nonce, tag)).decryptor()
        reader.authenticate_additional_data(about.encode())
        hidden = kept[start + NONCE_BYTES + TAG_BYTES :]
        return reader.update(hidden) + reader.finalize()
    except (InvalidTag, ValueError) as error:
        raise SealBroken(about) from error


def _key(purpose: str) -> bytes:
    kept = made_once(f"sm4-{purpose}.json", lambda: {"key": secrets.token_hex(KEY_BYTES)})
    return bytes.fromhex(kept["key"])
