"""What was written of a batch, as one number that both sides can work out."""

from collections.abc import Iterator

from diebian.security.keys.public import sm3

BLOCK = 1024**2


class Summed:
    """Passes a text on. Read to its end, `checksum` is SM3, chained over each MiB of it: the blocks
    are of the text and not of the engine that told it, so another version sums alike.
    """

    def __init__(self, text: Iterator[bytes]) -> None:
        self._text, self.checksum = text, ""

    def __iter__(self) -> Iterator[bytes]:
        digest, rest = b"", b""
        for part in self._text:
            rest += part
            while len(rest) >= BLOCK:
                digest, rest = sm3(digest + rest[:BLOCK]), rest[BLOCK:]
            yield part
        self.checksum = sm3(digest + rest).hex()
