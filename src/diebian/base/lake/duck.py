"""A DuckDB of this process with the lake attached. Nothing is fetched: extensions are wheels.

Import this only where it is used: the library is some 60 MB.
"""

import fcntl
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb
from psycopg.conninfo import make_conninfo

from .bucket import Bucket
from .names import literal, quoted

EXTENSIONS = ("postgres_scanner", "ducklake")  # in the order of loading
BUCKET = "httpfs"  # and this one where the files are in a bucket
MEMORY = "640MB"
THREADS = 1  # each of the engine's own lanes drives one; idle workers would only spin
# Of Parquet: version 2 tells numbers by their differences and texts by their lengths. With the
# quickest level it is half as large, written in three quarters of the time and read in two thirds.
WRITTEN = {
    "parquet_compression": "zstd",
    "parquet_compression_level": "1",
    "parquet_version": "2",
}
# These believe the statistics of a table's present, also where its past is read: after compaction
# `SELECT DISTINCT id … AT (VERSION => n)` gave 256 for 0 (`test_the_past_stays_after_compaction`).
UNSAFE = "statistics_propagation,compressed_materialization"


@dataclass(frozen=True)
class Place:
    """Where a lake is: catalogue (libpq words and a schema), and the Parquet files.

    These are in `bucket`, else in `folder`, which is also where DuckDB spills.
    """

    database: dict[str, Any]
    schema: str
    folder: Path
    bucket: Bucket | None = None

    @property
    def files(self) -> str:
        return self.bucket.address if self.bucket else str(self.folder / "tables")

    def conninfo(self, application: str) -> str:
        return make_conninfo(**{**self.database, "application_name": application})


def platform_place() -> Place:
    """In the platform's own database, beside its tables: one thing to back up."""
    from django.conf import settings
    from django.db import connection

    told = connection.get_connection_params()
    words = {"dbname", "user", "password", "host", "port", "sslmode", "sslrootcert"}
    database = {word: told[word] for word in words if told.get(word)}
    bucket = Bucket.at(settings.LAKE_URL) if settings.LAKE_URL else None
    return Place(database, settings.LAKE_SCHEMA, Path(settings.DIEBIAN_DATA) / "lake", bucket)


def connect(place: Place, *, application: str, memory: str = MEMORY) -> duckdb.DuckDBPyConnection:
    place.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    duck = bare(place.folder, memory=memory)
    for name in (*EXTENSIONS, BUCKET) if place.bucket else EXTENSIONS:
        duck.execute(f"LOAD {name}")
    # One metadata row each in PostgreSQL is cheaper than a table of small rows for every table.
    if place.bucket:
        duck.execute(place.bucket.secret_words)
    words = f"DATA_PATH {literal(place.files)}, OVERRIDE_DATA_PATH true"
    # The second: of the platform's database only this schema is read, not each of its tables.
    where = f"METADATA_SCHEMA {literal(place.schema)}, META_SCHEMA {literal(place.schema)}"
    options = f"{words}, {where}, DATA_INLINING_ROW_LIMIT 0"
    duck.execute("SET ducklake_max_retry_count = 20")
    duck.execute(f"SET disabled_optimizers = '{UNSAFE}'")
    with (place.folder / ".attach").open("w") as lock:  # of two that come first, one makes it
        fcntl.flock(lock, fcntl.LOCK_EX)
        address = literal(f"ducklake:postgres:{place.conninfo(application)}")
        duck.execute(f"ATTACH {address} AS lake ({options})")
        _set_options(duck)
    duck.execute("ATTACH ':memory:' AS stage")
    return duck


def _set_options(duck: duckdb.DuckDBPyConnection) -> None:
    """Written once for the lake: written by each connection, two would collide in its catalogue."""
    asked = "SELECT option_name, value FROM ducklake_options('lake')"
    have = dict(duck.execute(asked).fetchall())
    for name, value in WRITTEN.items():
        if have.get(name, "").removeprefix("V") != value:  # set as 2, told as V2
            duck.execute(f"CALL lake.set_option({literal(name)}, {literal(value)})")


def bare(folder: Path, *, memory: str = MEMORY) -> duckdb.DuckDBPyConnection:
    duck = duckdb.connect(
        config={
            "extension_directory": str(_extensions(folder)),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "memory_limit": memory,
            "threads": THREADS,
            "temp_directory": str(folder / "spill"),
            "allow_community_extensions": False,
            # They are files of hash-locked wheels, checked when they were installed. DuckDB would
            # hash their 100 MB again in each connection: half a second for whoever waits.
            "allow_unsigned_extensions": True,
            "preserve_insertion_order": False,
        }
    )
    duck.execute("SET TimeZone = 'Asia/Shanghai'")
    return duck


def attach_postgres(duck: duckdb.DuckDBPyConnection, conninfo: str, name: str) -> None:
    duck.execute(f"ATTACH IF NOT EXISTS {literal(conninfo)} AS {quoted(name)} "
                 "(TYPE postgres, READ_ONLY)")  # fmt: skip


def _extensions(folder: Path) -> Path:
    """DuckDB looks in <folder>/<version>/<platform>; the wheels keep them elsewhere."""
    platform = duckdb.execute("PRAGMA platform").fetchone()
    target = folder / "extensions" / f"v{duckdb.__version__}" / str(platform and platform[0])
    target.mkdir(parents=True, exist_ok=True)
    for name in (*EXTENSIONS, BUCKET):
        package = find_spec(f"duckdb_extension_{name}")
        if package is None or package.origin is None:
            raise RuntimeError(f"duckdb-extension-{name} is not installed")
        inside = f"extensions/v{duckdb.__version__}/{name}.duckdb_extension"
        _link(target / f"{name}.duckdb_extension", Path(package.origin).parent / inside)
    return folder / "extensions"


def _link(link: Path, to: Path) -> None:
    """A folder that moved with its installation gets new links; two processes may come at once."""
    if link.is_symlink() and link.readlink() == to:
        return
    part = link.with_suffix(f".{id(link)}")
    part.unlink(missing_ok=True)
    part.symlink_to(to)
    part.replace(link)
