"""SM2 signatures over SM3, GB/T 32918 and GB/T 32905, with the default user id of GM/T 0009-2012.

Signatures are the fixed 64 bytes r||s; `to_der` and `from_der` translate for X.509 and openssl.
The package's message form recomputes Z each time and is eleven times slower: hence the digest form.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

import gmssl_pyx
from asn1crypto import core, keys, pem

DEFAULT_ID = b"1234567812345678"
SIGNATURE_BYTES = 64
_CURVE_OID = "1.2.156.10197.1.301"
_CURVE = bytes.fromhex(  # a, b, xG, yG of GB/T 32918.5
    "FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFC"
    "28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93"
    "32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7"
    "BC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0"
)
keys.NamedCurve.register("sm2p256v1", _CURVE_OID, 32)

sm3: Callable[[bytes], bytes] = gmssl_pyx.sm3_hash


class _Pair(core.Sequence):  # type: ignore[misc]
    _fields = [("r", core.Integer), ("s", core.Integer)]


@dataclass(frozen=True)
class Verifier:
    """A public key: the 64 bytes X||Y."""

    public: bytes

    def verify(self, message: bytes, signature: bytes) -> bool:
        if len(signature) != SIGNATURE_BYTES:
            return False
        digest = sm3(self._z + message)
        return bool(gmssl_pyx.sm2_verify_sm3_digest(self.public, digest, to_der(signature)))

    @property
    def key_id(self) -> str:
        return sm3(b"\x04" + self.public)[:8].hex()

    @property
    def pem(self) -> str:
        """SubjectPublicKeyInfo, for openssl and everybody else."""
        told = keys.PublicKeyInfo(
            {
                "algorithm": {
                    "algorithm": "ec",
                    "parameters": keys.ECDomainParameters("named", _CURVE_OID),
                },
                "public_key": keys.ECPointBitString(b"\x04" + self.public),
            }
        )
        return str(pem.armor("PUBLIC KEY", told.dump()).decode())

    @classmethod
    def from_pem(cls, text: str) -> "Verifier":
        _, _, der = pem.unarmor(text.encode())
        told = keys.PublicKeyInfo.load(der)["public_key"].native
        return cls(public=told[1:])

    @cached_property
    def _z(self) -> bytes:
        length = (len(DEFAULT_ID) * 8).to_bytes(2, "big")
        return sm3(length + DEFAULT_ID + _CURVE + self.public)


@dataclass(frozen=True)
class Signer:
    public: bytes
    private: bytes

    @classmethod
    def generate(cls) -> "Signer":
        return cls(*gmssl_pyx.sm2_key_generate())

    @property
    def verifier(self) -> Verifier:
        return Verifier(self.public)

    def sign(self, message: bytes) -> bytes:
        digest = sm3(self.verifier._z + message)
        return from_der(gmssl_pyx.sm2_sign_sm3_digest(self.private, digest))


@contextmanager
def quiet_library() -> Iterator[None]:
    """For a command of one thread: the library tells stderr, in lines of C, that a check failed.

    Whoever asked is told in a sentence. Never in a server: it would silence all its threads.
    """
    sys.stderr.flush()
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def to_der(signature: bytes) -> bytes:
    r, s = signature[:32], signature[32:]
    pair = _Pair({"r": int.from_bytes(r, "big"), "s": int.from_bytes(s, "big")})
    return bytes(pair.dump())


def from_der(der: bytes) -> bytes:
    pair = _Pair.load(der, strict=True)
    r, s = pair["r"].native, pair["s"].native
    return bytes(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
