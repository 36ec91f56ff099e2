"""What a base is made of, in DuckDB: the build itself, without its book and without PostgreSQL.

Reads the sources at their snapshots, tells who is who, chooses values, compares with what there
is. Afterwards `stage.changes` has what has to be written.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from diebian.base.lake.public import LakeTable

from . import continuity, counting, golden, pairs, records
from .clustering import Clusters, Decisions, Scored, clusters
from .models import Stage, TurnKind
from .plan import Plan
from .refusals import TooManyPairs

MOST_SCORED = 2_000_000  # pairs that are looked at one by one
MOST_ASKED = 200_000  # pairs that are left to people
BATCH = 50_000
Step = Callable[[str], None]
Told = Mapping[tuple[str, str], Sequence[Sequence[str | None]]]  # of both sides, by pair


@dataclass(frozen=True)
class Inputs:
    """All that a build depends on: the same inputs, the same result."""

    plan: Plan
    version: int
    tables: Sequence[LakeTable]  # in the plan's order
    snapshots: Sequence[int | None]  # nothing: this table is not read
    decisions: Decisions
    first: int  # the number of the first new entity


@dataclass(frozen=True)
class Built:
    counts: Mapping[str, Any]
    changes: int
    clusters: Clusters
    told: Told


def build(duck: duckdb.DuckDBPyConnection, inputs: Inputs, before: str, step: Step) -> Built:
    """`before`: a query for number, digest, tokens of what is read now; `step` hears each stage."""
    plan = inputs.plan
    step(Stage.READING)
    counts = _read(duck, inputs)
    duck.execute(f"CREATE OR REPLACE TABLE stage.before AS {before}")
    step(Stage.MATCHING)
    estimates = counting.counted(duck, plan) if plan.fields else {}
    skipped = pairs.score(duck, plan, inputs.decisions) if plan.fields else 0
    found = _matched(duck, plan, inputs.decisions) if plan.fields else Clusters({}, [], 0)
    _lead(duck, found)
    step(Stage.CHOOSING)
    golden.choose(duck, plan, inputs.version)
    fresh = continuity.number(duck, plan, inputs.first)
    changes = _changes(duck)
    told = {**counts, **_counted(duck, plan), "new": fresh, "blocks_skipped": skipped,
            "joined": found.joined, "asked": len(found.asked), "estimates": estimates}  # fmt: skip
    shown = _told(duck, plan, found) if found.asked else {}
    return Built(told, changes, found, shown)


def _read(duck: duckdb.DuckDBPyConnection, inputs: Inputs) -> dict[str, Any]:
    duck.execute(f"CREATE OR REPLACE TABLE stage.records ({records.columns(inputs.plan)})")
    for place, (table, snapshot) in enumerate(zip(inputs.tables, inputs.snapshots, strict=True)):
        if snapshot is not None:
            rows = records.staged(inputs.plan, place, table, snapshot)
            duck.execute(f"INSERT INTO stage.records {rows}")
    asked = (
        "SELECT source, count(*), count(*) FILTER (token[1] <> '#'), count(*) FILTER (is_bad) "
        "FROM stage.records GROUP BY source"
    )
    found = {row[0]: row[1:] for row in duck.execute(asked).fetchall()}
    names = ("rows", "without", "unusable")
    return {
        "sources": {
            table.slug: dict(zip(names, found.get(place, (0, 0, 0)), strict=True))
            for place, table in enumerate(inputs.tables)
            if inputs.snapshots[place] is not None
        }
    }


def _matched(duck: duckdb.DuckDBPyConnection, plan: Plan, decisions: Decisions) -> Clusters:
    if _number(duck, "SELECT count(*) FROM stage.scored") > MOST_SCORED:
        raise TooManyPairs
    left, right = _compared(plan)
    digest = f"md5(CAST(to_json([{left}, {right}]) AS VARCHAR))"
    asked = duck.execute(
        f"SELECT l, r, score, levels, {digest} FROM stage.scored s "
        "JOIN stage.profiles a ON a.id = s.a JOIN stage.profiles b ON b.id = s.b"
    )
    scored: list[Scored] = []
    while rows := asked.fetchmany(BATCH):
        scored += [Scored(*row) for row in rows]
    found = clusters(scored, decisions, upper=plan.upper, lower=plan.lower)
    if len(found.asked) > MOST_ASKED:
        raise TooManyPairs(f"有 {len(found.asked)} 对")
    return found


def _compared(plan: Plan) -> tuple[str, str]:
    """The values of both sides that were compared, as lists."""
    c = [f"c{plan.names.index(field.column)}" for field in plan.fields]
    left, right = (f"[{', '.join(f'{side}.{one}' for one in c)}]" for side in ("a", "b"))
    return left, right


def _told(duck: duckdb.DuckDBPyConnection, plan: Plan, found: Clusters) -> Told:
    """Of those that a person is asked about: only they are shown."""
    columns = {
        "l": [one.left for one, _ in found.asked],
        "r": [one.right for one, _ in found.asked],
    }
    keys = pa.table({name: pa.array(told, pa.string()) for name, told in columns.items()})
    left, right = _compared(plan)
    duck.register("asked_rows", keys)
    rows = duck.execute(
        f"SELECT l, r, {left}, {right} FROM stage.scored s SEMI JOIN asked_rows USING (l, r) "
        "JOIN stage.profiles a ON a.id = s.a JOIN stage.profiles b ON b.id = s.b"
    ).fetchall()
    duck.unregister("asked_rows")
    return {(one[0], one[1]): [one[2], one[3]] for one in rows}


def _lead(duck: duckdb.DuckDBPyConnection, found: Clusters) -> None:
    """Gives each record the token that stands for its class."""
    told = pa.table({"token": pa.array(list(found.leader), pa.string()),
                     "leader": pa.array(list(found.leader.values()), pa.string())})  # fmt: skip
    duck.register("leader_rows", told)
    duck.execute(
        "CREATE OR REPLACE TABLE stage.led AS SELECT coalesce(l.leader, r.token) AS cluster, r.* "
        "FROM stage.records r LEFT JOIN leader_rows l ON l.token = r.token"
    )
    duck.unregister("leader_rows")
    duck.execute("DROP TABLE stage.records")
    duck.execute("ALTER TABLE stage.led RENAME TO records")


def _changes(duck: duckdb.DuckDBPyConnection) -> int:
    """In the order of the numbers, so that after a crash the same chunk has the same entities."""
    duck.execute(
        "CREATE OR REPLACE TABLE stage.changes AS SELECT n.number, g.* EXCLUDE (cluster), "
        "true AS is_there FROM stage.golden g JOIN stage.numbered n USING (cluster) "
        "LEFT JOIN stage.before b ON b.number = n.number "
        "WHERE b.number IS NULL OR b.digest <> g.digest UNION ALL BY NAME "
        "SELECT number, false AS is_there FROM stage.before "
        "WHERE number NOT IN (SELECT number FROM stage.numbered)"
    )
    return _number(duck, "SELECT count(*) FROM stage.changes")


def _counted(duck: duckdb.DuckDBPyConnection, plan: Plan) -> dict[str, Any]:
    turns = dict(duck.execute("SELECT kind, count(*) FROM stage.turns GROUP BY kind").fetchall())
    written = _number(duck, "SELECT count(*) FROM stage.changes WHERE is_there")
    lost = duck.execute(
        "SELECT key, CAST(one[1] AS INTEGER), count(DISTINCT cluster) FROM ("
        "SELECT cluster, key, json_extract_string(values, '$.' || key) AS kept, "
        "unnest(json_extract(said, '$.' || key)::VARCHAR[][]) AS one FROM ("
        "SELECT cluster, values, said, unnest(json_keys(said)) AS key FROM stage.golden "
        "WHERE said <> '{}') k) o WHERE one[3] <> kept GROUP BY 1, 2"
    ).fetchall()
    disputed = duck.execute(
        "SELECT key, count(*) FROM (SELECT unnest(json_keys(said)) AS key FROM stage.golden "
        "WHERE said <> '{}') k GROUP BY key"
    ).fetchall()
    conflicts: dict[str, Any] = {
        key: {"entities": count, "lost": {}} for key, count in sorted(disputed)
    }
    for key, source, count in lost:
        conflicts[key]["lost"][plan.tables[source]] = count
    return {
        "entities": _number(duck, "SELECT count(*) FROM stage.golden"),
        "written": written,
        "merged": turns.get(TurnKind.MERGED, 0),
        "split": turns.get(TurnKind.SPLIT, 0),
        "ended": turns.get(TurnKind.ENDED, 0),
        "conflicts": conflicts,
    }


def _number(duck: duckdb.DuckDBPyConnection, asked: str) -> int:
    row = duck.execute(asked).fetchone()
    return int(row[0]) if row else 0
