"""A file on its way: in pieces, only as long as it is still open, and never from all of our hands.

A download occupies one of the web process's threads until it ends, and whoever reads slowly keeps
it long. So only some of them may be lent out: pages go on, whatever is being downloaded.
"""

from collections.abc import Iterator
from pathlib import Path
from threading import BoundedSemaphore
from uuid import UUID

from diebian.base.opening.public import is_still_open, pieces
from diebian.kernel.errors import DiebianError

LOOK_EVERY = 32  # pieces of a quarter of a MiB
PLACES = BoundedSemaphore(4)  # of the web process's eight threads


class AllPlacesTaken(DiebianError):
    code, status, title = "open_data.all_places_taken", 503, "正在下载的人多，请过一会儿再试"


class TakenDown(Exception):
    """Ends the answer before its announced length: the other side sees that it is not whole."""


class Download:
    """The server closes it at its end, whole or broken off; then its place is free again."""

    def __init__(self, file: Path, dataset_id: UUID, look_every: int = LOOK_EVERY) -> None:
        if not PLACES.acquire(blocking=False):
            raise AllPlacesTaken
        self._has_place = True
        try:
            self._file = file.open("rb")
        except OSError:
            self.close()
            raise
        self._pieces = enumerate(pieces(self._file))
        self._dataset, self._look_every = dataset_id, look_every

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        number, piece = next(self._pieces)
        if number and number % self._look_every == 0 and not is_still_open(self._dataset):
            raise TakenDown(str(self._dataset))
        return piece

    def close(self) -> None:
        if self._has_place:
            self._has_place = False
            PLACES.release()
        if hasattr(self, "_file"):
            self._file.close()
