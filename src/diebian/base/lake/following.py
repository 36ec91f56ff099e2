"""Who wants to know that something was collected. They register; the lake knows no name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from diebian.kernel.registry import Registry


@dataclass(frozen=True)
class Follower:
    """`collected` is told the slugs once their batches stand in the book. It only defers work:
    whoever needs to hear of each batch, also after a crash, looks at `collected_at` as well.
    """

    slug: str
    collected: Callable[[Sequence[str]], None]


followers: Registry[Follower] = Registry("follower of collections")
