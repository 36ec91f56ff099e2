"""The lake's door. Reading and writing rows (`TableStore`) is loaded only when it is asked for."""

from .actions import define_all, define_collection, register_source
from .asking import ask_collection
from .following import Follower, followers
from .hold_actions import hold_collection
from .models import Mode, Schedule, SourceKind
from .names import literal, quoted, type_words
from .opening import open_lake
from .pushes import receive_push
from .refusals import SourceUnreachable, TableUnknown
from .run_actions import open_runs
from .selectors import has_lake, is_collection, shown
from .tables import LakeTable, lake_table, lake_tables

__all__ = [
    "Follower",
    "LakeTable",
    "Mode",
    "Schedule",
    "SourceKind",
    "SourceUnreachable",
    "TableUnknown",
    "ask_collection",
    "collect",
    "define_all",
    "define_collection",
    "followers",
    "has_lake",
    "hold_collection",
    "is_collection",
    "lake_table",
    "lake_tables",
    "literal",
    "open_lake",
    "open_runs",
    "quoted",
    "receive_push",
    "register_source",
    "shown",
    "type_words",
]


def collect(slug: str) -> None:
    """At once, in this process, by the platform itself."""
    from diebian.security.identity.public import PLATFORM

    from .collecting import collect as collect_now

    collect_now(slugs=[slug], by=PLATFORM)
