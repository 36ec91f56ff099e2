"""What two tables say of each person, in DuckDB: the comparison itself, without run or leave."""

from collections.abc import Iterator, Sequence

import duckdb

from diebian.kernel.digests import digest_of

from . import sql
from .models import Outcome
from .plan import Plan

Found = tuple[str, str, int]  # identity number, outcome, bits of what does not agree


def compare(duck: duckdb.DuckDBPyConnection, plan: Plan, types: sql.Types) -> dict[str, int]:
    """From `stage.left_rows` and `stage.right_rows`: persons of each outcome, rows without one."""
    left, right = "stage.left_rows", "stage.right_rows"
    duck.execute(f"CREATE OR REPLACE TABLE stage.found AS {sql.outcomes(plan, left, right, types)}")
    counted = _row(
        duck,
        "SELECT count(*) FILTER (rank = 0), count(*) FILTER (rank > 0), "
        "count(*) FILTER (rank IS NULL) FROM stage.found",
    )
    same, differs, left_only = counted
    right_rows, right_keyed, right_people = _row(
        duck, f"SELECT count(*), count(key), count(DISTINCT key) FROM {right}"
    )
    left_rows, left_keyed = _row(duck, f"SELECT count(*), count(key) FROM {left}")
    if Outcome.RIGHT_ONLY in plan.wanted:
        duck.execute(f"INSERT INTO stage.found SELECT key, -1 FROM ({sql.only_right(left, right)})")
    return {
        Outcome.SAME: same,
        Outcome.DIFFERS: differs,
        Outcome.LEFT_ONLY: left_only,
        Outcome.RIGHT_ONLY: right_people - same - differs,
        "left_rows": left_rows,
        "right_rows": right_rows,
        "left_unusable": left_rows - left_keyed,
        "right_unusable": right_rows - right_keyed,
    }


def found_of(key: str, rank: int | None) -> Found:
    if rank is None:
        return key, Outcome.LEFT_ONLY, 0
    if rank < 0:
        return key, Outcome.RIGHT_ONLY, 0
    return key, Outcome.DIFFERS if rank else Outcome.SAME, rank % sql.PER_RULE


def digest(before: str, rows: Sequence[Found]) -> str:
    """Of persons and outcomes, whatever their order."""
    return digest_of(rows, before)


def told_outcomes(plan: Plan) -> set[str]:
    """Outcomes of which each person is written down in 谁查过我: asked for, or found on both."""
    return {*plan.wanted, Outcome.SAME, Outcome.DIFFERS}


def chunks(
    duck: duckdb.DuckDBPyConnection, plan: Plan, done: int, chunk: int
) -> Iterator[list[Found]]:
    """In the order of the numbers, so that after a crash the same chunk has the same persons."""
    is_told = "" if Outcome.LEFT_ONLY in plan.wanted else "WHERE rank IS NOT NULL"
    asked = f"SELECT key, rank FROM stage.found {is_told} ORDER BY key OFFSET {done * chunk}"
    cursor = duck.execute(asked)
    while rows := cursor.fetchmany(chunk):
        yield [found_of(key, rank) for key, rank in rows]


def _row(duck: duckdb.DuckDBPyConnection, asked: str) -> tuple[int, ...]:
    found = duck.execute(asked).fetchone()
    return tuple(found or ())
