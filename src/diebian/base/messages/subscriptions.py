"""Who wants to hear what. A component or scene registers in its `ready()`."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from diebian.kernel.registry import Registry

from .message import Message

LONGEST_PAUSE = 300.0
PATTERN = re.compile(r"([a-z][a-z0-9_]*|\*)(\.([a-z][a-z0-9_]*|\*))*(\.>)?")


@dataclass(frozen=True)
class Subscription:
    """`handle` runs in a transaction together with the note that it did: it may simply insert.

    It may be called for an older message after a newer one, when the older failed before.
    """

    slug: str  # names the durable consumer: a new slug hears everything that is still kept
    topics: str  # as in NATS: `*` is one word, a final `>` is all that follows
    handle: Callable[[Message], None]
    most_tries: int = 8
    first_pause: float = 1.0  # seconds after the first failure, doubled after each

    def __post_init__(self) -> None:
        if not PATTERN.fullmatch(self.topics):
            raise ValueError(f"not a pattern of topics: {self.topics!r}")

    @property
    def consumer(self) -> str:
        return self.slug.replace(".", "-")

    def pause_after(self, tries: int) -> float:
        """Seconds to wait before the next try, after this many."""
        return float(min(self.first_pause * 2 ** (tries - 1), LONGEST_PAUSE))


subscriptions = Registry[Subscription]("subscription")
