"""Beside us: the bare COPY of the same rows, and the usual way to search, pg_trgm over a join."""

import time
from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.http import QueryDict

JOINED = """
select e.id, e.title from catalogue_entry e
where e.state = 'published' and (e.title ilike %(like)s or exists (
    select 1 from catalogue_dataitem i where i.entry_id = e.id and i.name ilike %(like)s))
order by similarity(e.title, %(words)s) desc, e.title limit 20
"""
INDEXES = (
    "create extension if not exists pg_trgm",
    "create index if not exists bench_title on catalogue_entry using gin (title gin_trgm_ops)",
    "create index if not exists bench_item on catalogue_dataitem using gin (name gin_trgm_ops)",
    "analyze catalogue_entry, catalogue_dataitem",
)


def copied_bare() -> float:
    """Seconds for the same rows into tables that promise nothing."""
    raw: Any = connection.connection
    tables: Mapping[str, list[Any]] = {
        table: raw.execute(f"select * from {table}").fetchall()  # noqa: S608  our own two names
        for table in ("catalogue_entry", "catalogue_dataitem")
    }
    began = time.perf_counter()
    for table, rows in tables.items():
        raw.execute(f"create temporary table bench_{table} (like {table})")
        with raw.cursor().copy(f"copy bench_{table} from stdin") as stream:
            for row in rows:
                stream.write_row(row)
    return time.perf_counter() - began


def make_trigrams() -> None:
    with connection.cursor() as cursor:
        for statement in INDEXES:
            cursor.execute(statement)


def searched_by_trigrams(question: str) -> None:
    """The rows alone: it counts no filter, knows no synonym, no initials and no department."""
    words = QueryDict(question).get("q", "")
    with connection.cursor() as cursor:
        cursor.execute(JOINED, {"like": f"%{words}%", "words": words})
        cursor.fetchall()
