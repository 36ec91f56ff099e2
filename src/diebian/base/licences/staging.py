"""Rows from DuckDB into a table of this session's own, as the text that PostgreSQL's COPY takes."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import duckdb
import pyarrow as pa
from django.db import connection
from pyarrow.csv import WriteOptions, write_csv

AT_ONCE = 50_000  # rows in this process's memory
OPTIONS = WriteOptions(include_header=False, quoting_style="all_valid")  # null is nothing
STAGED = """
create temporary table licences_staged (
  row_key text, type_id bigint, number text, holder_number text, holder_name text, issued_on date,
  valid_until date, state text, identifier text, fields text, fault text
) on commit drop
"""


def copied(duck: duckdb.DuckDBPyConnection, asked: str) -> None:
    with connection.cursor() as cursor:
        with cursor.copy("copy licences_staged from stdin (format csv)") as copy:
            for part in _ahead(_parts(duck, asked)):
                copy.write(part)
        cursor.execute("analyze licences_staged")


def _parts(duck: duckdb.DuckDBPyConnection, asked: str) -> Iterator[bytes]:
    for batch in duck.execute(asked).to_arrow_reader(AT_ONCE):
        out = pa.BufferOutputStream()
        write_csv(batch, out, OPTIONS)
        yield out.getvalue().to_pybytes()


def _ahead(parts: Iterator[bytes]) -> Iterator[bytes]:
    """The next part is made while the database takes this one."""
    with ThreadPoolExecutor(1, "licences") as pool:
        coming = pool.submit(next, parts, None)
        while (part := coming.result()) is not None:
            coming = pool.submit(next, parts, None)
            yield part
