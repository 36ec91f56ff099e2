"""The door of keys: signing by purpose, verifying by public key, sealing, tokens, secrets."""

from .held import SHORTEST, Mac, held, hold, own_mac
from .sealing import SealBroken, sealed, unsealed
from .sm2 import Signer, Verifier, from_der, quiet_library, sm3, to_der
from .store import (
    TOKEN_AUDIENCE,
    TOKEN_ISSUER,
    TOKEN_SECONDS,
    signing_key,
    subject_of,
    subject_shown,
    token,
    token_keys,
)

__all__ = [
    "SHORTEST",
    "TOKEN_AUDIENCE",
    "TOKEN_ISSUER",
    "TOKEN_SECONDS",
    "Mac",
    "SealBroken",
    "Signer",
    "Verifier",
    "from_der",
    "held",
    "hold",
    "own_mac",
    "quiet_library",
    "sealed",
    "signing_key",
    "sm3",
    "subject_of",
    "subject_shown",
    "to_der",
    "token",
    "token_keys",
    "unsealed",
]
