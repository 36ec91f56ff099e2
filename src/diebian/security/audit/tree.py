"""The hash tree of RFC 6962 (proofs as RFC 9162 checks them), with SM3 in place of SHA-256.

Pure: hashes in, hashes out. What a leaf says stands in `canonical.py`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from diebian.security.keys.public import sm3

HASH_BYTES = 32

Subtree = Callable[[int, int], bytes]
"""Gives the root over the leaves from one position up to, not including, another."""


def leaf_hash(content: bytes) -> bytes:
    return sm3(b"\x00" + content)


def node_hash(left: bytes, right: bytes) -> bytes:
    return sm3(b"\x01" + left + right)


@dataclass
class Peaks:
    """All that is needed to go on growing: the roots of the perfect subtrees, largest first."""

    size: int = 0
    hashes: list[bytes] = field(default_factory=list)

    def add(self, leaf: bytes) -> None:
        self.hashes.append(leaf)
        carried = self.size
        while carried & 1:
            right, left = self.hashes.pop(), self.hashes.pop()
            self.hashes.append(node_hash(left, right))
            carried >>= 1
        self.size += 1

    @property
    def root(self) -> bytes:
        if not self.hashes:
            return sm3(b"")
        *others, root = self.hashes
        for peak in reversed(others):
            root = node_hash(peak, root)
        return root

    @classmethod
    def of(cls, leaves: Iterable[bytes]) -> "Peaks":
        made = cls()
        for leaf in leaves:
            made.add(leaf)
        return made


def inclusion_path(position: int, size: int, subtree: Subtree) -> list[bytes]:
    """The neighbours that lead from one leaf up to the root of the first `size` leaves."""
    low, high, path = 0, size, []
    while high - low > 1:
        middle = low + (1 << (high - low - 1).bit_length() - 1)
        if position < middle:
            path.append(subtree(middle, high))
            high = middle
        else:
            path.append(subtree(low, middle))
            low = middle
    return path[::-1]


def leads_to(root: bytes, *, leaf: bytes, position: int, size: int, path: Sequence[bytes]) -> bool:
    """RFC 9162, 2.1.3.2: whether this leaf stands at this position of the tree with this root."""
    if not 0 <= position < size:
        return False
    place, last, reached = position, size - 1, leaf
    for neighbour in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            reached = node_hash(neighbour, reached)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            reached = node_hash(reached, neighbour)
        place, last = place >> 1, last >> 1
    return last == 0 and reached == root
