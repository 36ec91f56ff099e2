"""One snapshot of a table as files: Parquet from the lake, CSV and JSON from that Parquet.

Rows are in the order of their own values: no order of the source tells who came first, and the
same rows always give the same file. DuckDB writes them as a stream, within its memory limit.
"""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from diebian.base.lake.public import literal, quoted
from diebian.standards.opening import SMALLEST_GROUP

from .checking import ROWS, Question, keys_of
from .coarse import selected
from .safe import LIKE_A_FORMULA
from .shown import FORMATS

BOM = "\ufeff".encode()


def write_files(
    lake: Any, asked: Question, snapshot: int, into: Path
) -> tuple[dict[str, Path], int]:
    """The files by format, and how many rows were left out."""
    files = {one: into / f"rows.{one}" for one in FORMATS}
    lake.read(asked.table.name, snapshot).create_view(ROWS)
    told = f"SELECT {selected(asked.columns, asked.counties)} FROM {ROWS}{_kept(asked)}"  # noqa: S608
    lake.duck.execute(_copy(f"{told} ORDER BY ALL", files["parquet"], "FORMAT parquet"))
    before, after = _count(lake.duck, ROWS), _count(lake.duck, _parquet(files["parquet"]))
    _write_texts(lake.duck, files)
    return files, before - after


def differences(lake: Any, new: Path, old: Path) -> int:
    """Rows that only one of two files has, each as often as it is there."""
    left, right = f"FROM {_parquet(new)}", f"FROM {_parquet(old)}"
    both = f"({left} EXCEPT ALL {right}) UNION ALL ({right} EXCEPT ALL {left})"
    return _count(lake.duck, f"({both})")


def _write_texts(duck: Any, files: Mapping[str, Path]) -> None:
    """In the order of the Parquet file: it is sorted once."""
    source = _parquet(files["parquet"])
    duck.execute("SET preserve_insertion_order = true")
    duck.execute(_copy(f"FROM {source}", files["json"], "FORMAT json, ARRAY true"))
    described = duck.execute(f"DESCRIBE FROM {source}").fetchall()
    safe = ", ".join(_safe(name, type_) for name, type_, *_ in described)
    bare = files["csv"].with_suffix(".bare")
    asked = f"SELECT {safe} FROM {source}"  # noqa: S608
    duck.execute(_copy(asked, bare, "FORMAT csv, HEADER true"))
    duck.execute("SET preserve_insertion_order = false")  # as the lake has it
    with files["csv"].open("wb") as target, bare.open("rb") as opened:
        target.write(BOM)
        shutil.copyfileobj(opened, target)


def _kept(asked: Question) -> str:
    """Without the rows of groups that are too small, where that was decided."""
    if not (asked.leave_out and asked.quasi):
        return ""
    together = ", ".join(keys_of(asked))
    return f" QUALIFY count(*) OVER (PARTITION BY {together}) >= {SMALLEST_GROUP.k}"


def _safe(name: str, type_: str) -> str:
    column = quoted(name)
    if type_ != "VARCHAR":
        return column
    is_like = f"regexp_matches({column}, {literal(LIKE_A_FORMULA)})"
    return f"CASE WHEN {is_like} THEN '''' || {column} ELSE {column} END AS {column}"


def _copy(asked: str, file: Path, options: str) -> str:
    return f"COPY ({asked}) TO {literal(str(file))} ({options})"


def _parquet(file: Path) -> str:
    return f"read_parquet({literal(str(file))})"


def _count(duck: Any, rows: str) -> int:
    return int(duck.execute(f"SELECT count(*) FROM {rows}").fetchone()[0])  # noqa: S608
