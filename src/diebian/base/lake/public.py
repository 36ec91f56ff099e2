"""The lake's door. Reading and writing rows (`TableStore`) is loaded only when it is asked for."""

from .actions import define_all, define_collection, register_source
from .asking import ask_collection
from .casts import cast_of
from .collected import (
    CollectedTable,
    collected_by_key,
    collected_of,
    collected_of_entries,
    collected_table,
    entries_collected,
)
from .hold_actions import hold_collection
from .models import Mode, Schedule, SourceKind
from .names import literal, quoted, rows_at
from .opening import open_lake
from .pushes import receive_push
from .refusals import SourceUnreachable, TableUnknown
from .run_actions import open_runs
from .selectors import is_collection, is_source

__all__ = [
    "CollectedTable",
    "Mode",
    "Schedule",
    "SourceKind",
    "SourceUnreachable",
    "TableUnknown",
    "ask_collection",
    "cast_of",
    "collect",
    "collected_by_key",
    "collected_of",
    "collected_of_entries",
    "collected_table",
    "define_all",
    "define_collection",
    "entries_collected",
    "hold_collection",
    "is_collection",
    "is_source",
    "literal",
    "open_lake",
    "open_runs",
    "quoted",
    "receive_push",
    "register_source",
    "rows_at",
]


def collect(slug: str) -> None:
    """At once, in this process, by the platform itself."""
    from diebian.security.identity.public import PLATFORM

    from .collecting import collect as collect_now

    collect_now(slugs=[slug], by=PLATFORM)
