"""The lake's door. Reading and writing rows (`TableStore`) is loaded only when it is asked for."""

from collections.abc import Mapping
from pathlib import Path

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
    "make_bench_source",
    "open_lake",
    "open_runs",
    "processor_seconds",
    "quoted",
    "receive_push",
    "register_source",
    "shown",
    "type_words",
]


def collect(*slugs: str) -> None:
    """At once, in this process, by the platform itself."""
    from diebian.security.identity.public import PLATFORM

    from .collecting import collect as collect_now

    collect_now(slugs=slugs, by=PLATFORM)


def processor_seconds(server: Path) -> float:
    """For benches: what a PostgreSQL in this folder and this process have used altogether."""
    from .bench.processor import processor_seconds as counted

    return counted(server)


def make_bench_source(url: str, *, is_quick: bool, also: Mapping[str, str]) -> dict[str, int]:
    """The tables that `bench collect` reads, with further columns (`bench.source.Also`); gives
    the rows of each. For benches of components above.
    """
    from .bench.source import QUICK, WHOLE, Also, make

    tables = (QUICK if is_quick else WHOLE).tables
    make(url, tables, Also(**also))
    return tables
