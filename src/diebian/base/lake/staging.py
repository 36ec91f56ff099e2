"""Rows of one collection, taken into memory (or the spill folder) and looked at before they go on.

A value that does not fit its type is a reason beside its row, never the end of a batch.
"""

from collections.abc import Iterator
from typing import Any

import duckdb
import pyarrow as pa

from diebian.kernel import clock
from diebian.kernel.errors import first_line

from .casts import cast_of
from .models import Mode
from .names import PUSH, literal, quoted, type_words
from .readers.protocol import FAULT, MOST_ROWS, Reader, Shape, Straight, text_batch
from .refusals import SourceEndless, SourceUnreachable, TooManyBad
from .staged import BadRow, Staged
from .tasks import Task
from .watch import Watch
from .windows import MOMENTS

MOST_BAD = 10_000


def stage(
    duck: duckdb.DuckDBPyConnection,
    reader: Reader | Straight,
    task: Task,
    shape: Shape,
    watch: Watch,
) -> Staged:
    """Ends when the watch says so, wherever it is: in the source, or in a check over many rows."""
    watch.cuts(lambda _: duck.interrupt())
    staged = Staged(f"s{task.run_id}")
    columns = [*task.types, *task.extras]
    try:
        if isinstance(reader, Straight):
            _take_straight(duck, reader, columns, task, staged)
        else:
            _take_batches(duck, reader, columns, task, staged, watch)
        _look(duck, task, shape, staged)
    except BaseException:
        drop(duck, staged)
        raise
    return staged


def drop(duck: duckdb.DuckDBPyConnection, staged: Staged) -> None:
    for table in staged.tables:
        duck.execute(f"DROP TABLE IF EXISTS {table}")


def _take_straight(
    duck: duckdb.DuckDBPyConnection,
    reader: Straight,
    columns: list[str],
    task: Task,
    staged: Staged,
) -> None:
    asked = reader.straight(duck, columns, task.window)
    try:
        duck.execute(f"CREATE TABLE {staged.tables[0]} AS {asked}")
    except duckdb.Error as error:
        raise SourceUnreachable(first_line(error)) from error


def _take_batches(
    duck: duckdb.DuckDBPyConnection,
    reader: Reader,
    columns: list[str],
    task: Task,
    staged: Staged,
    watch: Watch,
) -> None:
    batches = _counted(reader.batches(columns, task.window), watch)
    first = next(batches, text_batch(columns, []))
    duck.register("coming", pa.Table.from_batches([first]))
    duck.execute(f"CREATE TABLE {staged.tables[0]} AS FROM coming")
    for batch in batches:  # each in Python's own thread: a reader's refusal arrives as it is
        duck.register("coming", pa.Table.from_batches([batch]))
        duck.execute(f"INSERT INTO {staged.tables[0]} FROM coming")
    duck.unregister("coming")
    _keep_window(duck, task, staged)


def _counted(batches: Iterator[pa.RecordBatch], watch: Watch) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        watch.check()
        watch.rows += batch.num_rows
        if watch.rows > MOST_ROWS:
            raise SourceEndless(f"已经读了 {watch.rows} 行，仍没有到头")
        yield batch


def _keep_window(duck: duckdb.DuckDBPyConnection, task: Task, staged: Staged) -> None:
    """A file gives all its rows; what is outside the window is not this batch's."""
    window, type_ = task.window, task.watermark_type
    for sign, bound in (("<", window.since), (">=", window.until)):
        if bound and window.column != PUSH:
            told = cast_of(quoted(window.column), "VARCHAR", type_)
            duck.execute(f"DELETE FROM {staged.tables[0]} "
                         f"WHERE {told} {sign} CAST({literal(bound)} AS {type_})")  # fmt: skip


def _look(duck: duckdb.DuckDBPyConnection, task: Task, shape: Shape, staged: Staged) -> None:
    table, out = staged.tables
    coming = duck.sql(f"FROM {table}")
    have = {name: str(of) for name, of in zip(coming.columns, coming.types, strict=True)}
    casts = {name: cast_of(quoted(name), have[name], type_)
             for name, type_ in {**task.types, **task.extras}.items()}  # fmt: skip
    is_unique = bool(shape.unique) and shape.unique <= set(task.key)
    reasons = _reasons(task, casts, have, is_unique=is_unique)
    bad = _set_aside(duck, staged, reasons) if reasons else False
    double = bool(task.key) and not is_unique
    if double and _has_doubles(duck, task, casts, table, out if bad else ""):
        _set_doubles_aside(duck, task, casts, staged, has_out=bad)
        bad = True
    kept = f" WHERE rowid NOT IN (SELECT n FROM {out})" if bad else ""
    _conclude(duck, task, casts, staged, kept)
    if bad:
        staged.bad = _bad_rows(duck, staged)


def _reasons(
    task: Task, casts: dict[str, str], have: dict[str, str], *, is_unique: bool
) -> list[str]:
    told = [quoted(FAULT)] if FAULT in have else []
    for name, cast in casts.items():
        if cast != quoted(name):
            type_ = {**task.types, **task.extras}[name]
            sentence = literal(f"“{name}”的值不是{type_words(type_)}")
            told.append(f"CASE WHEN {quoted(name)} IS NOT NULL AND {cast} IS NULL "
                        f"THEN {sentence} END")  # fmt: skip
    if not is_unique:  # else the source itself keeps it filled
        told += [f"CASE WHEN {quoted(name)} IS NULL THEN {literal(f'主键“{name}”是空的')} END"
                 for name in task.key]  # fmt: skip
    return told


def _set_aside(duck: duckdb.DuckDBPyConnection, staged: Staged, reasons: list[str]) -> bool:
    table, out = staged.tables
    duck.execute(
        f"CREATE TABLE {out} AS SELECT n, array_to_string(told, '；') AS reason FROM "
        f"(SELECT rowid AS n, list_filter([{', '.join(reasons)}]::VARCHAR[], "
        f"lambda one: one IS NOT NULL) AS told FROM {table}) WHERE len(told) > 0"
    )
    count = _number(duck, f"SELECT count(*) FROM {out}")
    if count > MOST_BAD:
        first = duck.execute(f"SELECT n, reason FROM {out} ORDER BY n LIMIT 1").fetchone()
        told = f"例如第 {first[0] + 1} 行：{first[1]}" if first else ""
        raise TooManyBad(f"{count} 行收不进来，超过 {MOST_BAD} 行。{told}")
    return count > 0


def _has_doubles(
    duck: duckdb.DuckDBPyConnection, task: Task, casts: dict[str, str], table: str, out: str
) -> bool:
    key = ", ".join(casts[name] for name in task.key)
    rest = f" WHERE rowid NOT IN (SELECT n FROM {out})" if out else ""
    return bool(_number(duck, f"SELECT count(*) - count(DISTINCT row({key})) FROM {table}{rest}"))


def _set_doubles_aside(
    duck: duckdb.DuckDBPyConnection,
    task: Task,
    casts: dict[str, str],
    staged: Staged,
    *,
    has_out: bool,
) -> None:
    """Of rows with one key the newest stays; without a watermark, the first that came."""
    table, out = staged.tables
    duck.execute(f"CREATE TABLE IF NOT EXISTS {out} (n BIGINT, reason VARCHAR)")
    key = ", ".join(casts[name] for name in task.key)
    newest = f"{casts[task.watermark_column]} DESC NULLS LAST, " if task.watermark_column else ""
    order = f"{newest}rowid {'DESC' if newest else ''}"
    told = "" if _is_told_in_order(task) else f"主键和另一行相同（{'、'.join(task.key)}）"
    rest = f"WHERE rowid NOT IN (SELECT n FROM {out})" if has_out else ""
    duck.execute(
        f"INSERT INTO {out} SELECT rowid, {literal(told)} FROM {table} {rest} "
        f"QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY {order}) > 1"
    )


def _is_told_in_order(task: Task) -> bool:
    """In a list of changes an earlier state of a row is no fault, only past."""
    return task.mode == Mode.CHANGES or task.watermark_column == PUSH


def _conclude(
    duck: duckdb.DuckDBPyConnection, task: Task, casts: dict[str, str], staged: Staged, kept: str
) -> None:
    table = staged.tables[0]
    picked = ", ".join(f"{casts[name]} AS {quoted(name)}" for name in task.types)
    good = f"SELECT {picked} FROM {table}{kept}"
    staged.good = good
    # A row that is quarantined now may have been good before: it is not gone from the source.
    keys = ", ".join(f"{casts[name]} AS {quoted(name)}" for name in task.key)
    staged.keys = f"SELECT {keys} FROM {table}" if keys else ""
    if task.mode == Mode.CHANGES:
        deletes = ", ".join(literal(one) for one in task.options.get("deletes", ["D"]))
        op, joint = quoted(str(task.options["op"])), " AND" if kept else " WHERE"
        staged.good = f"{good}{joint} {op} NOT IN ({deletes})"
        staged.gone = f"{good}{joint} {op} IN ({deletes})"
    # Names, types and the version belong to it: equal rows under other names are not the same.
    shape = literal(f"{task.types} {duckdb.__version__}")
    told = duck.execute(
        f"SELECT count(*), (coalesce(sum(hash(t)::HUGEINT), 0) + hash({shape})::HUGEINT) "
        f"% 18446744073709551616::HUGEINT FROM ({staged.good}) t"
    ).fetchone()
    count, checksum = told or (0, 0)
    is_whole = not kept and not staged.gone
    staged.read = int(count) if is_whole else _number(duck, f"SELECT count(*) FROM {table}")
    staged.taken, staged.checksum = int(count), f"{checksum:016x}"
    if task.watermark_column and not task.is_back_fill:
        staged.watermark = _watermark(duck, task, casts, table, kept)


def _watermark(
    duck: duckdb.DuckDBPyConnection, task: Task, casts: dict[str, str], table: str, kept: str
) -> str:
    """A row dated in the future does not count: one of 2099 would silence all that come later."""
    told = casts[task.watermark_column]
    now = clock.now().astimezone(clock.CITY_TIME).replace(tzinfo=None)
    is_moment = task.watermark_type in MOMENTS
    only = f" FILTER (WHERE {told} <= {literal(str(now))}::TIMESTAMP)" if is_moment else ""
    found = duck.execute(f"SELECT CAST(max({told}){only} AS VARCHAR) FROM {table}{kept}").fetchone()
    return str(found[0]) if found and found[0] is not None else ""


def _bad_rows(duck: duckdb.DuckDBPyConnection, staged: Staged) -> list[BadRow]:
    table, out = staged.tables
    asked = (
        f"SELECT o.n + 1, o.reason, to_json(t) FROM {out} o JOIN {table} t ON t.rowid = o.n "
        f"WHERE o.reason <> '' ORDER BY o.n LIMIT {MOST_BAD}"
    )
    return [BadRow(*row) for row in duck.execute(asked).fetchall()]


def _number(duck: duckdb.DuckDBPyConnection, asked: str) -> int:
    found: Any = duck.execute(asked).fetchone()
    return int(found[0]) if found else 0
