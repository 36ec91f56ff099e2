"""What travels: small, readable by any program, and no secret. Keys lead to the rows."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from diebian.standards.identifiers import is_id_number

TOPIC = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
LARGEST_BODY = 8 * 1024  # bytes of JSON; what is larger is fetched by its key


@dataclass(frozen=True)
class Message:
    """`id` is the idempotency key: the same id is the same fact, however often it arrives."""

    id: str
    topic: str  # component.thing.what_happened
    key: str  # of the thing that it is about
    body: Mapping[str, str]
    by: str  # key of whoever acted, or `platform`
    at: datetime

    def as_bytes(self) -> bytes:
        told = {
            "id": self.id,
            "topic": self.topic,
            "key": self.key,
            "body": dict(self.body),
            "by": self.by,
            "at": self.at.astimezone(UTC).isoformat(),
        }
        return json.dumps(told, ensure_ascii=False, sort_keys=True).encode()

    @classmethod
    def from_bytes(cls, raw: bytes) -> "Message":
        """ValueError when these bytes are no message."""
        try:
            told = json.loads(raw)
            told["at"] = datetime.fromisoformat(told["at"])
            return cls(**told)
        except (TypeError, KeyError) as error:
            raise ValueError("not a message") from error


def check(topic: str, body: Mapping[str, str]) -> None:
    """Raises ValueError: a message that breaks these rules is a mistake in a program."""
    if not TOPIC.fullmatch(topic):
        raise ValueError(f"not a topic: {topic!r}")
    for name, value in body.items():
        if not isinstance(value, str):
            raise ValueError(f"{topic}: {name} is not text")
        if is_id_number(value):
            raise ValueError(f"{topic}: {name} is an identity number; send the person's key")
    if len(json.dumps(dict(body), ensure_ascii=False).encode()) > LARGEST_BODY:
        raise ValueError(f"{topic}: the body is larger than {LARGEST_BODY} bytes")
