"""Signed heads: said in the database, and once more outside of it.

Whoever owns the database can cut the trail's end together with the heads that cover it. A head
that lies elsewhere then still says how long the trail was.
"""

import fcntl
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from diebian.kernel import clock
from diebian.security.keys.public import Signer, Verifier, signing_key

from .canonical import HeadFacts

PURPOSE = "audit-heads"


@dataclass(frozen=True)
class SignedHead:
    facts: HeadFacts
    signature: str
    key_id: str

    def is_signed_by(self, key: Verifier) -> bool:
        try:
            return key.verify(self.facts.content, bytes.fromhex(self.signature))
        except ValueError:
            return False

    def as_line(self) -> str:
        told = {**asdict(self.facts), "signature": self.signature, "key_id": self.key_id}
        return json.dumps(told, sort_keys=True)

    @classmethod
    def from_line(cls, line: str) -> "SignedHead":
        """ValueError when it is not a head."""
        try:
            told = json.loads(line)
            facts = HeadFacts(int(told["size"]), str(told["root"]), str(told["at"]))
            return cls(facts, str(told["signature"]), str(told["key_id"]))
        except (KeyError, TypeError) as error:
            raise ValueError(line) from error


def signer() -> Signer:
    return signing_key(PURPOSE)


def sign(facts: HeadFacts) -> SignedHead:
    key = signer()
    return SignedHead(facts, key.sign(facts.content).hex(), key.verifier.key_id)


def folder() -> Path:
    return Path(settings.DIEBIAN_DATA) / "published-heads"


def publish(head: SignedHead) -> None:
    """A line in the file of the day in the city. Copy the folder elsewhere: that is its point."""
    folder().mkdir(parents=True, exist_ok=True)
    day = datetime.fromisoformat(head.facts.at).astimezone(clock.CITY_TIME)
    with (folder() / f"{day:%F}.jsonl").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.write(head.as_line() + "\n")


def published(where: Path | None = None) -> Iterator[tuple[str, SignedHead | None]]:
    """Where it stands, and the head; None where a line cannot be read."""
    for file in sorted((where or folder()).glob("*.jsonl")):
        for number, line in enumerate(file.read_text().splitlines(), start=1):
            place = f"{file.name} 第 {number} 行"
            try:
                yield place, SignedHead.from_line(line)
            except ValueError:
                yield place, None
