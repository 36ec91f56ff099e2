"""Rows of a lake table into a consumer's PostgreSQL: all of them, then what a batch has changed.

`limit` is COPY out of one database straight into another of the same server, into a table with the
same primary key, by one process: what the consumer's database itself can take. The peer is what is
done where nobody keeps changes: after each batch all rows are sent anew.
"""

import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import psycopg
import pyarrow as pa

from diebian.base.delivery.consumer import NAME, Consumer, Reached, sql_type
from diebian.base.delivery.outgoing import Cut, Outgoing
from diebian.base.delivery.summing import Summed
from diebian.base.lake.public import lake_at
from diebian.cloud.runtime.public import server_with

if TYPE_CHECKING:
    from diebian.base.lake.public import TableStore

TARGET = 0.6
QUICK, WHOLE = 300_000, 3_000_000
CHANGED = 50  # one row in so many is another, and as many are gone
TYPES = {"id": "BIGINT", "code": "VARCHAR", "name": "VARCHAR", "amount": "DECIMAL(12,2)",
         "born": "DATE", "changed": "TIMESTAMP", "remark": "VARCHAR"}  # fmt: skip
ROWS = """SELECT i AS id, '91' || lpad((i * 7919 % 1000000007)::VARCHAR, 16, '0') AS code,
  '样例' || (i % 9973) AS name, (i * 31 % 1000000) / 100.0 AS amount,
  DATE '2020-01-01' + (i % 2000)::INT AS born,
  TIMESTAMP '2022-01-01' + to_seconds(i) AS changed,
  CASE WHEN i % 3 = 0 THEN '样例备注' || (i % 977) END AS remark FROM range({}) t(i)"""
CUT = Cut("bench", ("id",), "bench", {one: one for one in TYPES}, TYPES, frozenset(), "", "")
DELIVERY = UUID(int=1)


def measure(folder: Path, count: int) -> Mapping[str, object]:
    with server_with(folder, "platform", "consumer", "other") as server:
        into, other = server.url_of("consumer"), server.url_of("other")
        with lake_at(database=server.url_of("platform"), folder=folder / "lake") as lake:
            _batch(lake, ROWS.format(count), is_first=True)
            whole, reached = _sent(lake, into, None)
            before = _raw(into, other)
            changed = f"{ROWS.format(count)} WHERE i % {CHANGED} <> 1"
            _batch(lake, changed.replace("'样例' ||", f"if(i % {CHANGED} = 0, '新', '样例') ||"))
            increment, after = _sent(lake, into, reached)
            anew, _ = _sent(lake, into, None)
            raw = min(before, _raw(into, other))
            told = _compared(lake, into)
    ours, limit = count / whole, count / raw
    return {
        "name": "deliver",
        "unit": "rows/s",
        "ours": round(ours),
        "limit": round(limit),
        "ratio": round(ours / limit, 3),
        "target": TARGET,
        "peer": "全部重送",
        "peer_ratio": round(anew / increment, 2),
        **told,
        "rows": count,
        "seconds": round(whole, 2),
        "raw_seconds": round(raw, 2),
        "increment": {
            "written": after.written,
            "removed": after.removed,
            "seconds": round(increment, 2),
            "anew_seconds": round(anew, 2),
        },
    }


def _batch(lake: "TableStore", rows: str, *, is_first: bool = False) -> None:
    with lake.writing(batch=str(uuid4()), message="bench", note={}):
        if is_first:
            lake.create("bench", TYPES, rows)
        else:
            lake.merge("bench", ["id"], list(TYPES), rows)
            lake.keep_only("bench", ["id"], rows)


def _sent(lake: "TableStore", into: str, reached: Reached | None) -> tuple[float, Reached]:
    """As `sending` does it, without our own book: connect, lock, look, write, count, commit."""
    began, columns = time.perf_counter(), list(TYPES)
    with closing(Consumer(psycopg.connect(into), "public", "bench", DELIVERY)) as consumer:
        consumer.lock()
        consumer.reached()
        going = Outgoing(lake, CUT, lake.snapshot())
        total, removed = going.total(), 0
        if reached is not None:
            going.follow(reached.snapshot)
            text = Summed(going.rows(is_followed=True))
            written, removed = consumer.change(columns, text, going.touched())
        else:
            consumer.begin_anew(TYPES)
            text = Summed(going.rows(is_followed=False))
            written = consumer.fill(columns, text)
        if consumer.count() != total:
            raise RuntimeError("the consumer has another number of rows than the lake")
        told = Reached(uuid4(), CUT.shape, going.snapshot, written, removed, total, text.checksum)
        consumer.note(told)
        consumer.commit()
    return time.perf_counter() - began, told


def _raw(source: str, into: str) -> float:
    with psycopg.connect(source) as one, psycopg.connect(into) as two:
        two.execute("drop table if exists bench")
        columns = ", ".join([NAME, *TYPES])
        lines = [f"{name} {sql_type(type_)}" for name, type_ in TYPES.items()]
        two.execute(f"create table bench ({NAME} uuid primary key, {', '.join(lines)})".encode())
        told = f"copy bench ({columns}) to stdout".encode()
        began = time.perf_counter()
        with (
            one.cursor().copy(told) as out,
            two.cursor().copy("copy bench from stdin") as back,
        ):
            for part in out:
                back.write(part)
        two.commit()
        return time.perf_counter() - began


def _compared(lake: "TableStore", into: str) -> dict[str, int]:
    """Row by row: what is in the lake and not with the consumer, and the other way round."""
    row = lake.duck.execute("SELECT count(*) FROM lake.bench").fetchone()
    with psycopg.connect(into) as consumer:
        told = consumer.execute("select id, name from bench").fetchall()
    ids, names = [one[0] for one in told], [one[1] for one in told]
    lake.duck.register("arrived", pa.table({"id": ids, "name": names}))
    lost = lake.duck.execute(
        "SELECT count(*) FROM (SELECT id, name FROM lake.bench EXCEPT FROM arrived)"
    ).fetchone()
    distinct = len(set(ids))
    return {
        "lost": int(lost[0]) if lost else -1,
        "doubled": len(ids) - distinct,
        "arrived": len(ids),
        "held": int(row[0]) if row else -1,
    }
