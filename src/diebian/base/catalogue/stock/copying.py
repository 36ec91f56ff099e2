"""Thousands of new rows by COPY: a tenth of the time that single inserts take."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model
from psycopg import sql


def copy_in(rows: Sequence[Model]) -> None:
    """Every column but the key, in this connection's transaction. The rows get no key here."""
    if not rows:
        return
    fields = [field for field in type(rows[0])._meta.local_concrete_fields if not field.primary_key]
    columns = [sql.Identifier(str(field.column)) for field in fields]
    statement = sql.SQL("copy {} ({}) from stdin").format(
        sql.Identifier(type(rows[0])._meta.db_table), sql.SQL(", ").join(columns)
    )
    with connection.cursor() as cursor:
        psycopg_cursor: Any = cursor  # Django hands `copy` on to the driver's own cursor
        with psycopg_cursor.copy(statement) as stream:
            for line in _lines(rows, [field.attname for field in fields]):
                stream.write_row(line)


def _lines(rows: Iterable[Model], names: Sequence[str]) -> Iterable[list[Any]]:
    for row in rows:
        yield [getattr(row, name) for name in names]
