"""TableStore: the one small way to the lake. DuckLake: catalogue in PostgreSQL, rows in Parquet.

A batch is one snapshot: rows of one or many tables and the batch's note, or nothing at all. The
note (in the snapshot's extra info) is what says after a crash whether a batch is in.
"""

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

import duckdb
import psycopg
from psycopg import sql

from .duck import MEMORY, Place, connect
from .files import FileColumn, LakeFiles
from .names import LAKE_TABLE, checked_type, literal, quoted, rows_at
from .refusals import TableUnknown

LOCK_SPACE = 6963  # of the advisory locks: one writer for each table
TRIES = 5
GONE_SECONDS = 30.0
CATALOGUE = "__ducklake_metadata_lake"  # as DuckLake attaches it


@dataclass(frozen=True)
class Note:
    """What a snapshot says of the batch that made it."""

    snapshot: int
    told: dict[str, Any]


class TableStore:
    def __init__(self, place: Place, *, memory: str = MEMORY) -> None:
        self.place, self.token = place, f"lake:{uuid4().hex}"
        self.duck = connect(place, application=self.token, memory=memory)
        # A lock belongs to a session: a killed process leaves none behind.
        self._locks = psycopg.connect(place.conninfo(f"{self.token}:locks"), autocommit=True)

    def close(self) -> None:
        self.duck.close()
        self._locks.close()

    @contextmanager
    def beside(self) -> Iterator["TableStore"]:
        """For one more thread: the same lake, locks and memory, a transaction of its own."""
        other = copy(self)
        other.duck = self.duck.cursor()
        try:
            yield other
        finally:
            other.duck.close()

    def __enter__(self) -> "TableStore":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # reading

    def tables(self) -> set[str]:
        return set(self.columns_of_all())

    def columns_of_all(self) -> dict[str, set[str]]:
        """By table. Of `duckdb_tables` the engine would find out each one's size by itself."""
        asked = self.duck.execute(
            "SELECT table_name, list(column_name) FROM duckdb_columns() "
            "WHERE database_name = 'lake' GROUP BY table_name"
        )
        return {table: set(columns) for table, columns in asked.fetchall()}

    def sizes(self) -> dict[str, int]:
        """Rows of each table that had any, now; of a thousand tables in one question."""
        there = f"{CATALOGUE}.{quoted(self.place.schema)}"
        asked = self.duck.execute(
            f"SELECT table_name, record_count FROM {there}.ducklake_table "
            f"JOIN {there}.ducklake_table_stats USING (table_id) WHERE end_snapshot IS NULL"
        )
        return dict(asked.fetchall())

    def columns(self, table: str) -> dict[str, str]:
        asked = self.duck.execute(f"DESCRIBE {_table(table)}")
        return {row[0]: row[1] for row in asked.fetchall()}

    def read(self, table: str, at: int | datetime | None = None) -> duckdb.DuckDBPyRelation:
        """As it is, as it was at a snapshot, or as it was at a moment."""
        return self.duck.sql(f"FROM {rows_at(table, at)}")

    def snapshot(self) -> int:
        return self._number("SELECT id FROM ducklake_current_snapshot('lake')")

    def changes(self, table: str, since: int, until: int | None = None) -> duckdb.DuckDBPyRelation:
        """After `since` up to `until`: a row for each new state of a row, and for each deletion."""
        last = self.snapshot() if until is None else until
        asked = f"FROM lake.table_changes({literal(table)}, {since + 1}, {last})"
        if last <= since:  # nothing yet: the same columns, no rows
            asked = f"FROM lake.table_changes({literal(table)}, {last}, {last}) WHERE false"
            return self.duck.sql(asked)
        return self.duck.sql(f"{asked} WHERE change_type <> 'update_preimage'")

    def oldest(self) -> int:
        """The first snapshot that can still be read: changes from before it are gone."""
        return self._number("SELECT min(snapshot_id) FROM ducklake_snapshots('lake')")

    def touched(self, table: str, key: Sequence[str], since: int, until: int) -> str:
        """A query of the keys of all rows that may be other than at `since`, gone or new. What
        became of each is to be read at `until`: of a row that one snapshot changes and deletes,
        `table_changes` tells only the change; and compaction lets unchanged rows appear.
        """
        names = ", ".join(quoted(one) for one in key)
        if until <= since:
            return f"SELECT {names} FROM {_table(table)} WHERE false"
        told = f"lake.table_changes({literal(table)}, {since + 1}, {until})"
        return f"SELECT DISTINCT {names} FROM {told}"

    def files(self, table: str, at: int | None = None) -> LakeFiles:
        """For an engine of another kind, which reads them as `files` says."""
        snapshot = self.snapshot() if at is None else at
        told = f"'lake', {literal(table)}, snapshot_version => {int(snapshot)}"
        listed = self.duck.execute(
            f"SELECT data_file, delete_file FROM ducklake_list_files({told})"
        )
        files = dict(listed.fetchall())
        described = self.duck.execute(f"DESCRIBE FROM {rows_at(table, snapshot)}").fetchall()
        fields = fields_of(self._locks, self.place.schema, table, snapshot)
        columns = tuple(FileColumn(name, of, fields[name]) for name, of, *_ in described)
        return LakeFiles(table, snapshot, columns, files)

    def count(self, table: str) -> int:
        return self._number(f"SELECT count(*) FROM {_table(table)}")

    def of_platform(self, asked: str) -> str:
        """A query that gives what PostgreSQL answers in the database of the lake's catalogue."""
        return f"SELECT * FROM postgres_query('{CATALOGUE}', {literal(asked)})"

    # writing: inside `writing` only

    def lock(self, tables: Sequence[str]) -> set[str]:
        """Takes what is free and says which; kept until `unlock` or the end of this process."""
        asked = self._locks.execute(
            "SELECT name FROM unnest(%s::text[]) name "
            "WHERE pg_try_advisory_lock(%s, hashtext(%s || name))",
            [list(tables), LOCK_SPACE, f"{self.place.schema}."],
        )
        return {row[0] for row in asked.fetchall()}

    def unlock(self) -> None:
        self._locks.execute("SELECT pg_advisory_unlock_all()")

    @contextmanager
    def writing(self, *, batch: str, message: str, note: dict[str, Any]) -> Iterator[None]:
        """One snapshot. `note` may still be filled inside; it is kept with the rows."""
        self.duck.execute("BEGIN")
        try:
            yield
            told = [batch, message, json.dumps(note, ensure_ascii=False)]
            self.duck.execute("CALL lake.set_commit_message(?, ?, extra_info => ?)", told)
            self.duck.execute("COMMIT")
        except BaseException:
            with suppress(duckdb.Error):
                self.duck.execute("ROLLBACK")
            raise

    def create(self, table: str, columns: dict[str, str], rows: str) -> int:
        """The table with its first rows: one statement, for a thousand tables it counts."""
        if not LAKE_TABLE.fullmatch(table):
            raise TableUnknown(table)
        told = ", ".join(f"CAST({quoted(name)} AS {checked_type(of)}) AS {quoted(name)}"
                         for name, of in columns.items())  # fmt: skip
        return self._number(f"CREATE TABLE {_table(table)} AS SELECT {told} FROM ({rows})")

    def add_column(self, table: str, name: str, type_: str) -> None:
        self.duck.execute(
            f"ALTER TABLE {_table(table)} ADD COLUMN IF NOT EXISTS {quoted(name)} "
            f"{checked_type(type_)}"
        )

    def rename_column(self, table: str, name: str, new: str) -> None:
        self.duck.execute(
            f"ALTER TABLE {_table(table)} RENAME COLUMN {quoted(name)} TO {quoted(new)}"
        )

    def has_values(self, table: str, columns: Sequence[str]) -> bool:
        """Whether anything stands in one of these columns."""
        if not columns:
            return False
        filled = " OR ".join(f"{quoted(one)} IS NOT NULL" for one in columns)
        return self._number(f"SELECT count(*) FROM {_table(table)} WHERE {filled}") > 0

    def copy(self, table: str, to: str) -> int:
        """All of it as it is, beside it."""
        if not LAKE_TABLE.fullmatch(to):
            raise TableUnknown(to)
        return self._number(f"CREATE TABLE {_table(to)} AS FROM {_table(table)}")

    def append(self, table: str, rows: str) -> int:
        return self._number(f"INSERT INTO {_table(table)} BY NAME {rows}")

    def merge(self, table: str, key: Sequence[str], columns: Sequence[str], rows: str) -> int:
        """Newer rows replace, new ones come in; equal ones are not written again."""
        same = _same(key)
        differs = " OR ".join(f"t.{quoted(one)} IS DISTINCT FROM s.{quoted(one)}"
                              for one in columns if one not in key) or "false"  # fmt: skip
        # Not `UPDATE` by position: a column that the source no longer has keeps its values.
        sets = ", ".join(f"{quoted(one)} = s.{quoted(one)}" for one in columns)
        names = ", ".join(quoted(one) for one in columns)
        values = ", ".join(f"s.{quoted(one)}" for one in columns)
        return self._number(
            f"MERGE INTO {_table(table)} t USING ({rows}) s ON {same} "
            f"WHEN MATCHED AND ({differs}) THEN UPDATE SET {sets} "
            f"WHEN NOT MATCHED THEN INSERT ({names}) VALUES ({values})"
        )

    def keep_only(self, table: str, key: Sequence[str], rows: str) -> int:
        """Deletes what `rows` no longer has."""
        return self._number(f"DELETE FROM {_table(table)} t WHERE NOT EXISTS "
                            f"(SELECT 1 FROM ({rows}) s WHERE {_same(key)})")  # fmt: skip

    def remove(self, table: str, key: Sequence[str], rows: str) -> int:
        return self._number(f"DELETE FROM {_table(table)} t WHERE EXISTS "
                            f"(SELECT 1 FROM ({rows}) s WHERE {_same(key)})")  # fmt: skip

    def clear(self, table: str) -> int:
        return self._number(f"DELETE FROM {_table(table)}")

    # after a crash

    def note_of(self, batch: str) -> Note | None:
        return note_of(self._locks, self.place.schema, batch)

    def end_writer(self, token: str) -> None:
        """A killed writer's server process may be committing at this moment, or wait for a word
        that never comes: it is ended, and only then anybody looks for its batch.
        """
        end = time.monotonic() + GONE_SECONDS
        asked = (
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            "WHERE application_name = %s"
        )
        while _one(self._locks.execute(asked, [token]).fetchone()):
            if time.monotonic() > end:
                raise TimeoutError(f"the writer {token} is still there")
            time.sleep(0.05)

    # housekeeping

    def compact(self, table: str) -> tuple[int, int]:
        """Fewer files, the same rows; gives the number of files before and after."""
        listing = f"SELECT count(*) FROM ducklake_list_files('lake', {literal(table)})"
        before = self._number(listing)
        told = f"'lake', {literal(table)}"
        rewrite = f"CALL ducklake_rewrite_data_files({told}, delete_threshold => 0.1)"
        self.duck.execute(rewrite).fetchall()
        self.duck.execute(f"CALL ducklake_merge_adjacent_files({told})").fetchall()
        return before, self._number(listing)

    def expire(self, *, keep_days: float, grace_hours: float = 24) -> tuple[int, int]:
        """Old snapshots, then the files that nobody needs; `grace_hours` spares running readers."""
        snapshots = self._expired("ducklake_expire_snapshots", keep_days * 86400)
        return snapshots, self._expired("ducklake_cleanup_old_files", grace_hours * 3600)

    def _expired(self, name: str, seconds: float) -> int:
        """Counted first: what `CALL` answers has moments in it that Python cannot read alone."""
        told = f"{name}('lake', older_than => now() - INTERVAL {int(seconds)} SECOND"
        count = self._number(f"SELECT count(*) FROM {told}, dry_run => true)")
        self.duck.execute(f"CALL {told})")
        return count

    def _number(self, asked: str) -> int:
        return int(_one(self.duck.execute(asked).fetchone()))


def note_of(connection: psycopg.Connection[Any], schema: str, batch: str) -> Note | None:
    """Asked of PostgreSQL itself: no lake has to be opened for it."""
    asked = sql.SQL(
        "SELECT snapshot_id, commit_extra_info FROM {} WHERE author = %s ORDER BY 1 LIMIT 1"
    ).format(sql.Identifier(schema, "ducklake_snapshot_changes"))
    found = connection.execute(asked, [batch]).fetchone()
    return Note(int(found[0]), json.loads(found[1])) if found else None


def fields_of(
    connection: psycopg.Connection[Any], schema: str, table: str, snapshot: int
) -> dict[str, int]:
    """By which number a column stands in each Parquet file, whatever its name was then."""
    asked = sql.SQL(
        "SELECT c.column_name, c.column_id FROM {} c JOIN {} t USING (table_id) "
        "WHERE t.table_name = %(table)s AND c.parent_column IS NULL "
        "AND t.begin_snapshot <= %(at)s AND coalesce(t.end_snapshot > %(at)s, true) "
        "AND c.begin_snapshot <= %(at)s AND coalesce(c.end_snapshot > %(at)s, true)"
    ).format(sql.Identifier(schema, "ducklake_column"), sql.Identifier(schema, "ducklake_table"))
    return dict(connection.execute(asked, {"table": table, "at": snapshot}).fetchall())


def _table(name: str) -> str:
    return f"lake.{quoted(name)}"


def _same(key: Sequence[str]) -> str:
    return " AND ".join(f"t.{quoted(one)} = s.{quoted(one)}" for one in key)


def _one(row: Any) -> Any:
    return row[0] if row else 0
