"""The lake's door. Reading and writing rows (`TableStore`) is loaded only when it is asked for."""

from .actions import define_all, define_collection, register_source
from .asking import ask_collection
from .behind import (
    CollectedTable,
    collected_table,
    collected_tables_by,
    collected_tables_of,
    incoming_folder,
)
from .hold_actions import hold_collection
from .models import Mode, Schedule, SourceKind
from .names import literal, quoted
from .opening import open_lake
from .pushes import receive_push
from .refusals import SourceUnreachable, TableUnknown
from .run_actions import open_runs
from .selectors import is_collection

__all__ = [
    "CollectedTable",
    "Mode",
    "Schedule",
    "SourceKind",
    "SourceUnreachable",
    "TableUnknown",
    "ask_collection",
    "collect",
    "collected_table",
    "collected_tables_by",
    "collected_tables_of",
    "define_all",
    "define_collection",
    "hold_collection",
    "incoming_folder",
    "is_collection",
    "literal",
    "open_lake",
    "open_runs",
    "quoted",
    "receive_push",
    "register_source",
]


def collect(slug: str) -> None:
    """At once, in this process, by the platform itself."""
    from diebian.security.identity.public import PLATFORM

    from .collecting import collect as collect_now

    collect_now(slugs=[slug], by=PLATFORM)
