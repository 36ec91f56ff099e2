"""A lake as new for each test that has one: to make its thirty tables takes a tenth of a second."""

from django.db import connection

KEPT, AS_NEW = "lake_kept", "lake_as_new"  # schemas: between two tests, and what was in it at first

TABLES = "select tablename from pg_tables where schemaname = %s"


def take() -> None:
    """The lake that an earlier test left empty, or one that is made now."""
    from diebian.base.lake.public import (
        open_lake,  # its library is loaded where a lake is asked for
    )

    with connection.cursor() as cursor:
        cursor.execute("drop schema if exists lake cascade")
        if _tables(KEPT):
            cursor.execute(f"alter schema {KEPT} rename to lake")
            return
        open_lake().close()
        cursor.execute(f"create schema {AS_NEW}")
        for table in _tables("lake"):
            cursor.execute(f"create table {AS_NEW}.{table} as table lake.{table}")


def put_back() -> None:
    with connection.cursor() as cursor:
        at_first, now = _tables(AS_NEW), _tables("lake")
        for table in now - at_first:
            cursor.execute(f'drop table lake."{table}"')
        cursor.execute(
            ";".join(
                f"delete from lake.{table}; insert into lake.{table} table {AS_NEW}.{table}"  # noqa: S608
                for table in at_first
            )
        )
        cursor.execute(f"alter schema lake rename to {KEPT}")


def _tables(schema: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(TABLES, [schema])
        return {name for (name,) in cursor.fetchall()}
