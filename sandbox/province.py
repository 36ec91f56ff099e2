"""省数据共享平台: a node above the city. JSON, each question signed, a number of calls each day.

Quirks: every answer is HTTP 200 and tells a code; the rows are JSON once more, as a text within;
a question that was sent before is refused; some answers are slow; now and then comes an error page
of its load balancer, also with HTTP 200. Two keys are good at once while one replaces the other.
"""

import asyncio
import hashlib
import hmac
import json
import os
import time
from itertools import count

import asyncpg

from .server import Department, Reply, Request, Row, serve

SCHEMA = """
create table if not exists hydj(
  sfzh text primary key, xm text not null, hyzk text not null, djrq text not null,
  djjg text not null);
create table if not exists dyl(jk text, rq date, cs int not null, primary key (jk, rq));
create table if not exists yyz(ci text primary key);
"""
COLUMNS = ("sfzh", "xm", "hyzk", "djrq", "djjg")
PATH = "/api/hydj/v1"
KEYS = json.loads(
    os.environ.get(
        "SANDBOX_PROVINCE_KEYS",
        '{"city-1": "sample-province-key-1", "city-2": "sample-province-key-2"}',
    )
)
EACH_DAY = int(os.environ.get("SANDBOX_PROVINCE_EACH_DAY", "2000"))
SLOW_EVERY = int(os.environ.get("SANDBOX_PROVINCE_SLOW_EVERY", "40"))
PAGE_EVERY = int(os.environ.get("SANDBOX_PROVINCE_PAGE_EVERY", "25"))
SLOW_SECONDS, FRESH_SECONDS = 2.5, 300
PAGE = "<html><body><h1>502 Bad Gateway</h1></body></html>"
COUNT_ONE = """
insert into dyl values($1, current_date, 1) on conflict (jk, rq) do update set cs = dyl.cs + 1
where dyl.cs < $2 returning cs
"""
CODES = {
    "200": "成功",
    "204": "查无记录",
    "400": "参数错误",
    "401": "签名无效",
    "404": "接口不存在",
    "409": "重复请求",
    "429": "今日调用次数已达上限",
}
numbers = count(1)


async def fill(connection: asyncpg.Connection, row: Row) -> None:
    await connection.execute(
        "insert into hydj values($1, $2, $3, $4, $5) on conflict do nothing",
        *(row[column] for column in COLUMNS),
    )


async def answer(pool: asyncpg.Pool, request: Request) -> Reply:
    if refused := await _refusal(pool, request):
        return _told(refused)
    number = next(numbers)
    if await pool.fetchval(COUNT_ONE, request.path, EACH_DAY) is None:
        return _told("429")
    if number % SLOW_EVERY == 0:
        await asyncio.sleep(SLOW_SECONDS)
    if number % PAGE_EVERY == 0:
        return Reply(PAGE, kind="text/html; charset=utf-8")
    try:
        asked = json.loads(request.body)
        row = await pool.fetchrow("select * from hydj where sfzh = $1", asked["sfzh"])
    except (ValueError, KeyError, TypeError, asyncpg.DataError):
        return _told("400")
    return _told("204") if row is None else _told("200", [dict(row)])


async def _refusal(pool: asyncpg.Pool, request: Request) -> str:
    """A code, or nothing where the question may be answered."""
    if request.path != PATH:
        return "404"
    names = ("x-node-key", "x-node-time", "x-node-once", "x-node-sign")
    key, moment, once, sign = (request.headers.get(name, "") for name in names)
    told = "\n".join([moment, once, request.path, hashlib.sha256(request.body).hexdigest()])
    wanted = hmac.new(KEYS.get(key, "").encode(), told.encode(), hashlib.sha256).hexdigest()
    is_fresh = moment.isdigit() and abs(time.time() - int(moment)) < FRESH_SECONDS
    if key not in KEYS or not is_fresh or not hmac.compare_digest(wanted, sign):
        return "401"
    kept = await pool.execute("insert into yyz values($1) on conflict do nothing", once)
    return "" if kept == "INSERT 0 1" else "409"


def _told(code: str, rows: object = None) -> Reply:
    data = "" if rows is None else json.dumps(rows, ensure_ascii=False)
    told = {"code": code, "message": CODES[code], "data": data}
    return Reply(json.dumps(told, ensure_ascii=False))


PROVINCE = Department(name="province", schema=SCHEMA, fill=fill, answer=answer)

if __name__ == "__main__":
    serve(PROVINCE)
