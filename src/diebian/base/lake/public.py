"""The lake's door. Reading and writing rows (`TableStore`) is loaded only when it is asked for."""

from typing import TYPE_CHECKING

from .actions import (
    ask_collection,
    define_all,
    define_collection,
    hold_collection,
    open_runs,
    register_source,
)
from .models import Mode, Schedule, SourceKind
from .pushes import receive_push
from .refusals import SourceUnreachable, TableUnknown
from .selectors import is_collection

if TYPE_CHECKING:
    from .store import TableStore

__all__ = [
    "Mode",
    "Schedule",
    "SourceKind",
    "SourceUnreachable",
    "TableUnknown",
    "ask_collection",
    "collect",
    "define_all",
    "define_collection",
    "hold_collection",
    "is_collection",
    "open_lake",
    "open_runs",
    "receive_push",
    "register_source",
]


def open_lake() -> "TableStore":
    """The lake of this installation; to be closed by whoever opened it."""
    from .duck import platform_place
    from .store import TableStore

    return TableStore(platform_place())


def collect(slug: str) -> None:
    """At once, in this process, by the platform itself."""
    from diebian.security.identity.public import PLATFORM

    from .collecting import collect as collect_now

    collect_now(slugs=[slug], by=PLATFORM)
