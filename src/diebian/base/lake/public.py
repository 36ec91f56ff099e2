"""The lake's door. Reading and writing rows (`TableStore`) is loaded only when it is asked for."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from diebian.kernel.progress import Report, quiet

from .actions import define_all, define_collection, register_source
from .addresses import postgres_address
from .asking import ask_collection
from .checks import Check, code_check_of, id_check_of, registration_check_of
from .databases import Database, department_database, limits
from .dialect import DUCKDB, POSTGRESQL, SPARK, Dialect
from .following import Follower, followers
from .hold_actions import hold_collection
from .models import Mode, Schedule, SourceKind
from .names import literal, quoted, rows_at
from .naming import elements_of, name_elements
from .naming_loading import load_namings
from .opening import lake_at, open_lake, read_rows, reading_many
from .refusals import AddressWrong, SourceUnreachable, TableUnknown
from .run_actions import open_runs
from .scale import ScaleEngine, ScaleWork, scale_works
from .selection import Found, Selection
from .selectors import has_lake, is_collection, is_source, shown
from .spelling import (
    digits_of,
    id_number_of,
    organisation_core,
    plain_name,
    plain_number,
    plain_organisation,
)
from .tables import (
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
from .watch import Watch

if TYPE_CHECKING:
    from .store import TableStore

__all__ = [
    "DUCKDB",
    "POSTGRESQL",
    "SPARK",
    "AddressWrong",
    "Check",
    "Database",
    "Dialect",
    "Follower",
    "Found",
    "LakeTable",
    "Mode",
    "ScaleEngine",
    "ScaleWork",
    "Schedule",
    "Selection",
    "SourceKind",
    "SourceUnreachable",
    "TableStore",
    "TableUnknown",
    "TableUser",
    "Use",
    "Watch",
    "ask_collection",
    "beside_address",
    "code_check_of",
    "collect",
    "collected_at",
    "define_all",
    "define_collection",
    "department_database",
    "digits_of",
    "elements_of",
    "followers",
    "has_lake",
    "hold_collection",
    "id_check_of",
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
    "limits",
    "literal",
    "load_namings",
    "make_bench_source",
    "make_bench_tables",
    "name_elements",
    "open_lake",
    "open_runs",
    "organisation_core",
    "plain_name",
    "plain_number",
    "plain_organisation",
    "postgres_address",
    "quoted",
    "read_rows",
    "reading_many",
    "register_source",
    "registration_check_of",
    "rows_at",
    "sample_source",
    "scale_works",
    "shown",
    "table_users",
    "uses_of",
]


def collect(*slugs: str, report: Report = quiet) -> None:
    """At once, in this process, by the platform itself."""
    from diebian.security.identity.public import PLATFORM

    from .collecting import collect as collect_now

    collect_now(slugs=slugs, by=PLATFORM, report=report)


def make_bench_source(
    url: str, *, is_quick: bool, also: Mapping[str, str], is_scale: bool = False
) -> dict[str, int]:
    """The tables that `bench collect` reads, with further columns (`bench.source.Also`); gives
    the rows of each. For benches of components above; `is_scale`: fewer tables, for an engine
    that takes its time for each.
    """
    from .bench.source import QUICK, SCALE, SCALE_QUICK, WHOLE, Also, make

    plans = (SCALE, SCALE_QUICK) if is_scale else (WHOLE, QUICK)
    tables = plans[is_quick].tables
    make(url, tables, Also(**also))
    return tables


def sample_source(slug: str, url: str) -> str:
    """For benches: a sample department, made once, has this database; gives its credit code."""
    from .bench.department import sample_source as made

    return made(slug, url)


def beside_address(url: str) -> dict[str, str]:
    """For benches: the address of a database on the bench's own server."""
    from .bench.department import beside_address as told

    return told(url)


def make_bench_tables(url: str, tables: Mapping[str, int]) -> None:
    """The same tables, but these, each with so many rows."""
    from .bench.source import make

    make(url, tables)


def incoming_folder(source: str) -> Path:
    """Where files of a source are put for collecting."""
    from .sources import incoming

    return incoming(source)
