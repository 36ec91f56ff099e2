"""One number for many rows, whatever their order: two that have the same rows have the same one."""

from collections.abc import Iterable, Sequence
from hashlib import blake2b


def digest_of(rows: Iterable[Sequence[object]], before: str = "") -> str:
    """A sum of hashes, in sixteen hexadecimal places; goes on from `before`."""
    total = int(before or "0", 16)
    for row in rows:
        told = "|".join(map(str, row)).encode()
        total += int.from_bytes(blake2b(told, digest_size=8).digest())
    return f"{total % 2**64:016x}"
