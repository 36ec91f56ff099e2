"""The lake's door. Reading and writing rows (`TableStore`) is loaded only when it is asked for."""

from .actions import define_all, define_collection, register_source
from .asking import ask_collection
from .casts import cast_of
from .hold_actions import hold_collection
from .models import Mode, Schedule, SourceKind
from .names import literal, quoted, rows_at
from .opening import open_lake
from .pushes import receive_push
from .refusals import SourceUnreachable, TableUnknown
from .run_actions import open_runs
from .selectors import is_collection, is_source
from .tables import (
    LakeTable,
    entries_collected,
    table,
    table_by_key,
    tables_of,
    tables_of_entries,
)

__all__ = [
    "LakeTable",
    "Mode",
    "Schedule",
    "SourceKind",
    "SourceUnreachable",
    "TableUnknown",
    "ask_collection",
    "cast_of",
    "collect",
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
    "table",
    "table_by_key",
    "tables_of",
    "tables_of_entries",
]


def collect(slug: str) -> None:
    """At once, in this process, by the platform itself."""
    from diebian.security.identity.public import PLATFORM

    from .collecting import collect as collect_now

    collect_now(slugs=[slug], by=PLATFORM)
