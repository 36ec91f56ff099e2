"""How often fields really agree in this base: counted over rows whose number says who they are.

Two rows with the same valid identifier are of the same, two with different ones are not: so m and u
can be counted where an expectation-maximisation would have to guess them. Beside the declared
ones on the page; nothing is weighed by them until somebody declares them.
"""

from collections.abc import Mapping
from typing import Any

import duckdb

from . import pairs
from .plan import Plan
from .weights import Level

SAMPLE = 20_000  # rows with an identifier that are looked at; all rows of one stay together
MOST_OF_ONE = 20  # rows of one identifier: a doubled row says nothing a hundred times
LEVELS = (Level.SAME, Level.NEAR, Level.DIFFERS)
SAME, DIFFERENT = "m", "u"


def counted(duck: duckdb.DuckDBPyConnection, plan: Plan) -> dict[str, Any]:
    """By column: of the same and of others, how many pairs agree, nearly agree, do not."""
    asked = duck.execute("SELECT count(*) FROM stage.records WHERE token[1] = '#'").fetchone()
    parts = max(1, -(-int((asked or (0,))[0]) // SAMPLE))
    pairs.lay_out(duck, plan, "SELECT {} FROM stage.records WHERE token[1] = '#' "
                  f"AND hash(token) % {parts} = 0 QUALIFY row_number() OVER "
                  f"(PARTITION BY token ORDER BY source, ref) <= {MOST_OF_ONE}")  # fmt: skip
    told: dict[str, Any] = {field.column: {} for field in plan.fields}
    for sort, candidates in ((SAME, _of_the_same()), (DIFFERENT, _of_others())):
        duck.execute(f"CREATE OR REPLACE TABLE stage.candidates AS {candidates}")
        pairs.distances(duck, plan)
        for column, found in _agreeing(duck, plan).items():
            told[column][sort] = found
    return told


def _of_the_same() -> str:
    return (
        "SELECT a.id AS l, b.id AS r FROM stage.profiles a JOIN stage.profiles b "
        "ON a.token = b.token AND a.id < b.id"
    )


def _of_others() -> str:
    """Each row beside one other, in an order that says nothing."""
    return (
        "WITH mixed AS (SELECT id, token, row_number() OVER (ORDER BY hash(id), id) AS nth, "
        "count(*) OVER () AS n FROM stage.profiles) SELECT a.id AS l, b.id AS r FROM mixed a "
        "JOIN mixed b ON b.nth = a.nth % a.n + 1 AND a.token <> b.token"
    )


def _agreeing(duck: duckdb.DuckDBPyConnection, plan: Plan) -> Mapping[str, list[int]]:
    sums = ", ".join(
        f"count(*) FILTER (f{place} = {level})"
        for place in range(len(plan.fields))
        for level in LEVELS
    )
    row = duck.execute(f"SELECT {sums} FROM ({pairs.leveled(plan)}) leveled").fetchone() or ()
    size = len(LEVELS)
    return {
        field.column: [int(one) for one in row[place * size : (place + 1) * size]]
        for place, field in enumerate(plan.fields)
    }
