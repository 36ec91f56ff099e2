"""The lake's door. Reading and writing rows (`TableStore`) is loaded only when it is asked for."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from .actions import define_all, define_collection, register_source
from .addresses import postgres_address, postgres_conninfo
from .asking import ask_collection
from .casts import cast_of
from .following import Follower, followers
from .hold_actions import hold_collection
from .models import Mode, Schedule, SourceKind
from .names import literal, quoted, rows_at, type_words
from .opening import lake_at, open_lake, read_rows
from .pushes import receive_push
from .refusals import AddressWrong, SecretMissing, SourceUnreachable, TableUnknown
from .run_actions import open_runs
from .selection import Found, Selection
from .selectors import has_lake, is_collection, is_source, shown
from .spelling import digits_of, id_number_of, plain_name, plain_number
from .tables import (
    LakeColumn,
    LakeTable,
    collected_at,
    lake_table,
    lake_table_by_number,
    lake_tables,
    lake_tables_behind_entries,
    lake_tables_of_entries,
    last_snapshot,
)
from .using import TableUser, Use, table_users, uses_of

if TYPE_CHECKING:
    from .store import TableStore

__all__ = [
    "AddressWrong",
    "Follower",
    "Found",
    "LakeColumn",
    "LakeTable",
    "Mode",
    "Schedule",
    "SecretMissing",
    "Selection",
    "SourceKind",
    "SourceUnreachable",
    "TableStore",
    "TableUnknown",
    "TableUser",
    "Use",
    "ask_collection",
    "cast_of",
    "collect",
    "collected_at",
    "define_all",
    "define_collection",
    "digits_of",
    "followers",
    "has_lake",
    "hold_collection",
    "id_number_of",
    "incoming_folder",
    "is_collection",
    "is_source",
    "lake_at",
    "lake_table",
    "lake_table_by_number",
    "lake_tables",
    "lake_tables_behind_entries",
    "lake_tables_of_entries",
    "last_snapshot",
    "literal",
    "make_bench_source",
    "open_lake",
    "open_runs",
    "plain_name",
    "plain_number",
    "postgres_address",
    "postgres_conninfo",
    "quoted",
    "read_rows",
    "receive_push",
    "register_source",
    "rows_at",
    "shown",
    "table_users",
    "type_words",
    "uses_of",
]


def collect(*slugs: str) -> None:
    """At once, in this process, by the platform itself."""
    from diebian.security.identity.public import PLATFORM

    from .collecting import collect as collect_now

    collect_now(slugs=slugs, by=PLATFORM)


def make_bench_source(url: str, *, is_quick: bool, also: Mapping[str, str]) -> dict[str, int]:
    """The tables that `bench collect` reads, with further columns (`bench.source.Also`); gives
    the rows of each. For benches of components above.
    """
    from .bench.source import QUICK, WHOLE, Also, make

    tables = (QUICK if is_quick else WHOLE).tables
    make(url, tables, Also(**also))
    return tables


def incoming_folder(source: str) -> Path:
    """Where files of a source are put for collecting."""
    from .sources import incoming

    return incoming(source)
