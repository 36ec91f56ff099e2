"""The same program, another city's folder, and engines that run here already, where some do.

One platform for both: the journey there is also the proof that foreign engines carry it.
"""

import json
import os
import socket
from collections.abc import Iterator

import httpx
import psycopg
import pytest
from psycopg import sql

from .installation import ROOT, Installation, open_folder, run, running

SERVER = os.environ.get("DIEBIAN_TEST_SERVER", "postgresql://postgres@127.0.0.1:5432/postgres")
NATS = ("127.0.0.1", 4222)
ANOTHER = ROOT / "cities/yunxi"
PEOPLES_WORDS = ("云溪市", "12300")
OTHERS = ("铁岭", "公积金", "不动产")


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """One of our own on the machine's server, gone afterwards with those of the sandboxes; empty
    where the machine has no PostgreSQL at 5432 or no NATS at 4222."""
    name = f"diebian_ext_{os.getpid()}"
    try:
        server = psycopg.connect(SERVER, autocommit=True, connect_timeout=2)
        socket.create_connection(NATS, timeout=2).close()
    except (OSError, psycopg.OperationalError):
        yield ""
        return
    with server:
        server.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        yield SERVER.rsplit("/", 1)[0] + f"/{name}"
        ours = server.execute(
            "select datname from pg_database where starts_with(datname, %s)", [name]
        ).fetchall()
        for (each,) in ours:
            server.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(each)))


@pytest.fixture(scope="module")
def there(database: str) -> Iterator[Installation]:
    engines = {"DATABASE_URL": database, "NATS_URL": f"nats://{NATS[0]}:{NATS[1]}"}
    with (
        open_folder() as folder,
        running(
            folder / "data", "--city", str(ANOTHER), **(engines if database else {})
        ) as installation,
    ):
        yield installation


def test_the_platform_runs_on_engines_of_others(there: Installation, database: str) -> None:
    if not database:
        pytest.skip("no PostgreSQL at 5432 or no NATS at 4222 on this machine")
    data = there.data
    told = json.loads(run("status", "--json", "--data", str(data)).stdout)
    names = {part["name"] for part in told["processes"]}
    assert names.isdisjoint({"postgres", "nats"})
    assert {part["health"] for part in told["processes"]} == {"ok"}
    assert [each["health"] for each in told["outside"]] == ["ok", "ok"]
    assert not (data / "postgres").exists()
    assert not (data / "nats").exists()
    answer = run("doctor", "--data", str(data))
    assert "外部数据库 PostgreSQL：正常" in answer.stdout


def test_the_journey_is_walked_in_another_city(there: Installation) -> None:
    told = there.demo()
    assert [step["name"] for step in told["steps"] if not step["ok"]] == []


def test_the_pages_speak_of_that_city_alone(there: Installation) -> None:
    with httpx.Client(base_url=there.address, follow_redirects=True, timeout=20) as line:
        home = line.get("/").text
        found = line.get("/search/", params={"q": "买屋取储金"}).text
        guide = line.get("/items/YX-101/").text
    assert all(word in home for word in PEOPLES_WORDS)
    assert "/items/YX-101/" in found
    assert "样例" in guide
    assert not [word for word in OTHERS for page in (home, found, guide) if word in page]
