"""What a comparison finds: two small tables in DuckDB alone, the very SQL of a run."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diebian.base.comparison.finding import compare, digest, found_of
from diebian.base.comparison.plan import plan_of
from diebian.base.comparison.sql import outcomes, staged
from diebian.base.lake.public import SPARK
from diebian.standards.identifiers import check_digit

from .people import ALL, ANNA, BORIS, CARLA, DORA, EMIL, LEFT_ROWS, PLAN, RIGHT_ROWS, SUN

Rows = Sequence[Iterable[str | None]]


def compared(
    left: Rows, right: Rows, plan: Any = ALL, types: dict[str, str] | None = None
) -> tuple[dict[str, int], set[tuple[str, str, int]]]:
    told, told_types = plan_of(plan), dict[str, dict[str, str]]()
    duck = duckdb.connect()
    duck.execute("ATTACH ':memory:' AS stage")
    for side, rows in (("left", left), ("right", right)):
        names = list(rows[0])
        known = {str(name): (types or {}).get(str(name), "VARCHAR") for name in names}
        duck.execute(
            f"CREATE TABLE {side}_source ({', '.join(f'{a} {b}' for a, b in known.items())})"
        )
        if rows[1:]:
            places = ", ".join("?" for _ in names)
            duck.executemany(f"INSERT INTO {side}_source VALUES ({places})",
                             [list(row) for row in rows[1:]])  # fmt: skip
        told_types[side] = known
        rows_of = staged(told, side, f"{side}_source")
        duck.execute(f"CREATE TABLE stage.{side}_rows AS {rows_of}")
    counts = compare(duck, told, told_types)
    rows_ = duck.execute("SELECT key, rank FROM stage.found").fetchall()
    return counts, {found_of(key, rank) for key, rank in rows_}


def test_persons_are_found_whatever_the_spelling() -> None:
    counts, found = compared(LEFT_ROWS, RIGHT_ROWS)
    assert counts == {
        "same": 3, "differs": 1, "left_only": 1, "right_only": 1, "left_rows": 6,
        "right_rows": 6, "left_unusable": 1, "right_unusable": 0,
    }  # fmt: skip
    # CARLA: the date is two months away (bit 1) and the kind is another (bit 2).
    assert found == {
        (ANNA, "same", 0), (BORIS, "same", 0), (DORA, "same", 0), (CARLA, "differs", 0b110),
        (EMIL, "left_only", 0), (SUN, "right_only", 0),
    }  # fmt: skip


def test_of_several_rows_of_a_person_the_nearest_pair_counts() -> None:
    counts, _ = compared([*LEFT_ROWS, (CARLA, "李娜", "20260503", "1")], RIGHT_ROWS)
    assert (counts["same"], counts["differs"]) == (4, 0)


def test_dates_that_are_missing_on_both_sides_agree_and_on_one_do_not() -> None:
    left = [LEFT_ROWS[0], (ANNA, "甲", "", "1"), (DORA, "乙", "不知道", "1")]
    right = [RIGHT_ROWS[0], (ANNA, "甲", None, "310"), (DORA, "乙", "2026-01-01", "310")]
    _, found = compared(left, right)
    assert found == {(ANNA, "same", 0), (DORA, "differs", 0b010)}
    types = {"since": "DATE"}
    right = [RIGHT_ROWS[0], (ANNA, "甲", "2026-01-01", "310"), (DORA, "乙", None, "310")]
    assert compared(left, right, types=types)[1] == {(ANNA, "differs", 0b010), (DORA, "same", 0)}


def test_only_the_rows_that_the_plan_names_are_compared() -> None:
    side = {"id_number": "sfz", "only_column": "lb", "only_values": ["2"]}
    _, found = compared(LEFT_ROWS, RIGHT_ROWS, {**PLAN, "left": side})
    assert {key for key, *_ in found} == {CARLA}


def test_empty_tables_compare_to_nothing() -> None:
    assert compared(LEFT_ROWS[:1], RIGHT_ROWS[:1])[1] == set()


@pytest.mark.parametrize("name", ["x' OR 1=1 --", 'a"b', "列 名"])
def test_names_and_values_are_never_sql(name: str) -> None:
    plan = plan_of({**ALL, "left": {"id_number": name}})
    side = replace(plan.left, only_column=name, only_values=("'); DROP TABLE t; --",))
    duck = duckdb.connect()
    quoted = '"' + name.replace('"', '""') + '"'
    duck.execute(f"CREATE TABLE t ({quoted} varchar, xm varchar, rq varchar, lb varchar)")
    assert duck.execute(staged(replace(plan, left=side), "left", "t")).fetchall() == []
    assert duck.execute("SELECT count(*) FROM t").fetchone() == (0,)


WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


@given(
    born=st.dates(min_value=date(1900, 1, 1), max_value=date(1999, 12, 31)),
    place=st.integers(0, 999),
    wide=st.booleans(),
    blank=st.sampled_from(["", " ", "\u3000", "\t", "-", "\u00a0"]),
    short=st.booleans(),
)  # fmt: skip
def test_every_spelling_of_a_number_is_the_same_key(
    born: Any, place: int, wide: bool, blank: str, short: bool
) -> None:
    body = f"219902{born:%Y%m%d}{place:03d}"
    number = body + check_digit(body)
    told = number[:6] + number[8:17] if short else number.lower()
    told = told.upper().translate(WIDE) if wide else told
    told = blank + told[:6] + blank + told[6:]
    key = DUCK.execute(f"SELECT key FROM ({KEY})", [told]).fetchone()
    assert key == (number,)


def test_spark_hears_no_word_of_another_engine() -> None:
    plan = plan_of({**ALL, "left": {"id_number": "a`b", "only_column": "lb",
                                    "only_values": ["\\"]}})  # fmt: skip
    types = {side: dict.fromkeys(plan.columns(side), "VARCHAR") for side in ("left", "right")}
    told = staged(plan, "left", "l", SPARK) + outcomes(plan, "l", "r", types, SPARK)
    for word in ('"lb"', "VARCHAR", "varchar", "regexp_full_match", " ~ ", "::", "strptime"):
        assert word not in told
    assert "`a``b`" in told
    assert r"IN ('\\')" in told


DUCK = duckdb.connect()
KEY = staged(plan_of({"left": {"id_number": "n"}, "right": {"id_number": "n"}, "wanted": ["same"]}),
             "left", "(SELECT ?::varchar AS n)")  # fmt: skip


def test_the_digest_is_of_the_persons_and_not_of_their_order() -> None:
    rows = [(ANNA, "same", 0), (BORIS, "differs", 1), (EMIL, "left_only", 0)]
    assert digest("", rows) == digest(digest("", rows[2:]), rows[:2])
    assert digest("", rows) != digest("", [*rows[:2], (EMIL, "left_only", 1)])
