"""An entity keeps its number over builds; where two become one, or one two, it is said.

`stage.before`: number, digest, tokens of the records that are read now. `stage.numbered`: cluster
and number. `stage.turns`: what became of a number beyond its values.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from .models import TurnKind
from .plan import Plan


@dataclass(frozen=True)
class Overlap:
    """What a cluster shares with an entity of before."""

    cluster: str
    number: int
    count: int  # tokens
    has_identifier: bool  # whether one of them is


@dataclass(frozen=True)
class Kept:
    numbers: dict[str, int]  # cluster → number of before
    merged: Sequence[tuple[int, str]]  # number of before → cluster that has it now
    split: Sequence[tuple[str, int]]  # new cluster ← number of before


def number(duck: duckdb.DuckDBPyConnection, plan: Plan, first: int) -> int:
    """`first`: the number of the first new entity; gives how many are new."""
    _overlaps(duck, plan)
    kept = keep(Overlap(*row) for row in duck.execute("FROM stage.unclear").fetchall())
    _put(duck, "kept", list(kept.numbers.items()))
    duck.execute(
        "CREATE OR REPLACE TABLE stage.numbered AS WITH known AS ("
        "SELECT cluster, number FROM stage.clear UNION ALL SELECT cluster, number FROM stage.kept) "
        "SELECT cluster, number FROM known UNION ALL "
        f"SELECT cluster, {first} - 1 + row_number() OVER (ORDER BY cluster) AS number "
        "FROM (SELECT cluster FROM stage.golden ANTI JOIN known USING (cluster)) fresh"
    )
    _turns(duck, kept)
    fresh = f"SELECT count(*) FROM stage.numbered WHERE number >= {first}"
    return int((duck.execute(fresh).fetchone() or (0,))[0])


def keep(overlaps: Iterable[Overlap]) -> Kept:
    """Identifier before records, many records before few, the older number before the newer."""
    listed = sorted(overlaps, key=_rank)
    numbers: dict[str, int] = {}
    given: dict[int, str] = {}
    for one in listed:
        if one.cluster not in numbers and one.number not in given:
            numbers[one.cluster], given[one.number] = one.number, one.cluster
    merged: dict[int, str] = {}
    split: dict[str, int] = {}
    for one in listed:
        if one.number not in given:
            merged.setdefault(one.number, one.cluster)
        elif one.cluster not in numbers:
            split.setdefault(one.cluster, one.number)
    return Kept(numbers, sorted(merged.items()), sorted(split.items()))


def _rank(one: Overlap) -> tuple[bool, int, int, str]:
    return (not one.has_identifier, -one.count, one.number, one.cluster)


def _overlaps(duck: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Of most there is one on both sides: only the others are looked at one by one.

    A record that has an identifier by now is also looked for as it was known before it had one.
    """
    tables = " ".join(f"WHEN {place} THEN '{one}:'" for place, one in enumerate(plan.tables))
    duck.execute(
        "CREATE OR REPLACE TABLE stage.overlaps AS WITH now AS ("
        "SELECT DISTINCT cluster, token FROM stage.records UNION "
        f"SELECT cluster, (CASE source {tables} END) || ref FROM stage.records), "
        "was AS (SELECT number, unnest(tokens) AS token FROM stage.before) "
        "SELECT cluster, number, count(*) AS n, bool_or(token[1] = '#') AS named "
        "FROM now JOIN was USING (token) GROUP BY cluster, number"
    )
    duck.execute(
        "CREATE OR REPLACE TABLE stage.counted AS SELECT *, "
        "count(*) OVER (PARTITION BY cluster) = 1 AND count(*) OVER (PARTITION BY number) = 1 "
        "AS is_clear FROM stage.overlaps"
    )
    duck.execute("CREATE OR REPLACE TABLE stage.clear AS SELECT cluster, number "
                 "FROM stage.counted WHERE is_clear")  # fmt: skip
    duck.execute("CREATE OR REPLACE TABLE stage.unclear AS SELECT cluster, number, n, named "
                 "FROM stage.counted WHERE NOT is_clear")  # fmt: skip


def _turns(duck: duckdb.DuckDBPyConnection, kept: Kept) -> None:
    _put(duck, "merged", [(cluster, of) for of, cluster in kept.merged])
    _put(duck, "split", kept.split)
    duck.execute(
        "CREATE OR REPLACE TABLE stage.turns AS "
        f"SELECT m.number AS number, '{TurnKind.MERGED}' AS kind, n.number AS other "
        "FROM stage.merged m JOIN stage.numbered n USING (cluster) UNION ALL "
        f"SELECT n.number, '{TurnKind.SPLIT}', s.number FROM stage.split s "
        "JOIN stage.numbered n USING (cluster) UNION ALL "
        f"SELECT number, '{TurnKind.ENDED}', NULL FROM stage.before "
        "WHERE number NOT IN (SELECT number FROM stage.numbered) "
        "AND number NOT IN (SELECT number FROM stage.merged)"
    )


def _put(duck: duckdb.DuckDBPyConnection, name: str, rows: Sequence[tuple[str, int]]) -> None:
    told = pa.table({"cluster": pa.array([one[0] for one in rows], pa.string()),
                     "number": pa.array([one[1] for one in rows], pa.int64())})  # fmt: skip
    duck.register("told_rows", told)
    duck.execute(f"CREATE OR REPLACE TABLE stage.{name} AS FROM told_rows")
    duck.unregister("told_rows")
