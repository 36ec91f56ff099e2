"""Files in the data folder, each under the SM3 of what is in it: the same bytes are stored once.

A name that people gave is kept for showing and never becomes a path.
"""

import os
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from uuid import uuid4

from django.conf import settings

from diebian.security.keys.public import sm3

from .refusals import FileEmpty, FileKindUnknown, FileNameWrong, FileTooLarge

LARGEST = 64 * 1024 * 1024
LONGEST_NAME = 120
DIGEST = re.compile(r"[0-9a-f]{64}")
ZIP = b"PK\x03\x04"
MEDIA = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".txt": "text/plain",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
BEGINS = {".pdf": b"%PDF-", ".xlsx": ZIP, ".zip": ZIP}


@dataclass(frozen=True)
class Stored:
    digest: str
    name: str
    size: int
    media: str


def store(name: str, parts: Iterable[bytes]) -> Stored:
    """Raises `FileNameWrong`, `FileKindUnknown`, `FileTooLarge`, `FileEmpty`."""
    safe = safe_name(name)
    ending = PurePosixPath(safe).suffix.lower()
    content = _bounded(parts)
    if ending not in MEDIA or not _is_what_it_says(ending, content):
        raise FileKindUnknown(safe)
    digest = sm3(content).hex()
    _keep(path_of(digest), content)
    return Stored(digest, safe, len(content), MEDIA[ending])


def safe_name(name: str) -> str:
    """The last part of a path of any system, without what no screen shows or a shell would read."""
    last = PurePosixPath(PureWindowsPath(unicodedata.normalize("NFC", name)).name).name
    kept = "".join(one if one.isalnum() or one in " ._-()（）、" else "_" for one in last)
    stem, dot, ending = kept.strip(" .").rpartition(".")
    stem = stem.strip(" .")
    if not dot or not stem:
        raise FileNameWrong
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"


def path_of(digest: str) -> Path:
    if not DIGEST.fullmatch(digest):  # it may come out of a row that somebody wrote
        raise ValueError(f"no digest: {digest!r}")
    return Path(settings.DIEBIAN_DATA) / "files" / digest[:2] / digest


def _bounded(parts: Iterable[bytes]) -> bytes:
    """Counted while it comes."""
    content = bytearray()
    for part in parts:
        content += part
        if len(content) > LARGEST:
            raise FileTooLarge
    if not content:
        raise FileEmpty
    return bytes(content)


def _is_what_it_says(ending: str, content: bytes) -> bool:
    if ending in BEGINS:
        return content.startswith(BEGINS[ending])
    return b"\0" not in content[:4096]  # text of any encoding that our readers know


def _keep(path: Path, content: bytes) -> None:
    """On disk before it is named; two who store the same at once do not see half of it."""
    if path.is_file():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_name(f".{uuid4().hex}")
    with part.open("xb") as out:
        part.chmod(0o600)
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    part.rename(path)
