"""The lake's catalogue on an outside PostgreSQL, as a role with few rights and a password."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from diebian.base.lake.duck import Place
from diebian.base.lake.store import TableStore

SERVER = os.environ.get("DIEBIAN_TEST_SERVER", "postgresql://postgres@127.0.0.1:5432/postgres")
ROLE, WORD = "lake_test", "it's a \\word"


@pytest.fixture
def outside() -> Iterator[dict[str, Any]]:
    try:
        root = psycopg.connect(SERVER, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError as error:
        pytest.skip(f"no PostgreSQL at 5432 on this machine: {error}")
    with root:
        for gone in (f"drop database if exists {ROLE}", f"drop role if exists {ROLE}"):
            root.execute(gone.encode())
        made = psycopg.sql.SQL("create role {} login password {}")
        root.execute(made.format(psycopg.sql.Identifier(ROLE), psycopg.sql.Literal(WORD)))
        root.execute(f"create database {ROLE} owner {ROLE}".encode())
        told = conninfo_to_dict(SERVER)
        yield {"host": told["host"], "port": told["port"], "user": ROLE, "password": WORD,
               "dbname": ROLE}  # fmt: skip
        root.execute(f"drop database {ROLE} with (force)".encode())
        root.execute(f"drop role {ROLE}".encode())


def test_the_lake_keeps_its_catalogue_there(outside: dict[str, Any], tmp_path: Path) -> None:
    place = Place(outside, "lake", tmp_path)
    with TableStore(place) as lake:
        with lake.writing(batch="b1", message="样例", note={"runs": {}}):
            assert lake.create("t", {"id": "BIGINT"}, "SELECT 1 AS id UNION ALL SELECT 2") == 2
        note = lake.note_of("b1")
        assert note is not None
        assert lake.read("t", note.snapshot).aggregate("count(*)").fetchone() == (2,)
        assert lake.lock(["t"]) == {"t"}
    with TableStore(place) as again:  # opened anew: the same lake
        assert again.tables() == {"t"}
        again.end_writer(lake.token)
