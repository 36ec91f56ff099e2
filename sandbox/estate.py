"""不动产: JSON with pinyin initials, an application key, times as fourteen digits.

A quirk: a wrong key is answered with HTTP 200 and a code of its own. `/ywsl/tj` takes a case in,
`/ywsl/jd` tells what became of them, in words."""

import json
import os
from typing import Any

import asyncpg

from . import casework
from .server import Department, Reply, Request, Table, serve

SCHEMA = """
create table if not exists fcxx(
  bdcdyh text primary key, bdcqzh text not null, qlrmc text not null, zjhm text not null,
  zl text not null, jzmj text not null, fwyt text not null, djsj text not null,
  dyzt text not null, cfzt text not null, xzqdm text not null);
create index if not exists fcxx_zjhm on fcxx(zjhm);
"""
COLUMNS = (
    "bdcdyh",
    "bdcqzh",
    "qlrmc",
    "zjhm",
    "zl",
    "jzmj",
    "fwyt",
    "djsj",
    "dyzt",
    "cfzt",
    "xzqdm",
)
STEPS_TOLD = 50
WORDS = {
    "in": "已收件",
    "accepted": "已受理",
    "wanting": "待补正",
    "granted": "已登簿",
    "refused": "已退件",
}
KEY = os.environ.get("SANDBOX_ESTATE_KEY", "sample-estate-key")


async def answer(pool: asyncpg.Pool, request: Request) -> Reply:
    if request.headers.get("x-app-key") != KEY:
        return _told("9001", "AppKey 无效")
    if request.path.startswith("/ywsl/"):
        return await _case(pool, request)
    if (request.method, request.path) != ("POST", "/fcxx/query"):
        return _told("9004", "接口不存在")
    try:
        asked = json.loads(request.body)
        number = asked["zjhm"]
    except (ValueError, KeyError, TypeError):
        return _told("9002", "参数错误")
    rows = await pool.fetch(f"select {', '.join(COLUMNS)} from fcxx where zjhm = $1", number)  # noqa: S608
    found = [dict(row) for row in rows]
    return _told("0000", "", {"list": found})


async def _case(pool: asyncpg.Pool, request: Request) -> Reply:
    filed: casework.Filed | None
    try:
        asked = json.loads(request.body)
        if request.path == "/ywsl/jd":
            steps = await casework.told_since(pool, int(asked["xh"]), STEPS_TOLD)
            return _told("0000", "", {"list": [_step(one) for one in steps]})
        ref, form = asked["wslsh"], asked["sqnr"]
        if asked["czlx"] == "opened":
            about = {"item": asked["ywlx"], "person": asked["zjhm"], "name": asked["sqr"]}
            filed = await casework.file(pool, ref=ref, about={**about, "form": form})
        else:
            filed = await casework.added(pool, ref=ref, kind=asked["czlx"], form=form)
    except (ValueError, KeyError, TypeError):
        return _told("9002", "参数错误")
    if filed is None:
        return _told("9005", "业务不存在")
    return _told("0000", "", {"list": [{"slbh": casework.numbered("BDC", filed.nr)}]})


def _step(one: dict[str, Any]) -> dict[str, Any]:
    number = casework.numbered("BDC", one["nr"])
    return {"xh": one["seq"], "slbh": number, "wslsh": one["ref"], "jd": WORDS[one["step"]],
            "yj": one["says"]}  # fmt: skip


def _told(code: str, message: str, data: object = None) -> Reply:
    return Reply(json.dumps({"code": code, "msg": message, "data": data}, ensure_ascii=False))


TABLES = [Table("estate", "fcxx", COLUMNS)]
ESTATE = Department(name="estate", schema=SCHEMA + casework.SCHEMA, tables=TABLES, answer=answer)

if __name__ == "__main__":
    serve(ESTATE)
