"""不动产: JSON with pinyin initials, an application key, times as fourteen digits.

A quirk: a wrong key is answered with HTTP 200 and a code of its own."""

import json
import os

import asyncpg

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
KEY = os.environ.get("SANDBOX_ESTATE_KEY", "sample-estate-key")


async def answer(pool: asyncpg.Pool, request: Request) -> Reply:
    if request.headers.get("x-app-key") != KEY:
        return _told("9001", "AppKey 无效")
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


def _told(code: str, message: str, data: object = None) -> Reply:
    return Reply(json.dumps({"code": code, "msg": message, "data": data}, ensure_ascii=False))


TABLES = [Table("estate", "fcxx", COLUMNS)]
ESTATE = Department(name="estate", schema=SCHEMA, tables=TABLES, answer=answer)

if __name__ == "__main__":
    serve(ESTATE)
