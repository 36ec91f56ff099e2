"""医保: form-encoded questions, lines of key=value, closed at night unless told otherwise.

`/list` tells all insured, five at a time: PAGE counts from one, a line of two hyphens stands before
each person, and behind the last page stands RESULT=NONE.
"""

import os
import time
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

import asyncpg

from .server import Department, Reply, Request, Table, serve

SCHEMA = """
create table if not exists insured(
  card text primary key, fullname text not null, kind text not null, paid_until text not null);
alter table insured add column if not exists since text not null default '';
"""
COLUMNS = ("card", "fullname", "kind", "paid_until", "since")
PAGE = 5
CITY_OFFSET = timedelta(hours=8)
OPENS, CLOSES = 5, 23


async def answer(pool: asyncpg.Pool, request: Request) -> Reply:
    if not _is_open():
        return Reply("RESULT=CLOSED\n", status=503, kind="text/plain; charset=utf-8")
    asked = parse_qs(request.body.decode())
    if request.path == "/list":
        return await _list(pool, int(asked.get("PAGE", ["1"])[0]))
    card = asked.get("CARD", [""])[0]
    row = await pool.fetchrow("select * from insured where card = $1", card)
    lines = ["RESULT=NONE"] if row is None else ["RESULT=OK", *_lines(row)]
    return Reply("\n".join(lines) + "\n", kind="text/plain; charset=utf-8")


async def _list(pool: asyncpg.Pool, page: int) -> Reply:
    asked = "select * from insured order by card limit $1 offset $2"
    rows = await pool.fetch(asked, PAGE, PAGE * (page - 1))
    lines = ["RESULT=OK" if rows else "RESULT=NONE"]
    for row in rows:
        lines += ["--", *_lines(row)]
    return Reply("\n".join(lines) + "\n", kind="text/plain; charset=utf-8")


def _lines(row: asyncpg.Record) -> list[str]:
    return [f"{name.upper()}={row[name]}" for name in COLUMNS]


def _is_open() -> bool:
    hour = (datetime.fromtimestamp(time.time(), UTC) + CITY_OFFSET).hour
    return os.environ.get("SANDBOX_HEALTH_ALWAYS") == "1" or OPENS <= hour < CLOSES


TABLES = [Table("health", "insured", COLUMNS[:-1], perhaps=COLUMNS[-1:])]
HEALTH = Department(name="health", schema=SCHEMA, tables=TABLES, answer=answer)

if __name__ == "__main__":
    serve(HEALTH)
