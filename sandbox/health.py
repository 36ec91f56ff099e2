"""医保: form-encoded questions, lines of key=value, closed at night unless told otherwise.

`/list` tells all insured, five at a time: PAGE counts from one, a line of two hyphens stands before
each person, and behind the last page stands RESULT=NONE. `/apply` takes a case in;
`/progress` tells what became of them, as JSON within a line.
"""

import json
import os
import time
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

import asyncpg

from . import casework
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
STEPS_TOLD = 30


async def answer(pool: asyncpg.Pool, request: Request) -> Reply:
    if not _is_open():
        return Reply("RESULT=CLOSED\n", status=503, kind="text/plain; charset=utf-8")
    asked = parse_qs(request.body.decode())
    if request.path == "/list":
        return await _list(pool, int(asked.get("PAGE", ["1"])[0]))
    if request.path in {"/apply", "/progress"}:
        return await _case(pool, request.path, {name: told[0] for name, told in asked.items()})
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


async def _case(pool: asyncpg.Pool, path: str, asked: dict[str, str]) -> Reply:
    filed: casework.Filed | None
    try:
        if path == "/progress":
            steps = await casework.told_since(pool, int(asked["AFTER"]), STEPS_TOLD)
            told = json.dumps([_step(one) for one in steps], ensure_ascii=False)
            return _line(f"RESULT=OK\nDATA={told}\n")
        ref, form = asked["REF"], asked["FORM"]
        if asked["ACT"] == "opened":
            about = {"item": asked["ITEM"], "person": asked["CARD"], "name": asked["NAME"]}
            filed = await casework.file(pool, ref=ref, about={**about, "form": form})
        else:
            filed = await casework.added(pool, ref=ref, kind=asked["ACT"], form=form)
    except (ValueError, KeyError):
        return _line("RESULT=BAD\n")
    if filed is None:
        return _line("RESULT=UNKNOWN\n")
    return _line(f"RESULT=OK\nCASE={casework.numbered('YB', filed.nr)}\n")


def _line(told: str) -> Reply:
    return Reply(told, kind="text/plain; charset=utf-8")


def _step(one: dict[str, Any]) -> dict[str, Any]:
    number = casework.numbered("YB", one["nr"])
    return {
        "N": one["seq"],
        "CASE": number,
        "REF": one["ref"],
        "S": one["step"],
        "WHY": one["says"],
    }


def _lines(row: asyncpg.Record) -> list[str]:
    return [f"{name.upper()}={row[name]}" for name in COLUMNS]


def _is_open() -> bool:
    hour = (datetime.fromtimestamp(time.time(), UTC) + CITY_OFFSET).hour
    return os.environ.get("SANDBOX_HEALTH_ALWAYS") == "1" or OPENS <= hour < CLOSES


TABLES = [Table("health", "insured", COLUMNS[:-1], perhaps=COLUMNS[-1:])]
HEALTH = Department(name="health", schema=SCHEMA + casework.SCHEMA, tables=TABLES, answer=answer)

if __name__ == "__main__":
    serve(HEALTH)
