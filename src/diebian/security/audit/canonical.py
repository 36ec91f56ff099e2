"""One way to write an entry and a head as bytes. What is signed or hashed is exactly this.

A released format is a promise to every proof that was handed out: it is never changed, a new one
gets a new name.
"""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

ENTRY_DOMAIN = b"diebian-audit-entry-v1\0"
HEAD_DOMAIN = b"diebian-audit-head-v1\0"  # a head's signature is no other signature


@dataclass(frozen=True)
class EntryFacts:
    """What a leaf binds. The id is among it: a proof speaks of one row, not of one like it."""

    id: int
    at: str
    actor: str
    department: str
    action: str
    subject: str

    @property
    def content(self) -> bytes:
        return ENTRY_DOMAIN + _written(asdict(self))


@dataclass(frozen=True)
class HeadFacts:
    """A statement about the first `size` entries: this is their root, said at this moment."""

    size: int
    root: str
    at: str

    @property
    def content(self) -> bytes:
        return HEAD_DOMAIN + _written(asdict(self))


def moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _written(told: dict[str, Any]) -> bytes:
    """RFC 8785 for what occurs here: no floats, plain keys."""
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
