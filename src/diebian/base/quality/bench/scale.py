"""Rules of every kind over the tables of `bench quality`, for another engine: what each found."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import psycopg

from diebian.base.lake.public import (
    LakeTable,
    ScaleEngine,
    collect,
    define_all,
    lake_tables,
    make_bench_source,
    sample_source,
)
from diebian.base.quality.kinds import KINDS
from diebian.base.quality.models import Rule
from diebian.base.quality.passes import pass_over
from diebian.security.identity.public import PLATFORM
from diebian.standards.metadata import UpdateCycle

from .source import ALSO, AREAS, RULES

SOURCE = "ruled"
TWIN = "t0001"  # a table that others are held against
ALL_RULES: tuple[tuple[str, Mapping[str, Any]], ...] = (
    *RULES,
    ("pattern", {"column": "remark", "pattern": r"样例备注\d{1,2}", "says": "样例备注"}),
    ("unique", {"columns": ["born", "amount"]}),
    ("agrees", {"column": "name", "by": "id", "other": f"{SOURCE}-{TWIN}", "other_by": "id",
                "other_column": "name"}),
    ("condition", {"column": "born", "relation": "below", "with_column": "changed"}),
    ("length", {"column": "amount", "most": "6"}),
    ("timely", {"column": "changed"}),
)  # fmt: skip
# Of two tables: whoever reads the files plain counts rows that are gone from the lake.
CHANGED = ("t0000", TWIN)
CHANGES = (
    "update {} set name = '样例改过', amount = amount + 9000 where id % 97 = 0",
    "update {} set code = '919999', born = null where id % 301 = 0",
    "update {} set remark = ' ', id_no = ' ' where id % 401 = 0",
    "delete from {} where id % 53 = 0",
)


def prepare(url: str, is_quick: bool) -> Sequence[str]:
    made = make_bench_source(url, is_quick=is_quick, also=ALSO, is_scale=True)
    sample_source(SOURCE, url)
    collect(*(one.slug for one in define_all(source=SOURCE, by=PLATFORM, prefix=SOURCE)))
    with psycopg.connect(url, autocommit=True) as connection:
        for table in CHANGED:
            for one in CHANGES:
                connection.execute(one.format(table).encode())
    collect(*(f"{SOURCE}-{table}" for table in CHANGED))
    return [f"{SOURCE}_{table}" for table in (*made, AREAS)]


def answers(engine: ScaleEngine) -> Iterator[tuple[object, ...]]:
    """Of each table how often each pattern of answers occurs, and of each rule what it found."""
    tables = {one.slug: one for one in _tables()}
    rules = [_rule(kind, told, tables) for kind, told in ALL_RULES]
    if {one.kind for one in rules} != set(KINDS):
        raise RuntimeError("not every kind of rule is asked")
    for table in tables.values():
        if table.slug.endswith(AREAS):
            continue  # others are held against it
        asked = pass_over(table, rules, tables, dialect=engine.dialect)
        if asked.unclear:
            raise RuntimeError("not every rule is asked of both engines")
        groups = engine.rows(asked.counting)
        width = len(asked.rules)
        for group in groups:
            yield (table.name, *group[: width + 1])
        for found in asked.read(groups)[1]:
            yield table.name, found.rule.says, found.checked, found.failed, found.sentence


def _tables() -> list[LakeTable]:
    ours = [one for one in lake_tables() if one.slug.startswith(f"{SOURCE}-")]
    return [replace(one, update_cycle=UpdateCycle.MONTH) for one in ours]


def _rule(kind: str, told: Mapping[str, Any], others: Mapping[str, LakeTable]) -> Rule:
    of = {name: _here(str(value)) if name == "other" else value for name, value in told.items()}
    titled = {**of, "other_title": others[of["other"]].title} if "other" in of else of
    return Rule(kind=kind, told=of, says=KINDS[kind].words(titled))


def _here(other: str) -> str:
    """The rules of `bench quality` name the table by the prefix of that bench."""
    return f"{SOURCE}-{other.rsplit('-', 1)[1]}"
