"""The consumer's database: one table of rows, and one line that says how far they have come.

Both are written in one transaction, so that a batch is in whole, with its line, or not at all.
The table has a column of ours, the row's name: by it a row is replaced or taken away, also where
the key was not granted. It is no value of the department's, and another for each delivery.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql

from diebian.base.lake.public import AddressWrong, Database, Watch, limits
from diebian.kernel.errors import first_line

from . import patience
from .patience import checking, committing, hanging
from .refusals import TableForeign, TargetBusy, TargetRefuses, TargetUnreachable, TargetWrong

STATE = "diebian_delivery"
NAME = "_diebian_row"
COMING, TOUCHED = "diebian_coming", "diebian_touched"
LOCK_SPACE = 6964
STATE_COLUMNS = """delivery uuid primary key, "table" text not null unique, batch uuid not null,
  shape text not null, snapshot bigint not null, written bigint not null, removed bigint not null,
  total bigint not null, checksum text not null, at timestamptz not null default now()"""
TYPES = {
    "VARCHAR": "text", "BIGINT": "bigint", "INTEGER": "integer", "SMALLINT": "smallint",
    "DOUBLE": "double precision", "FLOAT": "real", "BOOLEAN": "boolean", "DATE": "date",
    "TIMESTAMP": "timestamp", "TIMESTAMP WITH TIME ZONE": "timestamptz", "TIME": "time",
    "BLOB": "bytea", "HUGEINT": "numeric",
}  # fmt: skip


@dataclass(frozen=True)
class Reached:
    """How far a delivery has come, as the consumer's own database has it."""

    batch: UUID
    shape: str  # of columns and terms: with another, all is sent anew
    snapshot: int
    written: int
    removed: int
    total: int
    checksum: str


class Consumer:
    """One open transaction. Nothing of it stays unless `commit` is called."""

    def __init__(
        self, connection: psycopg.Connection[Any], schema: str, table: str, delivery: UUID
    ) -> None:
        self.schema, self.delivery = schema, delivery
        self.name, self.table = table, sql.Identifier(schema, table)
        self.state = sql.Identifier(schema, STATE)
        self.connection = connection

    def close(self) -> None:
        self.connection.close()

    def commit(self) -> None:
        """What raises (`psycopg.OperationalError`, `SendTooLong`) leaves open whether it is in."""
        with committing() as watch:
            watch.holds(self.connection.fileno())
            self.connection.commit()

    def lock(self) -> None:
        """One sender for each delivery; the lock goes with the transaction, and its process."""
        asked = "select pg_try_advisory_xact_lock(%s, hashtext(%s))"
        found = self.connection.execute(asked, [LOCK_SPACE, str(self.delivery)]).fetchone()
        if not (found and found[0]):
            raise TargetBusy

    def reached(self) -> Reached | None:
        """Makes the line's table on the first time. Raises `TableForeign`, `TargetRefuses`."""
        self._run("create table if not exists {} ({})", self.state, sql.SQL(STATE_COLUMNS))
        asked = sql.SQL("select batch, shape, snapshot, written, removed, total, checksum "
                        "from {} where delivery = %s").format(self.state)  # fmt: skip
        row = self.connection.execute(asked, [self.delivery]).fetchone()
        there = self.connection.execute(
            "select to_regclass(%s) is not null", [self.table.as_string()]
        ).fetchone()
        if row is None and there and there[0]:
            raise TableForeign(self.name)
        return Reached(*row) if row and there and there[0] else None

    def begin_anew(self, columns: Mapping[str, str]) -> None:
        """An empty table of these columns (name to the lake's type). What the consumer built on the
        former one keeps PostgreSQL from dropping it: then this fails and says so.
        """
        told = [sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(sql_type(type_)))
                for name, type_ in columns.items()]  # fmt: skip
        self._run("drop table if exists {}", self.table)
        lines = sql.SQL(", ").join([*told])
        self._run("create table {} ({} uuid primary key, {})",
                  self.table, sql.Identifier(NAME), lines)  # fmt: skip

    def empty(self) -> None:
        """Whoever reads goes on reading the former rows until the commit."""
        self._run("delete from {}", self.table)

    def fill(self, columns: Sequence[str], rows: Iterable[bytes]) -> int:
        """`rows`: CSV, the row's name first, an unquoted nothing for null."""
        return self._copy(self.table, [NAME, *columns], rows)

    def change(
        self, columns: Sequence[str], rows: Iterable[bytes], touched: Iterable[bytes]
    ) -> tuple[int, int]:
        """`rows`: as they are now; `touched`: the names of these and of all that are gone. Gives
        how many were written and removed.
        """
        coming, gone = sql.Identifier(COMING), sql.Identifier(TOUCHED)
        self._run("create temporary table {} (like {}, primary key ({})) on commit drop",
                  coming, self.table, sql.Identifier(NAME))  # fmt: skip
        self._run("create temporary table {} (name uuid primary key) on commit drop", gone)
        self._copy(coming, [NAME, *columns], rows)
        self._copy(gone, ["name"], touched)
        key = sql.Identifier(NAME)
        removed = self._run(
            "delete from {} t using {} g where t.{} = g.name "
            "and not exists (select 1 from {} c where c.{} = g.name)",
            self.table, gone, key, coming, key,
        )  # fmt: skip
        sets = sql.SQL(", ").join(
            sql.SQL("{} = excluded.{}").format(sql.Identifier(one), sql.Identifier(one))
            for one in columns
        )
        written = self._run("insert into {} select * from {} on conflict ({}) do update set {}",
                            self.table, coming, key, sets)  # fmt: skip
        return written, removed

    def count(self) -> int:
        asked = sql.SQL("select count(*) from {}").format(self.table)
        row = self.connection.execute(asked).fetchone()
        return int(row[0]) if row else 0

    def note(self, reached: Reached) -> None:
        """In the transaction of the rows: this line is what says after a crash that they are in."""
        told = ("delivery", "table", "batch", "shape", "snapshot", "written", "removed", "total",
                "checksum")  # fmt: skip
        names = sql.SQL(", ").join(map(sql.Identifier, told))
        marks = sql.SQL(", ").join([sql.Placeholder()] * len(told))
        sets = sql.SQL(", ").join(
            sql.SQL("{} = excluded.{}").format(sql.Identifier(one), sql.Identifier(one))
            for one in told[1:]
        )
        statement = sql.SQL(
            "insert into {} ({}) values ({}) on conflict (delivery) do update set {}, at = now()"
        ).format(self.state, names, marks, sets)
        values = [self.delivery, self.name, reached.batch, reached.shape, reached.snapshot,
                  reached.written, reached.removed, reached.total, reached.checksum]  # fmt: skip
        self.connection.execute(statement, values)

    def _copy(self, table: sql.Identifier, columns: Sequence[str], text: Iterable[bytes]) -> int:
        names = sql.SQL(", ").join(map(sql.Identifier, columns))
        asked = sql.SQL("copy {} ({}) from stdin with (format csv)").format(table, names)
        with self.connection.cursor() as cursor:
            with cursor.copy(asked) as out:
                for part in text:
                    out.write(part)
            return cursor.rowcount

    def _run(self, statement: str, *parts: sql.Composable) -> int:
        try:
            return self.connection.execute(sql.SQL(statement).format(*parts)).rowcount
        except (psycopg.errors.InsufficientPrivilege, psycopg.errors.InvalidSchemaName) as error:
            raise TargetRefuses(first_line(error)) from error


def opened(database: Database, watch: Watch) -> psycopg.Connection[Any]:
    """Raises `TargetUnreachable`, and `TargetWrong` where it is the platform's own: the same look
    as for collecting. `watch` may end what hangs from now on.
    """
    try:
        return database.opened(
            "diebian-delivery",
            watch.holds,
            **limits(lock=patience.LOCK_SECONDS, statement=patience.STATEMENT_SECONDS),
        )
    except psycopg.OperationalError as error:
        watch.check()
        raise TargetUnreachable(first_line(error)) from error
    except AddressWrong as error:
        raise TargetWrong(error.detail) from error


def check(database: Database, schema: str) -> None:
    """Really connects, makes a table in the schema, and takes all of it back."""
    name = sql.Identifier(schema, f"{STATE}_check")
    with checking() as watch, closing(opened(database, watch)) as made:
        try:
            made.execute(sql.SQL("create table {} (one int)").format(name))
            made.rollback()
        except psycopg.Error as error:
            watch.check()
            raise hanging(error) or TargetRefuses(first_line(error)) from error


def sql_type(type_: str) -> str:
    """The lake's types are one of a list; a decimal keeps its digits."""
    if type_.startswith("DECIMAL("):
        return type_.replace("DECIMAL", "numeric")
    return TYPES[type_]
