"""Rules of every kind and a comparison by Spark itself, over rows that are odd or gone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from diebian.base.comparison import sql
from diebian.base.comparison.plan import plan_of
from diebian.base.comparison.tests.people import ALL, LEFT_ROWS, RIGHT_ROWS
from diebian.base.lake.bench.spark.engines import Duck, Spark
from diebian.base.lake.duck import platform_place
from diebian.base.lake.public import ScaleEngine
from diebian.base.lake.spark import open_spark, spark_ready
from diebian.base.lake.store import TableStore
from diebian.base.quality.kinds import KINDS
from diebian.base.quality.models import Rule
from diebian.base.quality.tests.every_kind import (
    AREA_TYPES,
    AREAS,
    ROWS,
    RULES,
    TYPES,
    every_rule,
    values,
)
from diebian.kernel.errors import DiebianError

try:
    spark_ready()
    MISSING = ""
except DiebianError as error:
    MISSING = error.sentence
pytestmark = [
    pytest.mark.skipif(bool(MISSING), reason=MISSING),
    # what speaks with Java leaves its sockets to the collector
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def engines(lake_place: Path) -> Iterator[tuple[Duck, Spark]]:
    with TableStore(platform_place()) as lake, open_spark(lake_place, memory="1g") as session:
        with lake.writing(batch="b1", message="样例", note={}):
            lake.create("people", TYPES, values(TYPES, [*ROWS, (8, *ROWS[0][1:])]))
            lake.create("areas", AREA_TYPES, values(AREA_TYPES, AREAS))
            for name, (header, *rows) in (("left_side", LEFT_ROWS), ("right_side", RIGHT_ROWS)):
                columns = dict.fromkeys(map(str, header), "VARCHAR")
                lake.create(name, columns, values(columns, rows))
        with lake.writing(batch="b2", message="样例", note={}):
            lake.merge("people", ["id"], [*TYPES], values(TYPES, [(3, *ROWS[1][1:])]))
            lake.remove("people", ["id"], "SELECT 8 AS id")
        tables = ("people", "areas", "left_side", "right_side")
        duck, spark = Duck(lake, {one: lake.files(one) for one in tables}), Spark(session)
        spark.show([*duck.files.values()])
        yield duck, spark


def test_spark_answers_as_duckdb_does(engines: tuple[Duck, Spark]) -> None:
    duck, spark = engines
    assert duck.files["people"].with_deletes
    told, same = _judged(duck), _judged(spark)
    assert {rule.kind for rule, *_ in told} == set(KINDS)
    for (rule, *ours), (_, *theirs) in zip(told, same, strict=True):
        assert (rule.kind, rule.told, theirs) == (rule.kind, rule.told, ours)
    assert sum(failed for *_, failed in told) > len(RULES)  # something is found nearly everywhere
    assert _compared(duck) == _compared(spark) != set()


def _judged(engine: ScaleEngine) -> list[tuple[Rule, int, int]]:
    asked = every_rule(engine.dialect)
    rows, found = asked.read(engine.rows(asked.counting))
    assert (rows, asked.unclear) == (len(ROWS), [])
    return [(one.rule, one.checked, one.failed) for one in found]


def _compared(engine: ScaleEngine) -> set[tuple[Any, ...]]:
    plan, by = plan_of(ALL), engine.dialect
    types = {"left": dict.fromkeys(map(str, LEFT_ROWS[0]), "VARCHAR"),
             "right": dict.fromkeys(map(str, RIGHT_ROWS[0]), "VARCHAR")}  # fmt: skip
    left, right = (
        engine.written_down(
            f"{side}_rows", sql.staged(plan, side, engine.table(f"{side}_side"), by)
        )
        for side in types
    )
    return {*engine.rows(sql.outcomes(plan, left, right, types, by)),
            *engine.rows(sql.only_right(left, right))}  # fmt: skip
