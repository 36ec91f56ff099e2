"""PostgreSQL: DuckDB takes binary COPY of exactly the columns and rows that are wanted."""

from collections.abc import Sequence
from typing import Any

import psycopg

from diebian.base.lake.duck import attach_postgres
from diebian.base.lake.names import literal, quoted
from diebian.base.lake.refusals import SourceUnreachable, TableUnknown

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
CONNECT_SECONDS = 10


class PostgresSource:
    """One database; its tables are described once for all collections of a session.

    `only`: of a thousand tables nothing but this one is wanted.
    """

    def __init__(self, conninfo: str, name: str, only: str = "") -> None:
        self.conninfo, self.name = conninfo, name
        self._only = only.rpartition(".")[2]
        self._tables: dict[str, list[tuple[str, str, bool]]] | None = None

    def reader(self, table: str) -> "PostgresReader":
        return PostgresReader(self, table)

    def names(self) -> list[str]:
        """Tables that the account's own search path finds, by their short name."""
        if self._tables is None:
            self._tables = self._described()
        return sorted(name for name in self._tables if "." not in name)

    def columns_of(self, table: str) -> list[tuple[str, str, bool]]:
        if self._tables is None:
            self._tables = self._described()
        if table not in self._tables:
            raise TableUnknown(table)
        return self._tables[table]

    def _described(self) -> dict[str, list[tuple[str, str, bool]]]:
        try:
            with psycopg.connect(self.conninfo, connect_timeout=CONNECT_SECONDS) as connection:
                rows = connection.execute(DESCRIBE, {"only": self._only}).fetchall()
        except psycopg.Error as error:
            raise SourceUnreachable(_first_line(error)) from error
        told: dict[str, list[tuple[str, str, bool]]] = {}
        for schema, table, column, type_, is_key, is_plain in rows:
            for name in [f"{schema}.{table}", *([table] if is_plain else [])]:
                told.setdefault(name, []).append((column, type_, is_key))
        return told


class PostgresReader:
    def __init__(self, source: PostgresSource, table: str) -> None:
        self.source, self.table = source, table

    def shape(self) -> Shape:
        told = self.source.columns_of(self.table)
        columns = tuple(SourceColumn(name, _type(type_)[0]) for name, type_, _ in told)
        return Shape(columns, frozenset(name for name, _, is_key in told if is_key))

    def straight(self, duck: Any, columns: Sequence[str], window: Window) -> str:
        attach_postgres(duck, self.source.conninfo, self.source.name)
        types = {name: type_ for name, type_, _ in self.source.columns_of(self.table)}
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


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n", 1)[0][:200]
