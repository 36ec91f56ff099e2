"""One record of each entity: per column the value that survives, where it stands, what was said
otherwise.

`stage.records` has the cluster of each row by now. `stage.golden`: cluster, identifier, values,
chosen, said, members, tokens (as JSON text), digest. Nothing depends on the order of rows: every
choice ends with the order of sources, the row key and the value.
"""

import duckdb

from diebian.base.lake.public import literal

from .plan import Column, Plan, RuleOf

LAST_PLACE = 99  # of a source that a named order does not name
PARTS = 500_000  # rows of the sources that are chosen from at once


def choose(duck: duckdb.DuckDBPyConnection, plan: Plan, version: int) -> None:
    """`version`: of the declaration; altered, every record is looked at anew."""
    rows = _number(duck, "SELECT count(*) FROM stage.records")
    parts = max(1, -(-rows // PARTS))
    duck.execute("DROP TABLE IF EXISTS stage.golden")
    for part in range(parts):
        within = f"WHERE hash(cluster) % {parts} = {part}"
        duck.execute(f"CREATE OR REPLACE TABLE stage.part AS SELECT * FROM stage.records {within}")
        duck.execute(f"CREATE OR REPLACE TABLE stage.said AS {_said(plan)}")
        told = _golden(plan, version)
        into = "INSERT INTO stage.golden" if part else "CREATE TABLE stage.golden AS"
        duck.execute(f"{into} {told}")


def _golden(plan: Plan, version: int) -> str:
    picks = ", ".join(
        f"arg_min({{'v': c{place}, 's': source, 'k': ref}}, {_rank(plan, column, place)}) "
        f"FILTER (c{place} IS NOT NULL) AS p{place}"
        for place, column in enumerate(plan.columns)
    )
    names = [(place, literal(column.name)) for place, column in enumerate(plan.columns)]
    values = ", ".join(f"{name}: p{place}.v" for place, name in names)
    chosen = ", ".join(
        f"{name}: CASE WHEN p{place} IS NOT NULL THEN json_array(p{place}.s, p{place}.k) END"
        for place, name in names
    )
    identifier = f"p{plan.names.index(plan.identifier)}"
    return (
        "SELECT cluster, identifier, values, chosen, said, members, tokens, "
        f"md5(concat_ws(chr(30), {version}, values, chosen, said, members, tokens)) AS digest "
        f"FROM (SELECT g.cluster, coalesce({identifier}.v, '') AS identifier, "
        f"CAST(to_json({{{values}}}) AS VARCHAR) AS values, "
        f"CAST(to_json({{{chosen}}}) AS VARCHAR) AS chosen, "
        "coalesce(l.told, '{}') AS said, members, tokens FROM ("
        f"SELECT cluster, {picks}, "
        "CAST(to_json(list([CAST(source AS VARCHAR), ref] ORDER BY source, ref)) AS VARCHAR) "
        "AS members, list_sort(list(DISTINCT token)) AS tokens "
        f"FROM {_counted(plan)} GROUP BY cluster) g "
        "LEFT JOIN stage.said l USING (cluster)) told"
    )


def _said(plan: Plan) -> str:
    """Where values differ: all that was said, to be read beside the survivor."""
    said = " UNION ALL ".join(
        f"SELECT cluster, {literal(column.name)} AS name, {place} AS place, source, ref, "
        f"c{place} AS v FROM stage.part WHERE c{place} IS NOT NULL AND cluster IN "
        f"(SELECT cluster FROM stage.part GROUP BY cluster HAVING min(c{place}) <> max(c{place}))"
        for place, column in enumerate(plan.columns)
    )
    return (
        "SELECT cluster, CAST(to_json(map_from_entries(list((name, said) ORDER BY place))) "
        "AS VARCHAR) AS told FROM (SELECT cluster, name, place, "
        "list([CAST(source AS VARCHAR), ref, v] ORDER BY source, ref, v) AS said "
        f"FROM ({said}) s GROUP BY cluster, name, place) n GROUP BY cluster"
    )


def _counted(plan: Plan) -> str:
    often = [
        f"count(*) OVER (PARTITION BY cluster, c{place}) AS n{place}"
        for place, column in enumerate(plan.columns)
        if column.rule == RuleOf.MOST_FREQUENT
    ]
    return f"(SELECT *, {', '.join(often)} FROM stage.part)" if often else "stage.part"


def _rank(plan: Plan, column: Column, place: int) -> str:
    """The least survives."""
    first = {
        RuleOf.TRUST: _trust(plan, column),
        RuleOf.NEWEST: "coalesce(-epoch(dated)::BIGINT, 99999999999)",
        RuleOf.MOST_FREQUENT: f"-n{place}",
        RuleOf.LONGEST: f"-length(c{place})",
    }[RuleOf(column.rule)]
    return f"({first}, {_trust(plan, column)}, source, ref, c{place})"


def _trust(plan: Plan, column: Column) -> str:
    if not column.order:
        return "0"
    told = " ".join(
        f"WHEN {plan.tables.index(table)} THEN {rank}" for rank, table in enumerate(column.order)
    )
    return f"CASE source {told} ELSE {LAST_PLACE} END"


def _number(duck: duckdb.DuckDBPyConnection, asked: str) -> int:
    row = duck.execute(asked).fetchone()
    return int(row[0]) if row else 0
