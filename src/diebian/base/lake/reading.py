"""Rows of one lake table for somebody who waits: bounded in rows, in time, in memory, in number.

Each question opens the lake for itself (0.2 s): nothing stays open that could go stale. Whoever has
very many opens it once (`kept_open`); each of them still asks for the snapshot of its own moment.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from contextvars import ContextVar
from threading import BoundedSemaphore, Timer
from typing import Any

import duckdb

from .duck import connect, platform_place
from .names import quoted, rows_at
from .refusals import ColumnsUnclear, ReadersBusy, ReadTooLong, TableUnknown
from .selection import Found, Selection

AT_ONCE = 2  # in one process; the others wait, then are told so
WAIT_SECONDS = 5.0
MEMORY = "256MB"
MOST_ROWS = 250_000
_places = BoundedSemaphore(AT_ONCE)
_kept: ContextVar[duckdb.DuckDBPyConnection | None] = ContextVar("kept", default=None)


@contextmanager
def kept_open() -> Iterator[None]:
    """Every `read` of this thread within it asks over one connection, in one place."""
    with _place(), closing(_connected()) as duck:
        before = _kept.set(duck)
        try:
            yield
        finally:
            _kept.reset(before)


def read(table: str, asked: Selection, *, seconds: float) -> Found:
    with _opened(seconds) as duck:
        types = _types(duck, table)
        used = {*asked.columns, *asked.begins}
        if unknown := sorted(used - set(types)):
            raise ColumnsUnclear(f"湖里没有列：{'、'.join(unknown)}")
        snapshot = _number(duck, "SELECT id FROM ducklake_current_snapshot('lake')", [])
        source = rows_at(table, snapshot)
        where, values = _where(asked)
        total = (
            _number(duck, f"SELECT count(*) FROM {source}{where}", values)
            if asked.is_counted
            else None
        )
        names = ", ".join(_told(name, types[name]) for name in asked.columns)
        told = f"SELECT {names} FROM {source}{where} ORDER BY rowid"
        limit = f" LIMIT {min(asked.limit, MOST_ROWS)}"
        rows = duck.execute(told + limit, values).fetchall()
    return Found(rows, total)


@contextmanager
def _opened(seconds: float) -> Iterator[duckdb.DuckDBPyConnection]:
    if (kept := _kept.get()) is not None:
        with _bounded(kept, seconds):
            yield kept
        return
    with _place(), closing(_connected()) as duck, _bounded(duck, seconds):
        yield duck


@contextmanager
def _bounded(duck: duckdb.DuckDBPyConnection, seconds: float) -> Iterator[None]:
    end = Timer(seconds, duck.interrupt)
    end.start()
    try:
        yield
    except duckdb.InterruptException as error:
        raise ReadTooLong from error
    finally:
        end.cancel()


@contextmanager
def _place() -> Iterator[None]:
    if not _places.acquire(timeout=WAIT_SECONDS):
        raise ReadersBusy
    try:
        yield
    finally:
        _places.release()


def _connected() -> duckdb.DuckDBPyConnection:
    return connect(platform_place(), application="lake:reading", memory=MEMORY)


def _types(duck: duckdb.DuckDBPyConnection, table: str) -> dict[str, str]:
    try:
        asked = duck.execute(f"DESCRIBE lake.{quoted(table)}")
    except duckdb.CatalogException as error:
        raise TableUnknown(table) from error
    return {row[0]: row[1] for row in asked.fetchall()}


def _told(name: str, type_: str) -> str:
    """DuckDB hands a moment with its zone over only with a library that we do not need else."""
    is_zoned = type_ == "TIMESTAMP WITH TIME ZONE"
    return f"CAST({quoted(name)} AS VARCHAR)" if is_zoned else quoted(name)


def _where(asked: Selection) -> tuple[str, list[Any]]:
    """Names are quoted, values are parameters."""
    clauses = [f"starts_with(CAST({quoted(name)} AS VARCHAR), ?)" for name in asked.begins]
    return (f" WHERE {' AND '.join(clauses)}" if clauses else ""), list(asked.begins.values())


def _number(duck: duckdb.DuckDBPyConnection, asked: str, values: list[Any]) -> int:
    row = duck.execute(asked, values).fetchone()
    return int(row[0]) if row else 0
