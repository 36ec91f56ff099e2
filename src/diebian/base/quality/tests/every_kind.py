"""Odd rows, and rules of every kind over them, for engines that must judge alike."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from diebian.base.lake.public import DUCKDB, Dialect, LakeTable, literal, quoted
from diebian.base.quality.models import Rule
from diebian.base.quality.passes import Pass, pass_over
from diebian.standards.metadata import UpdateCycle

ODD = "列 'a\"b`c\\"  # a column's name; what stands in it is no better
TYPES = {"id": "BIGINT", "sfz": "VARCHAR", "age": "INTEGER", "born": "DATE", "seen": "TIMESTAMP",
         "area": "VARCHAR", ODD: "VARCHAR"}  # fmt: skip
GOOD, WRONG = "11010519491231002X", "110105194912310021"
ROWS = [
    (1, GOOD, 76, "1949-12-31", "2026-01-01 10:00:00", "01", "x' OR 1=1 --"),
    (2, WRONG, 150, "1949-12-31", "2026-01-01 10:00:00.5", "01", "\\"),
    (3, "11010519490230002X", 40, "1949-02-28", "1940-01-01 00:00:00", "02", "a\n"),
    (4, None, 7, "2019-01-01", None, None, "  "),
    (5, GOOD, 76, None, "2026-01-01 10:00:00", "", "\\' OR 1=1 --"),
    (6, "91110000600037341L", None, "1949-12-31", "2026-01-01 10:00:00", "9", "𠮷野"),
    (7, " ", -1, "1949-12-31", "2026-01-01 10:00:00", "01", None),
    (9, "110108000000016", 3, "1949-12-31", "2026-01-01 10:00:00", "01", "b"),
]
RULES: list[tuple[str, Mapping[str, Any]]] = [
    ("filled", {"column": "sfz"}),
    ("filled", {"column": ODD}),
    ("id_number", {"column": "sfz"}),
    ("credit_code", {"column": "sfz"}),
    ("registration", {"column": "sfz"}),
    ("unique", {"columns": ["sfz"]}),
    ("unique", {"columns": ["sfz", "born"]}),
    ("range", {"column": "born", "least": "1949-03-01"}),
    ("range", {"column": "seen", "least": "2026-01-01 10:00:00", "most": "2026-01-01T10:00:00"}),
    ("range", {"column": "age", "least": "0", "most": "120.5"}),
    ("length", {"column": ODD, "most": "2"}),
    ("length", {"column": "seen", "most": "19"}),
    ("pattern", {"column": ODD, "pattern": "a|[^a]{2}|[\\\\]", "says": "样例"}),
    ("codes", {"column": ODD, "codes": ["\\", "x' OR 1=1 --"], "says": "样例"}),
    ("codes", {"column": "age", "codes": ["76", "7"], "says": "样例"}),
    ("reference", {"column": "area", "other": "areas", "other_column": "code"}),
    ("agrees", {"column": "age", "by": "area", "other": "areas", "other_by": "code",
                "other_column": "age"}),
    ("condition", {"column": "age", "relation": "above", "value": "70", "when_column": "area",
                   "when_relation": "is", "when_value": "01"}),
    ("condition", {"column": "born", "relation": "below", "with_column": "seen"}),
    ("timely", {"column": "seen"}),
]  # fmt: skip
AREA_TYPES = {"code": "VARCHAR", "age": "INTEGER"}
AREAS = [("01", 76), ("02", 41), (None, 1)]


def every_rule(dialect: Dialect = DUCKDB, schema: str = "lake") -> Pass:
    rules = [Rule(kind=kind, told=told) for kind, told in RULES]
    others = {"areas": table("areas", AREA_TYPES)}
    return pass_over(table("people", TYPES), rules, others, dialect=dialect, schema=schema)


def table(name: str, types: dict[str, str]) -> LakeTable:
    return LakeTable(
        number=1, slug=name, title="样例", name=name, department="", department_name="",
        entry_id=None, update_cycle=UpdateCycle.DAY, key=(), types=types,
        collected_at=datetime(2026, 1, 1), is_sample=True, source="", source_table="",  # noqa: DTZ001
    )  # fmt: skip


def values(types: Mapping[str, str], rows: Iterable[tuple[Any, ...]]) -> str:
    listed = ", ".join(
        f"({', '.join('NULL' if one is None else literal(str(one)) for one in row)})"
        for row in rows
    )
    casts = ", ".join(f"CAST({quoted(one)} AS {of}) AS {quoted(one)}" for one, of in types.items())
    names = ", ".join(map(quoted, types))
    return f"SELECT {casts} FROM (VALUES {listed}) v({names})"
