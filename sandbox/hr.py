"""人社: pages that begin at nought and hold seven rows, whatever one asks for.

`/rs/person` the insured, `/rs/list?lb=` the register: `sy` unemployed, `tx` retired. Its numbers
stand as somebody once typed them (15 places, full width, blanks), its days as 2026/3/5.
`/rs/units` the employers, whose code is now and then the register's old number or missing.
`/rs/one`, `/rs/unit`: one of them, asked by JSON. `/rs/bj/push` takes a case in, `/rs/bj/changes`
tells what became of them: seven at a time, the last of them twice.
"""

import json
from typing import Any
from urllib.parse import parse_qs

import asyncpg

from . import casework
from .server import Department, Reply, Request, Table, serve

SCHEMA = """
create table if not exists ry(
  sfzh text primary key, xm text not null, cbzt text not null, jfys int not null,
  dwmc text not null);
alter table ry add column if not exists lb text not null default '';
alter table ry add column if not exists rq text not null default '';
create table if not exists dw(
  dwbh text primary key, dwmc text not null, xydm text not null, fzr text not null,
  dz text not null, qh text not null, cbrq text not null, rs int not null);
"""
COLUMNS = ("sfzh", "xm", "cbzt", "jfys", "dwmc")
REGISTER = ("lb", "rq")  # of whom is on the register: which, and since when
EMPLOYER = ("dwbh", "dwmc", "xydm", "fzr", "dz", "qh", "cbrq", "rs")
PAGE = 7
STEPS = {"in": "01", "accepted": "02", "wanting": "03", "granted": "04", "refused": "05"}
WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


async def answer(pool: asyncpg.Pool, request: Request) -> Reply:
    if request.path.startswith("/rs/bj/"):
        return await _case(pool, request)
    if request.path in {"/rs/one", "/rs/unit"}:
        return await _one(pool, request)
    asked = parse_qs(request.query)
    page = int(asked.get("page", ["0"])[0])
    if request.path == "/rs/person":
        rows = await _persons(pool, asked.get("sfzh", [""])[0], page)
    elif request.path == "/rs/list":
        rows = await _register(pool, asked.get("lb", [""])[0], page)
    elif request.path == "/rs/units":
        rows = await _units(pool, page)
    else:
        return Reply('{"success":false}', status=404)
    told = {"success": True, "page": page, "rows": rows}
    return Reply(json.dumps(told, ensure_ascii=False))


async def _persons(pool: asyncpg.Pool, number: str, page: int) -> list[dict[str, Any]]:
    rows = await pool.fetch(
        "select sfzh, xm, cbzt, jfys, dwmc from ry where $1 = '' or sfzh = $1 "
        "order by sfzh limit $2 offset $3",
        number,
        PAGE,
        PAGE * page,
    )
    return [dict(row) for row in rows]


async def _register(pool: asyncpg.Pool, which: str, page: int) -> list[dict[str, Any]]:
    rows = await pool.fetch(
        "select row_number() over (order by sfzh) as xh, sfzh as sfz, xm, rq, cbzt as dyzt from ry "
        "where lb = $1 and lb <> '' order by sfzh limit $2 offset $3",
        which,
        PAGE,
        PAGE * page,
    )
    return [{**row, "sfz": _as_typed(row["sfz"], row["xh"])} for row in rows]


async def _units(pool: asyncpg.Pool, page: int) -> list[dict[str, Any]]:
    asked = "select * from dw order by dwbh limit $1 offset $2"
    return [dict(row) for row in await pool.fetch(asked, PAGE, PAGE * page)]


async def _one(pool: asyncpg.Pool, request: Request) -> Reply:
    try:
        asked = json.loads(request.body)
        if request.path == "/rs/unit":
            row = await pool.fetchrow("select * from dw where dwbh = $1", asked["dwbh"])
        else:
            told = "select sfzh, xm, rq, cbzt from ry where lb = $1 and sfzh = $2"
            row = await pool.fetchrow(told, asked["lb"], asked["sfzh"])
    except (ValueError, KeyError, TypeError, asyncpg.DataError):
        return Reply('{"code":"8"}')
    found = {"code": "1"} if row is None else {"code": "0", "rows": [dict(row)]}
    return Reply(json.dumps(found, ensure_ascii=False))


async def _case(pool: asyncpg.Pool, request: Request) -> Reply:
    filed: casework.Filed | None
    try:
        asked = json.loads(request.body)
        if request.path == "/rs/bj/changes":
            steps = await casework.told_since(pool, int(asked["xh"]), PAGE)
            rows = casework.twice([_step(one) for one in steps])
            return Reply(json.dumps({"code": "0", "rows": rows}, ensure_ascii=False))
        if asked["lx"] == "opened":
            about = {"item": "sxbm", "person": "sfzh", "name": "xm", "form": "nr"}
            told = {ours: asked[theirs] for ours, theirs in about.items()}
            filed = await casework.file(pool, ref=asked["lsh"], about=told)
        else:
            filed = await casework.added(pool, ref=asked["lsh"], kind=asked["lx"], form=asked["nr"])
    except (ValueError, KeyError, TypeError):
        return Reply('{"code":"8"}')
    if filed is None:
        return Reply('{"code":"5"}')
    row = {"ywbh": casework.numbered("RS", filed.nr)}
    return Reply(json.dumps({"code": "0", "rows": [row]}, ensure_ascii=False))


def _step(one: dict[str, Any]) -> dict[str, Any]:
    number = casework.numbered("RS", one["nr"])
    return {"xh": one["seq"], "ywbh": number, "lsh": one["ref"], "zt": STEPS[one["step"]],
            "sm": one["says"]}  # fmt: skip


def _as_typed(number: str, place: int) -> str:
    short = number[:6] + number[8:17] if number[6:8] == "19" else number
    return (number, short, number.translate(WIDE), f" {number.lower()}")[place % 4]


TABLES = [Table("hr", "ry", COLUMNS, perhaps=REGISTER), Table("hr-units", "dw", EMPLOYER)]
HR = Department(name="hr", schema=SCHEMA + casework.SCHEMA, tables=TABLES, answer=answer)

if __name__ == "__main__":
    serve(HR)
