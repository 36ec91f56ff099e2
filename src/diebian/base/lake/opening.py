"""The lake of this installation. Its library is loaded only when somebody opens it."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from psycopg.conninfo import conninfo_to_dict

from .selection import Found, Selection

if TYPE_CHECKING:
    from .store import TableStore


def open_lake() -> "TableStore":
    """To be closed by whoever opened it."""
    from .duck import platform_place
    from .store import TableStore

    return TableStore(platform_place())


def lake_at(*, database: str, folder: Path) -> "TableStore":
    """Another lake than the platform's own, for measuring; `database` as libpq has it."""
    from .duck import Place
    from .store import TableStore

    return TableStore(Place(dict(conninfo_to_dict(database)), "lake", folder))


def read_rows(table: str, asked: Selection, *, seconds: float = 5.0) -> Found:
    """For somebody who waits. Raises `TableUnknown`, `ColumnsUnclear`, `ReadTooLong`,
    `ReadersBusy`.
    """
    from .reading import read

    return read(table, asked, seconds=seconds)


def reading_many() -> AbstractContextManager[None]:
    """Within it every `read_rows` of this thread asks over one connection."""
    from .reading import kept_open

    return kept_open()
