"""Where the contents lie: one file for one content, sealed, under the digest of what is in it.

A file is whole before a row speaks of it. What no row speaks of is swept away.
"""

import os
import secrets
from collections.abc import Collection
from pathlib import Path

from django.conf import settings

from diebian.kernel import clock
from diebian.security.keys.public import sealed, sm3, unsealed

PURPOSE = "papers"
A_DAY_SECONDS = 86_400


def keep(content: bytes) -> str:
    """Its digest (SM3). Kept twice it is one file."""
    digest = sm3(content).hex()
    place = _place(digest)
    if place.exists():
        os.utime(place)  # the sweeper leaves alone what is about to be spoken of
        return digest
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = place.with_name(f".{digest}.{secrets.token_hex(4)}")
    with open(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
        out.write(sealed(PURPOSE, content, about=digest))
        out.flush()
        os.fsync(out.fileno())
    part.rename(place)
    return digest


def read(digest: str) -> bytes:
    """Raises `SealBroken` for a file that somebody has changed."""
    return unsealed(PURPOSE, _place(digest).read_bytes(), about=digest)


def sweep(spoken_of: Collection[str]) -> int:
    """Removes what is older than a day and has no row: a transaction that came to nothing."""
    old = clock.now().timestamp() - A_DAY_SECONDS
    gone = [
        file
        for file in _home().glob("*/*")
        if file.name not in spoken_of and file.stat().st_mtime < old
    ]
    for file in gone:
        file.unlink(missing_ok=True)
    return len(gone)


def _home() -> Path:
    return Path(settings.DIEBIAN_DATA) / "papers"


def _place(digest: str) -> Path:
    return _home() / digest[:2] / digest
