"""One real lake for these tests, in a schema and folder of its own, with two tables in it.

Its catalogue is written by connections of its own: a test's own transaction is rolled back as
anywhere else, which is many times quicker than emptying a database.
"""

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker, Settings

from diebian.base.lake.public import open_lake
from diebian.base.opening import checking, releasing

SCHEMA = "lake_for_opening"
# 400 people: 15 in the smallest county, hardly two on one day; results like formulas.
PEOPLE = """
SELECT i AS id, '样例' || i AS name,
  CASE WHEN i <= 15 THEN '100103' WHEN i <= 200 THEN '100101' ELSE '100102' END AS area,
  DATE '2026-01-01' + CAST(i % 300 AS INTEGER) AS day,
  CASE i % 3 WHEN 0 THEN '=1+1' WHEN 1 THEN '+抽查' ELSE '合格' END AS result
FROM range(1, 401) t(i)
"""
AIR = """
SELECT DATE '2026-01-01' + CAST(i AS INTEGER) AS day, 'a' || (i % 3) AS place,
  CAST(40 + (i * 7) % 60 AS INTEGER) AS aqi FROM range(0, 90) t(i)
"""
TABLES = {
    "people": ({"id": "BIGINT", "name": "VARCHAR", "area": "VARCHAR", "day": "DATE",
                "result": "VARCHAR"}, PEOPLE),
    "air": ({"day": "DATE", "place": "VARCHAR", "aqi": "INTEGER"}, AIR),
}  # fmt: skip


@pytest.fixture(scope="module")
def lake(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,  # noqa: ARG001
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Any]:
    from django.conf import settings

    folder, was = tmp_path_factory.mktemp("opening"), (settings.LAKE_SCHEMA, settings.DIEBIAN_DATA)
    settings.LAKE_SCHEMA, settings.DIEBIAN_DATA = SCHEMA, folder
    with django_db_blocker.unblock():
        try:
            with open_lake() as opened:
                for name, (columns, rows) in TABLES.items():
                    with opened.writing(batch=f"test-{name}", message="test", note={}):
                        opened.create(name, columns, rows)
                yield opened
        finally:
            with connection.cursor() as cursor:
                cursor.execute(f"drop schema if exists {SCHEMA} cascade")
            connection.close()
            settings.LAKE_SCHEMA, settings.DIEBIAN_DATA = was


@pytest.fixture(autouse=True)
def shelf(
    lake: Any,
    db: None,  # noqa: ARG001  asked for: rows are written
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """The shelf is each test's own. The lake is opened once: opening costs more than counting."""
    settings.DIEBIAN_DATA = tmp_path
    for module in (checking, releasing):
        monkeypatch.setattr(module, "open_lake", lambda: nullcontext(lake))
    return tmp_path
