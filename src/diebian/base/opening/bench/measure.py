"""A table of people's matters is checked for small groups and released, as the worker does it.

The limit is the same engine that writes the same rows to the same three formats and nothing else:
no check, no order, no guard, no digest, no plots. The peer is PostgreSQL's own COPY of the rows as
CSV and JSON, with the same grouping before it. What was released is counted against the table.
"""

import resource
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import Any

import psycopg

from diebian.base.lake.public import LakeTable, open_lake
from diebian.base.opening.checking import Question, check_in
from diebian.base.opening.columns import How, OpenColumn
from diebian.base.opening.releasing import made_of
from diebian.base.opening.rows import page_of
from diebian.base.opening.shelf import place_of
from diebian.base.opening.shown import File, Released
from diebian.kernel import clock

TABLE = "bench_opening"
TYPES = {"id": "BIGINT", "area": "VARCHAR", "day": "DATE", "kind": "VARCHAR", "amount": "BIGINT"}
ROWS = """SELECT i AS id, CAST(100101 + i % 7 AS VARCHAR) AS area,
  DATE '2025-01-01' + CAST(i % 600 AS INTEGER) AS day, '样例事项' || (i % 40) AS kind,
  CAST((i * 7919) % 100000 AS BIGINT) AS amount FROM range({rows}) t(i)"""
COLUMNS = (
    OpenColumn("area", "区县", is_quasi=True),
    OpenColumn("day", "日期", how=How.MONTH, is_quasi=True),
    OpenColumn("kind", "事项"),
    OpenColumn("amount", "金额", how=How.BAND, width=1000),
)
PLAIN = "area, strftime(day, '%Y-%m') AS month, kind, amount // 1000 * 1000 AS amount"
IN_POSTGRES = "select area, to_char(day, 'YYYY-MM') as month, kind, amount / 1000 * 1000 as amount"
IN_TABLE = """create unlogged table bench_opening as select i as id, (100101 + i % 7)::text as area,
  date '2025-01-01' + (i % 600)::int as day, '样例事项' || (i % 40) as kind,
  (i * 7919) % 100000 as amount from generate_series(0, {last}::bigint) i"""
PAGES = 60
MILLISECONDS, KIB = 1000, 1024


@dataclass(frozen=True)
class Plan:
    rows: int
    rounds: int


QUICK, WHOLE = Plan(300_000, 2), Plan(2_000_000, 3)


def measure(plan: Plan) -> Mapping[str, object]:
    asked = Question(
        table=LakeTable(
            number=0,
            slug="bench",
            title="样例",
            name=TABLE,
            department="",
            department_name="",
            entry_id=None,
            update_cycle="",
            types=TYPES,
            key=(),
            collected_at=None,
            is_sample=True,
            source="",
            source_table="",
        ),
        columns=COLUMNS,
        hows={},
        counties={},
        about_people=True,
        leave_out=False,
        others={},
    )
    with open_lake() as lake:
        with lake.writing(batch="bench-opening", message="bench", note={}):
            lake.create(TABLE, TYPES, ROWS.format(rows=plan.rows))
        ours, bare, peer, told = [], [], [], dict[str, Any]()
        with _in_postgres(lake, plan.rows) as other:
            for _ in range(plan.rounds):  # in turns, so that a busy minute is everybody's
                bare.append(_timed(lambda: _plain(lake.duck)))
                ours.append(_timed(lambda: told.update(_released(lake, asked))))
                peer.append(_timed(lambda: _copied(other)))
        lost, doubled = _compared(lake.duck, told)
    speed, limit, third = (plan.rows / min(one) for one in (ours, bare, peer))
    return {
        "rows": plan.rows,
        "megabytes": {name: round(one["size"] / KIB**2, 1) for name, one in told["files"].items()},
        "api_page_ms_p95": _paged(told),
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // KIB,
        "name": "opening",
        "unit": "rows/s",
        "ours": round(speed),
        "limit": round(limit),
        "ratio": round(speed / limit, 3),
        "peer": round(third),
        "peer_ratio": round(speed / third, 3),
        "lost": lost,
        "doubled": doubled,
    }


def _released(lake: Any, asked: Question) -> dict[str, Any]:
    found = check_in(lake, asked)
    if not found.is_good:
        raise RuntimeError(found.says)
    return made_of(lake, asked, found.snapshot) or {}


def _plain(duck: Any) -> None:
    with TemporaryDirectory(prefix="diebian-bench-") as folder:
        for form in ("parquet", "csv", "json"):
            target = Path(folder) / f"rows.{form}"
            rows = f"SELECT {PLAIN} FROM lake.{TABLE}"  # noqa: S608  our own words
            duck.execute(f"COPY ({rows}) TO '{target}' (FORMAT {form})")


def _in_postgres(lake: Any, rows: int) -> psycopg.Connection[Any]:
    made: psycopg.Connection[Any] = psycopg.connect(lake.place.conninfo("bench"), autocommit=True)
    made.execute(f"drop table if exists {TABLE}")
    made.execute(IN_TABLE.format(last=rows - 1))
    made.execute(f"vacuum analyze {TABLE}")
    return made


def _copied(other: psycopg.Connection[Any]) -> None:
    rows = f"{IN_POSTGRES} from {TABLE}"
    other.execute(f"select min(n) from (select count(*) n from ({rows}) r group by area, month) g")  # noqa: S608
    csv = f"copy ({rows}) to stdout (format csv, header)"
    json = f"copy (select to_json(r) from ({rows}) r) to stdout"  # noqa: S608
    for what in (csv, json):
        with TemporaryFile() as target, other.cursor().copy(what) as read:
            for piece in read:
                target.write(piece)


def _compared(duck: Any, told: Mapping[str, Any]) -> tuple[int, int]:
    """Each row of the table is in each file once: both ways, with how often each comes."""
    lost = doubled = 0
    source = f"SELECT {PLAIN}, count(*) AS n FROM lake.{TABLE} GROUP BY ALL"  # noqa: S608
    for form, reader in (("parquet", "read_parquet"), ("csv", "read_csv"), ("json", "read_json")):
        file = place_of(told["files"][form]["digest"])
        columns = "区县::VARCHAR, 日期::VARCHAR, 事项, 金额::BIGINT"
        words = ", all_varchar = true" if form == "csv" else ""
        words = ", format = 'array'" if form == "json" else words
        read = f"SELECT {columns}, count(*) FROM {reader}('{file}'{words}) GROUP BY ALL"  # noqa: S608
        missing = f"SELECT count(*) FROM (({source}) EXCEPT ({read}))"  # noqa: S608
        more = f"SELECT count(*) FROM (({read}) EXCEPT ({source}))"  # noqa: S608
        lost += duck.execute(missing).fetchone()[0]
        doubled += duck.execute(more).fetchone()[0]
    return lost, doubled


def _paged(told: Mapping[str, Any]) -> float:
    """Pages of 100 anywhere in the file, half of them filtered."""
    files = {name: File(name, one["digest"], one["size"]) for name, one in told["files"].items()}
    release = Released(1, clock.now(), told["rows"], 0, told["columns"], files, [], {}, [])
    questions: Sequence[Mapping[str, Sequence[str]]] = [
        {"offset": [str(at * told["rows"] // PAGES)]} if at % 2 else
        {"事项": [f"样例事项{at % 40}"], "offset": [str(at * 10)]}
        for at in range(PAGES)
    ]  # fmt: skip
    took = [_timed(lambda one=one: page_of(release, one)) for one in questions]  # type: ignore[misc]
    return round(statistics.quantiles(took, n=20)[-1] * MILLISECONDS, 1)


def _timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began
