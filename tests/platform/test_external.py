"""Engines that the machine runs already: then none of that kind is started here."""

import json
import os
import socket
from collections.abc import Iterator

import httpx
import psycopg
import pytest
from psycopg import sql

from .installation import open_folder, run, running

SERVER = os.environ.get("DIEBIAN_TEST_SERVER", "postgresql://postgres@127.0.0.1:5432/postgres")
NATS = ("127.0.0.1", 4222)


@pytest.fixture
def database() -> Iterator[str]:
    """One of our own on the machine's server, and gone afterwards with those of the sandboxes."""
    name = f"diebian_ext_{os.getpid()}"
    try:
        server = psycopg.connect(SERVER, autocommit=True, connect_timeout=2)
        socket.create_connection(NATS, timeout=2).close()
    except (OSError, psycopg.OperationalError) as error:
        pytest.skip(f"no PostgreSQL at 5432 or no NATS at 4222 on this machine: {error}")
    with server:
        server.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        yield SERVER.rsplit("/", 1)[0] + f"/{name}"
        ours = server.execute(
            "select datname from pg_database where starts_with(datname, %s)", [name]
        ).fetchall()
        for (each,) in ours:
            server.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(each)))


def test_the_platform_runs_on_engines_of_others(database: str) -> None:
    where = {"DATABASE_URL": database, "NATS_URL": f"nats://{NATS[0]}:{NATS[1]}"}
    with open_folder() as data, running(data, **where) as platform:
        assert httpx.get(platform.address).status_code == 200
        told = json.loads(run("status", "--json", "--data", str(data)).stdout)
        names = {part["name"] for part in told["processes"]}
        assert names.isdisjoint({"postgres", "nats"})
        assert {part["health"] for part in told["processes"]} == {"ok"}
        assert [each["health"] for each in told["outside"]] == ["ok", "ok"]
        assert not (data / "postgres").exists()
        assert not (data / "nats").exists()
        answer = run("doctor", "--data", str(data))
        assert "外部数据库 PostgreSQL：正常" in answer.stdout
