"""What the page of a dataset shows, counted once when its files are written."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from math import isfinite
from pathlib import Path
from typing import Any

from diebian.base.lake.public import quoted

from .checking import Question
from .columns import How
from .plots import Column, plots_of
from .reading import RELEASED, reading

PREVIEW_ROWS = 10
LONGEST_CELL = 200
SECONDS = 600.0  # the worker has more time than a visitor
KINDS: Mapping[str, str] = {
    "DATE": "time",
    "TIMESTAMP": "time",
    "TIMESTAMP WITH TIME ZONE": "time",
    "VARCHAR": "text",
    "BOOLEAN": "text",
    "TIME": "text",
}


def told_of(parquet: Path, asked: Question) -> dict[str, Any]:
    with reading(parquet, seconds=SECONDS) as duck:
        types = {one[0]: one[1] for one in duck.execute(f"DESCRIBE {RELEASED}").fetchall()}
        columns = [
            {
                "name": one.title,
                "meaning": one.told,
                "kind": "period" if one.how in {How.MONTH, How.QUARTER, How.YEAR}
                else KINDS.get(types[one.title], "number"),
                "type": types[one.title],
                "is_known": one.is_quasi,
            }
            for one in asked.columns
        ]  # fmt: skip
        count = duck.execute(f"SELECT count(*) FROM {RELEASED}").fetchone()[0]  # noqa: S608
        rows = duck.execute(f"FROM {RELEASED} LIMIT {PREVIEW_ROWS}").fetchall()
        summed = {one.title for one in asked.columns if one.is_summed}
        drawn = [Column(one["name"], one["kind"], one["name"] in summed) for one in columns]
        plots = plots_of(duck, drawn)
        profile = _profile(duck, list(types))
    return {
        "columns": columns,
        "rows": count,
        "preview": [[plain(value, LONGEST_CELL) for value in one] for one in rows],
        "plots": plots,
        "profile": profile,
    }


def _profile(duck: Any, names: list[str]) -> dict[str, Any]:
    """Of each column: how many rows say something."""
    counts = ", ".join(f"count({quoted(name)})" for name in names)
    found = duck.execute(f"SELECT {counts} FROM {RELEASED}").fetchone()  # noqa: S608
    return {name: {"filled": filled} for name, filled in zip(names, found, strict=True)}


def plain(value: Any, longest: int | None = None) -> Any:
    """As JSON has it: numbers stay numbers, moments become text, what is long is cut."""
    if isinstance(value, float) and not isfinite(value):
        return None  # JSON has no word for it
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    text = str(value)
    return text if longest is None or len(text) <= longest else f"{text[:longest]}…"
