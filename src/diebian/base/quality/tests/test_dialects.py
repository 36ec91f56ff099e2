"""One rule, three engines: PostgreSQL judges odd rows as DuckDB does; Spark hears its own words.

That Spark judges alike, too, is in `tests/lake/test_spark.py`, for whoever has it.
"""

import duckdb
import pytest
from django.db import connection

from diebian.base.lake.public import DUCKDB, POSTGRESQL, SPARK
from diebian.base.quality.kinds import KINDS

from .every_kind import AREA_TYPES, AREAS, ROWS, RULES, TYPES, every_rule, values

Found = list[tuple[str, int, int]]


@pytest.mark.django_db
def test_rules_of_every_kind_find_the_same_on_postgresql() -> None:
    assert {kind for kind, _ in RULES} == set(KINDS)
    ours = every_rule(DUCKDB, "main")
    with duckdb.connect() as duck:
        for name, rows in _tables().items():
            duck.execute(f"CREATE TABLE {name} AS {rows}")
        found = [(one.checked, one.failed) for one in ours.read(_rows(duck, ours.counting))[1]]
    theirs = every_rule(POSTGRESQL, "pg_temp")
    with connection.cursor() as cursor:
        for name, rows in _tables().items():
            cursor.execute(f"CREATE TEMP TABLE {name} AS {rows}")
        cursor.execute(theirs.counting)
        same = [(one.checked, one.failed) for one in theirs.read(cursor.fetchall())[1]]
        for name in _tables():
            cursor.execute(f"DROP TABLE pg_temp.{name}")
    assert found == same
    assert len(found) == len(RULES)
    assert sum(failed for _, failed in found) > len(RULES)


def test_spark_hears_no_word_of_another_engine() -> None:
    told = every_rule(SPARK).counting
    for word in ('lake."', "VARCHAR", "regexp_full_match", "//", " ~ ", "strpos", "starts_with"):
        assert word not in told
    assert "`列 'a\"b``c\\`" in told
    assert r"'\\'" in told  # a code that is one backslash


def _tables() -> dict[str, str]:
    return {"people": values(TYPES, ROWS), "areas": values(AREA_TYPES, AREAS)}


def _rows(duck: duckdb.DuckDBPyConnection, asked: str) -> list[tuple[object, ...]]:
    return duck.execute(asked).fetchall()
