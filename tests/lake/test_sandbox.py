"""A foreign system's own database, as it stands for practice, into the lake of this platform."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import yaml
from django.db import connection
from pytest_django import Settings

from diebian.base.lake.public import (
    SourceKind,
    collect,
    define_collection,
    open_lake,
    register_source,
)
from diebian.base.lake.tests.people import database_words, department, who
from sandbox.hr import HR
from sandbox.server import open_store
from tests.killed import database_url

ROWS = [
    {"sfzh": f"21990219880312{n:03}9", "xm": f"样例{n}", "cbzt": "1", "jfys": n, "dwmc": "样例公司"}
    for n in range(50)
]


@pytest.fixture
def own_database(
    transactional_db: None, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    assert transactional_db is None
    settings.DIEBIAN_DATA = tmp_path / "data"
    name = str(connection.settings_dict["NAME"])
    (tmp_path / "seed.yaml").write_text(yaml.safe_dump({"hr": ROWS}))
    monkeypatch.setenv("SANDBOX_DATABASE_URL", database_url())
    monkeypatch.setenv("SANDBOX_SEED", str(tmp_path / "seed.yaml"))
    yield f"{name}_hr"
    with psycopg.connect(**database_words(), dbname="postgres", autocommit=True) as root:
        root.execute(f'drop database if exists "{name}_hr" with (force)'.encode())
    with connection.cursor() as cursor:
        cursor.execute("drop schema if exists lake cascade")


def test_a_sandbox_systems_own_table_is_collected(own_database: str) -> None:
    async def filled() -> None:
        await (await open_store(HR)).close()

    asyncio.run(filled())
    manager = who()
    register_source(slug="hr", title="样例系统", department=department(), by=manager,
                    kind=SourceKind.POSTGRESQL, address={"sandbox": "hr"})  # fmt: skip
    define_collection(slug="staff", title="样例人员", source="hr", table="ry", key=["sfzh"],
                      by=manager)  # fmt: skip
    collect("staff")
    with open_lake() as lake:
        told = lake.read("staff").order("jfys").fetchall()
    assert own_database.endswith("_hr")
    assert [row[:2] for row in told] == [(row["sfzh"], row["xm"]) for row in ROWS]
