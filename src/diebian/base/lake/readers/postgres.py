"""PostgreSQL: DuckDB takes binary COPY of exactly the columns and rows that are wanted."""

import logging
from collections.abc import Sequence
from threading import Thread
from typing import Any
from uuid import uuid4

import psycopg

from diebian.base.lake.databases import Database, limits
from diebian.base.lake.duck import attach_postgres
from diebian.base.lake.lines import cut_lines_to
from diebian.base.lake.names import literal, quoted
from diebian.base.lake.refusals import SourceUnreachable, TableUnknown
from diebian.base.lake.watch import Watch
from diebian.kernel.errors import DiebianError, first_line

from .protocol import Shape, SourceColumn, Window

# Everything of the database in one question: a thousand tables are described at once.
DESCRIBE = """
select n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
  coalesce(a.attnum = any(k.conkey), false), n.nspname = any(current_schemas(false))
from pg_attribute a
join pg_class c on c.oid = a.attrelid
join pg_namespace n on n.oid = c.relnamespace
left join pg_constraint k on k.conrelid = c.oid and k.contype = 'p'
where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'v', 'm', 'f')
  and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%%'
  and (%(only)s = '' or c.relname = %(only)s)
order by c.oid, a.attnum
"""
TYPES = {
    "smallint": "SMALLINT", "integer": "INTEGER", "text": "VARCHAR",
    "real": "FLOAT", "double precision": "DOUBLE", "date": "DATE", "bytea": "BLOB",
    "bigint": "BIGINT", "boolean": "BOOLEAN",
    "timestamp without time zone": "TIMESTAMP", "time without time zone": "TIME",
    "timestamp with time zone": "TIMESTAMP WITH TIME ZONE",
}  # fmt: skip
WIDEST = 38
log = logging.getLogger(__name__)
LOCK_SECONDS = 60  # for a table that somebody keeps locked
LONGEST_SECONDS = 12 * 3600  # of one statement, should this process die and nobody end it
ASIDE_SECONDS = 5.0
CANCEL = "select pg_cancel_backend(pid) from pg_stat_activity where application_name = %s"
COUNT = """select sum(tuples_processed) from pg_stat_progress_copy
join pg_stat_activity using (pid) where application_name = %s"""


class PostgresSource:
    """One database; its tables are described once for all collections of a session.

    `only`: of a thousand tables nothing but this one is wanted. A database that did not answer is
    not asked again for each of its other tables.
    """

    def __init__(self, database: Database, name: str, only: str = "") -> None:
        self.database, self.name = database, name
        self._only = only.rpartition(".")[2]
        self._tables: dict[str, list[tuple[str, str, bool]]] | None = None
        self._failed: DiebianError | None = None
        self._token = f"diebian-lake-{uuid4().hex}"  # by it the server's side is found again
        self._at: dict[str, Any] = {}  # the address that was looked at is the one that is read

    def reader(self, table: str, watch: Watch) -> "PostgresReader":
        return PostgresReader(self, table, watch)

    def names(self, watch: Watch) -> list[str]:
        """Tables that the account's own search path finds, by their short name."""
        return sorted(name for name in self._known(watch) if "." not in name)

    def columns_of(self, table: str, watch: Watch) -> list[tuple[str, str, bool]]:
        known = self._known(watch)
        if table not in known:
            raise TableUnknown(table)
        return known[table]

    @property
    def conninfo(self) -> str:
        return self.database.conninfo(application_name=self._token, **self._limits, **self._at)

    def cut(self, is_hard: bool) -> None:
        """What runs there is ended by the server, else the connection is."""
        if is_hard and self._at:
            cut_lines_to(str(self._at["hostaddr"]), int(self.database.words["port"]))
        elif not is_hard:
            self._aside(CANCEL)

    def count(self) -> int | None:
        """Rows that the server has sent of the table that is read now; not of older servers."""
        told = self._aside(COUNT)
        return int(told) if told is not None else None

    def _known(self, watch: Watch) -> dict[str, list[tuple[str, str, bool]]]:
        if self._failed is not None:
            raise self._failed
        if self._tables is None:
            try:
                self._tables = self._described(watch)
            except DiebianError as error:
                self._failed = error
                raise
        return self._tables

    def _described(self, watch: Watch) -> dict[str, list[tuple[str, str, bool]]]:
        try:
            with self.database.opened("diebian-lake", watch.holds, **self._limits) as connection:
                if not self.database.is_beside:
                    self._at = {"hostaddr": connection.info.hostaddr}
                rows = connection.execute(DESCRIBE, {"only": self._only}).fetchall()
        except psycopg.Error as error:
            watch.check()
            raise SourceUnreachable(first_line(error)) from error
        finally:
            watch.lets_go()
        told: dict[str, list[tuple[str, str, bool]]] = {}
        for schema, table, column, type_, is_key, is_plain in rows:
            for name in [f"{schema}.{table}", *([table] if is_plain else [])]:
                told.setdefault(name, []).append((column, type_, is_key))
        return told

    @property
    def _limits(self) -> dict[str, str]:
        return limits(lock=LOCK_SECONDS, statement=LONGEST_SECONDS)

    def _aside(self, question: str) -> Any:
        """Over a line of its own, by a thread that nobody waits long for: this server may hang."""
        answers: list[Any] = []

        def ask() -> None:
            try:
                told = self.database.conninfo(application_name="diebian-lake-aside", **self._at)
                with psycopg.connect(told) as connection:
                    answers.extend(connection.execute(question, [self._token]).fetchone() or [])
            except psycopg.Error as error:
                answers.append(None)
                log.info("asked aside: %s", first_line(error))

        asking = Thread(target=ask, daemon=True)
        asking.start()
        asking.join(ASIDE_SECONDS)
        return answers[0] if answers else None


class PostgresReader:
    def __init__(self, source: PostgresSource, table: str, watch: Watch) -> None:
        self.source, self.table, self._watch = source, table, watch

    def shape(self) -> Shape:
        told = self.source.columns_of(self.table, self._watch)
        columns = tuple(SourceColumn(name, _type(type_)[0]) for name, type_, _ in told)
        return Shape(columns, frozenset(name for name, _, is_key in told if is_key))

    def straight(self, duck: Any, columns: Sequence[str], window: Window) -> str:
        types = {name: type_ for name, type_, _ in self.source.columns_of(self.table, self._watch)}
        self._watch.cuts(self.source.cut)
        self._watch.counts(self.source.count)
        attach_postgres(duck, self.source.conninfo, self.source.name)
        picked = ", ".join(_picked(name, types[name]) for name in columns)
        schema, _, table = self.table.rpartition(".")
        place = f"{quoted(schema)}.{quoted(table)}" if schema else quoted(table)
        asked = f"SELECT {picked} FROM {place}{where(window, quoted)}"
        return f"FROM postgres_query({literal(self.source.name)}, {literal(asked)})"


def where(window: Window, quote: Any) -> str:
    """Bounds as literals: the server reads them as its column's own type."""
    bounds = [(">=", window.since), ("<", window.until)]
    told = [f"{quote(window.column)} {sign} {literal(value)}" for sign, value in bounds if value]
    return f" WHERE {' AND '.join(told)}" if told else ""


def _type(text: str) -> tuple[str, bool]:
    """In the lake's words, and whether it has to be asked for as text."""
    if text in TYPES:
        return TYPES[text], False
    if text.startswith("character"):
        return "VARCHAR", False
    if text.startswith(("timestamp(", "time(")):  # with a precision
        zoned = "with time zone" in text
        plain = "TIMESTAMP" if text.startswith("timestamp") else "TIME"
        return f"{plain} WITH TIME ZONE" if zoned else plain, False
    if text.startswith("numeric("):
        precision, scale = (int(part) for part in text[8:-1].split(","))
        if 0 <= scale <= precision <= WIDEST:
            return f"DECIMAL({precision},{scale})", False
    return "VARCHAR", True  # a numeric without bounds would lose digits; arrays, JSON and the rest


def _picked(name: str, type_: str) -> str:
    as_text = _type(type_)[1]
    return f"{quoted(name)}::text AS {quoted(name)}" if as_text else quoted(name)
