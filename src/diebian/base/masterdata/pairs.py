"""Records without identifier beside all that share a block with them, and what each field says.

`stage.profiles`: the distinct values that are compared, of each token; beside the name of an
organisation the one by which it is compared. `stage.scored`: for each pair of tokens its best
pair of profiles. Left is without identifier; where both are, the lesser.
"""

from collections.abc import Iterable, Mapping

import duckdb
import pyarrow as pa
from rapidfuzz.distance import Levenshtein

from diebian.base.lake.public import organisation_core

from .plan import Column, Kind, Plan
from .weights import Level, weights_of

MOST_IN_BLOCK = 20_000  # pairs of one block; what has more says too little
BY_LETTERS = {
    Kind.NAME, Kind.ORGANISATION, Kind.ADDRESS, Kind.TEXT, Kind.ID_NUMBER, Kind.CREDIT_CODE,
    Kind.REGISTRATION,
}  # fmt: skip
WITHIN = {Kind.ORGANISATION, Kind.ADDRESS}  # where one may be written within the other
SHORTEST_WITHIN = 4  # letters: what is shorter stands in too many
COUNTY = 6  # places of a division that name the county
LAST = 4  # places of a phone number that people remember
BATCH = 100_000

Decided = Iterable[tuple[str, str]]


def score(duck: duckdb.DuckDBPyConnection, plan: Plan, decided: Decided) -> int:
    """Fills `stage.scored` with pairs at or above the lower threshold, and those decided; gives
    how many blocks were too large to be compared.
    """
    lay_out(duck, plan, "SELECT DISTINCT {} FROM stage.records")
    skipped = sum(_block(duck, plan, block) for block in plan.blocks)
    _decided(duck, decided)
    distances(duck, plan)
    _score(duck, plan)
    return skipped


def lay_out(duck: duckdb.DuckDBPyConnection, plan: Plan, rows: str) -> None:
    """Fills `stage.profiles` with these rows, and empties `stage.candidates`."""
    used = _used(plan)
    columns = ", ".join(f"c{plan.names.index(name)}" for name in used)
    cores = [f", {organisation_core(f'c{number}')} AS k{number}"
             for number, column in enumerate(plan.columns)
             if column.kind == Kind.ORGANISATION and column.name in used]  # fmt: skip
    told = rows.format(f"token, token[1] <> '#' AS is_loose, {columns}")
    duck.execute(
        "CREATE OR REPLACE TABLE stage.profiles AS SELECT row_number() OVER (ORDER BY token, "
        f"{columns}) AS id, *{''.join(cores)} FROM ({told}) p"
    )
    duck.execute("CREATE OR REPLACE TABLE stage.candidates (l BIGINT, r BIGINT)")


def _used(plan: Plan) -> list[str]:
    blocked = [told.split(":")[0] for block in plan.blocks for told in block]
    return list(dict.fromkeys([*(one.column for one in plan.fields), *blocked]))


def _compared(plan: Plan, name: str) -> str:
    """The profile's column by which a column of the base is compared."""
    number = plan.names.index(name)
    return f"k{number}" if plan.columns[number].kind == Kind.ORGANISATION else f"c{number}"


def _block(duck: duckdb.DuckDBPyConnection, plan: Plan, block: tuple[str, ...]) -> int:
    parts = [_part(plan, told) for told in block]
    key = " || chr(31) || ".join(parts)  # nothing where one of them is missing
    duck.execute(
        f"CREATE OR REPLACE TABLE stage.block AS SELECT id, token, is_loose, {key} AS b "
        f"FROM stage.profiles WHERE {key} IS NOT NULL"
    )
    duck.execute(
        "CREATE OR REPLACE TABLE stage.sizes AS SELECT b, "
        "count(*) FILTER (is_loose) * count(*) AS pairs FROM stage.block GROUP BY b "
        "HAVING count(*) > 1 AND count(*) FILTER (is_loose) > 0"
    )
    duck.execute(
        "INSERT INTO stage.candidates SELECT l.id, r.id FROM stage.sizes s "
        "JOIN stage.block l ON l.b = s.b AND l.is_loose JOIN stage.block r ON r.b = s.b "
        "AND l.token <> r.token AND (NOT r.is_loose OR l.token < r.token) "
        f"WHERE s.pairs <= {MOST_IN_BLOCK}"
    )
    asked = duck.execute(f"SELECT count(*) FROM stage.sizes WHERE pairs > {MOST_IN_BLOCK}")
    return int((asked.fetchone() or (0,))[0])


def _part(plan: Plan, told: str) -> str:
    name, _, places = told.partition(":")
    column = _compared(plan, name)
    if not places:
        return column
    return f"left({column}, {places})" if int(places) > 0 else f"right({column}, {-int(places)})"


def _decided(duck: duckdb.DuckDBPyConnection, decided: Decided) -> None:
    """A decision outlasts weights and blocks that were altered since."""
    pairs = list(decided)
    told = pa.table({"l": pa.array([one[0] for one in pairs], pa.string()),
                     "r": pa.array([one[1] for one in pairs], pa.string())})  # fmt: skip
    duck.register("decided_pairs", told)
    duck.execute("CREATE OR REPLACE TABLE stage.decided AS FROM decided_pairs")
    duck.unregister("decided_pairs")
    duck.execute(
        "INSERT INTO stage.candidates SELECT l.id, r.id FROM stage.decided d "
        "JOIN stage.profiles l ON l.token = d.l JOIN stage.profiles r ON r.token = d.r"
    )


def distances(duck: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Values that are one letter apart, each two that meet looked at once."""
    duck.execute("CREATE OR REPLACE TABLE stage.near (field TINYINT, l VARCHAR, r VARCHAR)")
    for place, column in _by_letters(plan).items():
        c = _compared(plan, column)
        asked = duck.execute(
            f"SELECT DISTINCT a.{c}, b.{c} FROM stage.candidates p JOIN stage.profiles a "
            f"ON a.id = p.l JOIN stage.profiles b ON b.id = p.r WHERE a.{c} <> b.{c} "
            f"AND abs(length(a.{c}) - length(b.{c})) <= 1"
        )
        found: list[tuple[str, str]] = []
        while rows := asked.fetchmany(BATCH):
            found += [row for row in rows if Levenshtein.distance(*row, score_cutoff=1) <= 1]
        told = pa.table({"l": pa.array([one[0] for one in found], pa.string()),
                         "r": pa.array([one[1] for one in found], pa.string())})  # fmt: skip
        duck.register("near_pairs", told)
        duck.execute(f"INSERT INTO stage.near SELECT {place}, l, r FROM near_pairs")
        duck.unregister("near_pairs")


def _by_letters(plan: Plan) -> Mapping[int, str]:
    return {
        place: field.column
        for place, field in enumerate(plan.fields)
        if field.near is not None and plan.column(field.column).kind in BY_LETTERS
    }


def leveled(plan: Plan) -> str:
    """Of each candidate what each field says, `f0`, `f1`…: after `distances`."""
    joins, levels = [], []
    by_letters = _by_letters(plan)
    for place, field in enumerate(plan.fields):
        c, kind = _compared(plan, field.column), plan.column(field.column).kind
        near = "false"
        if place in by_letters:
            near = f"n{place}.l IS NOT NULL"
            near += f" OR {_within(f'a.{c}', f'b.{c}')}" if kind in WITHIN else ""
            joins.append(f"LEFT JOIN stage.near n{place} ON n{place}.field = {place} "
                         f"AND n{place}.l = a.{c} AND n{place}.r = b.{c}")  # fmt: skip
        elif field.near is not None:
            near = _near(plan.column(field.column), f"a.{c}", f"b.{c}")
        level = (
            f"CASE WHEN a.{c} IS NULL OR b.{c} IS NULL THEN {Level.UNKNOWN} "
            f"WHEN a.{c} = b.{c} THEN {Level.SAME} WHEN {near} THEN {Level.NEAR} "
            f"ELSE {Level.DIFFERS} END"
        )
        levels.append(f"{level} AS f{place}")
    return (
        f"SELECT a.token AS a, b.token AS b, a.id AS lid, b.id AS rid, {', '.join(levels)} "
        "FROM (SELECT DISTINCT l, r FROM stage.candidates) p "
        "JOIN stage.profiles a ON a.id = p.l JOIN stage.profiles b ON b.id = p.r "
        f"{' '.join(joins)}"
    )


def _score(duck: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    scores = []
    for place, field in enumerate(plan.fields):
        told = " ".join(f"WHEN {key} THEN {of}" for key, of in weights_of(field).items())
        scores.append(f"(CASE f{place} {told} END)")
    digits = " || ".join(f"CAST(f{place} AS VARCHAR)" for place in range(len(plan.fields)))
    duck.execute(
        "CREATE OR REPLACE TABLE stage.scored AS SELECT l, r, score, levels, a, b FROM ("
        f"SELECT a AS l, b AS r, score, levels, lid AS a, rid AS b, row_number() OVER ("
        "PARTITION BY a, b ORDER BY score DESC, lid, rid) AS place FROM ("
        f"SELECT a, b, lid, rid, {' + '.join(scores)} AS score, {digits} AS levels FROM "
        f"({leveled(plan)}) leveled) summed "
        f"WHERE score >= {plan.lower} OR (a, b) IN (SELECT (l, r) FROM stage.decided)) ranked "
        "WHERE place = 1"
    )


def _within(left: str, right: str) -> str:
    """One is written within the other: with the place before it, or without the door behind it."""
    return (
        f"(least(length({left}), length({right})) >= {SHORTEST_WITHIN} "
        f"AND (contains({left}, {right}) OR contains({right}, {left})))"
    )


def _near(column: Column, left: str, right: str) -> str:
    if column.kind == Kind.PHONE:
        return f"right({left}, {LAST}) = right({right}, {LAST})"
    if column.kind == Kind.DIVISION:
        return f"left({left}, {COUNTY}) = left({right}, {COUNTY})"
    parts = [(1, 4), (6, 2), (9, 2)]  # year, month, day of 2026-01-31
    same = [f"(substr({left}, {at}, {of}) = substr({right}, {at}, {of}))::INT" for at, of in parts]
    return f"({' + '.join(same)}) = 2"
