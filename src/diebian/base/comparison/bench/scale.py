"""The comparison of `bench compare`, for another engine: outcomes, and rows without a number."""

from collections.abc import Iterator, Sequence

import psycopg

from diebian.base.comparison import sql
from diebian.base.comparison.finding import found_of
from diebian.base.comparison.plan import plan_of
from diebian.base.lake.public import (
    ScaleEngine,
    collect,
    define_collection,
    sample_source,
)
from diebian.security.identity.public import PLATFORM

from .rows import PLAN, TYPES, make

WHOLE, QUICK = (300_000, 2_300_000), (6_000, 40_000)
SIDES = {"left": "jobless", "right": "insured"}
# Where the lake keeps old rows in its files, each of these would give other outcomes than planted.
CHANGES = (
    "delete from insured where id % 101 = 0",
    "update insured set fullname = '样例改过' where id % 203 = 0",
    "update jobless set kind = '9' where id % 307 = 0",
    "update jobless set id_no = '没有' where id % 409 = 0",
    "delete from jobless where id % 503 = 0",
)


def prepare(url: str, is_quick: bool) -> Sequence[str]:
    make(url, *(QUICK if is_quick else WHOLE))
    sample_source("persons", url)
    for table in SIDES.values():
        define_collection(slug=table, title=table, source="persons", table=table, key=["id"],
                          by=PLATFORM)  # fmt: skip
        collect(table)
    with psycopg.connect(url, autocommit=True) as connection:
        for one in CHANGES:
            connection.execute(one)
    collect(*SIDES.values())
    return tuple(SIDES.values())


def answers(engine: ScaleEngine) -> Iterator[tuple[object, ...]]:
    plan, by = plan_of(PLAN), engine.dialect
    left, right = (
        engine.written_down(f"{side}_rows", sql.staged(plan, side, engine.table(table), by))
        for side, table in SIDES.items()
    )
    for key, rank in engine.rows(sql.outcomes(plan, left, right, TYPES, by)):
        yield found_of(key, rank)
    for (key,) in engine.rows(sql.only_right(left, right)):
        yield found_of(key, -1)
    for side, rows in zip(SIDES, (left, right), strict=True):
        yield (f"{side}_rows", *engine.rows(f"SELECT count(*), count(key) FROM {rows}")[0])
