"""A node above the city as the read path uses it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Node:
    """What the read path must know of an `Upstream`."""

    id: int
    system: str
    title: str
    address: str  # empty: as of a department's system
    held_as: str  # the name of its key
    opens_after: int
    rests_seconds: int
