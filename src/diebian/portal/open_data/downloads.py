"""A file on its way: in pieces, and only as long as it is still open."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from diebian.base.opening.public import is_still_open, pieces

LOOK_EVERY = 32  # pieces of a quarter of a MiB


class TakenDown(Exception):
    """Ends the answer before its announced length: the other side sees that it is not whole."""


def streamed(file: Path, dataset_id: UUID, look_every: int = LOOK_EVERY) -> Iterator[bytes]:
    with file.open("rb") as opened:
        for number, piece in enumerate(pieces(opened), start=1):
            yield piece
            if number % look_every == 0 and not is_still_open(dataset_id):
                raise TakenDown(str(dataset_id))
