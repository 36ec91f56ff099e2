"""Where released files lie: by their SM3 digest. Equal files are one, and none is altered."""

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import mkdtemp
from typing import BinaryIO

from cryptography.hazmat.primitives import hashes
from django.conf import settings

MAKING = ".making-"
CHUNK = 256 * 1024  # bytes that a download holds in memory


def folder() -> Path:
    made = Path(settings.DIEBIAN_DATA) / "open"
    made.mkdir(parents=True, exist_ok=True, mode=0o700)
    return made


def workplace() -> Path:
    """A folder on the same disk, so that what is finished is put into place in one step."""
    return Path(mkdtemp(prefix=MAKING, dir=folder()))


def put(file: Path) -> tuple[str, int]:
    """Moves a finished file onto the shelf; gives its digest and size."""
    told = hashes.Hash(hashes.SM3())
    with file.open("rb") as opened:
        for chunk in pieces(opened):
            told.update(chunk)
        os.fsync(opened.fileno())
    digest, size = told.finalize().hex(), file.stat().st_size
    target = place_of(digest)
    target.parent.mkdir(exist_ok=True, mode=0o700)
    file.replace(target)
    return digest, size


def place_of(digest: str) -> Path:
    if len(digest) != hashes.SM3.digest_size * 2 or not set(digest) <= set("0123456789abcdef"):
        raise ValueError(digest)
    return folder() / digest[:2] / digest


def pieces(opened: BinaryIO) -> Iterator[bytes]:
    while chunk := opened.read(CHUNK):
        yield chunk


def keep_only(digests: Iterable[str], *, older_than: float) -> int:
    """Removes what no release needs and was last written before the moment `older_than`.

    A download under way keeps its open file.
    """
    kept, gone = set(digests), 0
    for broken in folder().glob(f"{MAKING}*"):  # of a process that was killed
        if broken.stat().st_mtime < older_than:
            shutil.rmtree(broken, ignore_errors=True)
    for file in folder().glob("??/*"):
        if file.name not in kept and file.stat().st_mtime < older_than:
            file.unlink(missing_ok=True)
            gone += 1
    return gone
