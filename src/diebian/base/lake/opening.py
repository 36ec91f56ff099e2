"""The lake of this installation. Its library is loaded only when somebody opens it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .store import TableStore


def open_lake() -> "TableStore":
    """To be closed by whoever opened it."""
    from .duck import platform_place
    from .store import TableStore

    return TableStore(platform_place())
