"""One record of each entity: per column the value that survives, where it stands, what was said
otherwise.

`stage.records` has the cluster of each row by now. `stage.golden`: cluster, identifier, values,
chosen, said, members, tokens (as JSON text), digest. Nothing depends on the order of rows: every
choice ends with the order of sources, the row key and the value.
"""

import json

import duckdb

from diebian.base.lake.public import literal

from .plan import Column, Plan, RuleOf

LAST_PLACE = 99  # of a source that a named order does not name
PARTS = 1_000_000  # rows of the sources that are chosen from at once
MOST_ROWS = 10_000_000  # of a part: `ord` stays below, ranks are whole numbers that hold it
NEVER = 10_000_000  # days: a row without a date comes after all that have one


def choose(duck: duckdb.DuckDBPyConnection, plan: Plan, version: int) -> None:
    """`version`: of the declaration; altered, every record is looked at anew."""
    asked = duck.execute("SELECT count(*) FROM stage.records").fetchone()
    parts = max(1, -(-int((asked or (0,))[0]) // PARTS))
    duck.execute("DROP TABLE IF EXISTS stage.golden")
    for part in range(parts):
        duck.execute(
            "CREATE OR REPLACE TABLE stage.part AS SELECT *, "
            "row_number() OVER (ORDER BY source, ref) AS ord, "
            "CAST(json_array(source, ref) AS VARCHAR) AS row_text "
            f"FROM stage.records WHERE hash(cluster) % {parts} = {part}"
        )
        duck.execute(f"CREATE OR REPLACE TABLE stage.picked AS {_picked(plan)}")
        duck.execute(f"CREATE OR REPLACE TABLE stage.said AS {_said(plan)}")
        into = "INSERT INTO stage.golden" if part else "CREATE TABLE stage.golden AS"
        duck.execute(f"{into} {_golden(plan, version)}")


def _picked(plan: Plan) -> str:
    """Of each column the value with the least rank and its row; whether there are several."""
    picks = ", ".join(
        f"arg_min(c{place}, {rank}) FILTER (c{place} IS NOT NULL) AS v{place}, "
        f"arg_min(row_text, {rank}) FILTER (c{place} IS NOT NULL) AS r{place}, "
        f"min(c{place}) <> max(c{place}) AS d{place}"
        for place, rank in enumerate(_rank(plan, at, of) for at, of in enumerate(plan.columns))
    )
    members = "'[' || array_to_string(list_sort(list(row_text)), ',') || ']' AS members"
    return (
        f"SELECT cluster, {picks}, {members}, list_sort(list_distinct(list(token))) AS tokens "
        f"FROM {_counted(plan)} GROUP BY cluster"
    )


def _golden(plan: Plan, version: int) -> str:
    names = [(place, literal(column.name)) for place, column in enumerate(plan.columns)]
    values = ", ".join(f"{name}: v{place}" for place, name in names)
    chosen = " || ',' || ".join(
        f"{literal(json.dumps(column.name) + ':')} || coalesce(r{place}, 'null')"
        for place, column in enumerate(plan.columns)
    )
    identifier = f"v{plan.names.index(plan.identifier)}"
    return (
        "SELECT cluster, identifier, values, chosen, said, members, tokens, "
        f"md5(concat_ws(chr(30), {version}, values, chosen, said, members, tokens)) AS digest "
        f"FROM (SELECT cluster, coalesce({identifier}, '') AS identifier, "
        f"CAST(to_json({{{values}}}) AS VARCHAR) AS values, '{{' || {chosen} || '}}' AS chosen, "
        "coalesce(told, '{}') AS said, members, tokens "
        "FROM stage.picked LEFT JOIN stage.said USING (cluster)) told"
    )


def _said(plan: Plan) -> str:
    """Where values differ: all that was said, to be read beside the survivor."""
    said = " UNION ALL ".join(
        f"SELECT cluster, {literal(column.name)} AS name, {place} AS place, source, ref, ord, "
        f"c{place} AS v FROM stage.part SEMI JOIN (FROM stage.picked WHERE d{place}) q "
        f"USING (cluster) WHERE c{place} IS NOT NULL"
        for place, column in enumerate(plan.columns)
    )
    return (
        "SELECT cluster, CAST(to_json(map_from_entries(list((name, said) ORDER BY place))) "
        "AS VARCHAR) AS told FROM (SELECT cluster, name, place, "
        "list([CAST(source AS VARCHAR), ref, v] ORDER BY ord) AS said "
        f"FROM ({said}) s GROUP BY cluster, name, place) n GROUP BY cluster"
    )


def _counted(plan: Plan) -> str:
    often = [
        f"count(*) OVER (PARTITION BY cluster, c{place}) AS n{place}"
        for place, column in enumerate(plan.columns)
        if column.rule == RuleOf.MOST_FREQUENT
    ]
    return f"(SELECT *, {', '.join(often)} FROM stage.part)" if often else "stage.part"


def _rank(plan: Plan, place: int, column: Column) -> str:
    """A whole number; the least survives: by the rule, then by trust, then by the order of rows."""
    first = {
        RuleOf.TRUST: "0",
        RuleOf.NEWEST: f"coalesce(-(dated - DATE '1900-01-01'), {NEVER})",
        RuleOf.MOST_FREQUENT: f"-n{place}",
        RuleOf.LONGEST: f"-length(c{place})",
    }[RuleOf(column.rule)]
    return f"(({first})::BIGINT * 100 + {_trust(plan, column)}) * {MOST_ROWS} + ord"


def _trust(plan: Plan, column: Column) -> str:
    if not column.order:
        return "0"
    told = " ".join(
        f"WHEN {plan.tables.index(table)} THEN {rank}" for rank, table in enumerate(column.order)
    )
    return f"CASE source {told} ELSE {LAST_PLACE} END"
