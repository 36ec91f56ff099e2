"""A data sharing platform above the city. JSON, each question signed, a number of calls each day.

Quirks: every answer is HTTP 200 and tells a code; the rows are JSON once more, as a text within;
a question that was sent before is refused; some answers are slow; now and then comes an error page
of its load balancer, also with HTTP 200. Two keys are good at once while one replaces the other.
Each of its interfaces knows what its sample rows tell: interface, the value asked for, the answer.
"""

import asyncio
import hashlib
import hmac
import json
import os
import time
from itertools import count

import asyncpg

from .server import Department, Reply, Request, Table

SCHEMA = """
create table if not exists sjjk(jk text, cx text, nr text not null, primary key (jk, cx));
create table if not exists dyl(jk text, rq date, cs int not null, primary key (jk, rq));
create table if not exists yyz(ci text primary key);
"""
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


class Node:
    """`SANDBOX_NAME_…`, with its name in capitals, sets keys, calls a day and manners."""

    def __init__(self, name: str) -> None:
        self.name, self._numbers = name, count(1)
        usual = {f"city-{number}": f"sample-{name}-key-{number}" for number in (1, 2)}
        self._keys: dict[str, str] = json.loads(self._set("KEYS", json.dumps(usual)))
        self._each_day = int(self._set("EACH_DAY", "2000"))
        self._slow_every = int(self._set("SLOW_EVERY", "40"))
        self._page_every = int(self._set("PAGE_EVERY", "25"))

    def department(self) -> Department:
        tables = [Table(self.name, "sjjk", ("jk", "cx", "nr"))]
        return Department(name=self.name, schema=SCHEMA, tables=tables, answer=self.answer)

    async def answer(self, pool: asyncpg.Pool, request: Request) -> Reply:
        if refused := await self._refusal(pool, request):
            return _told(refused)
        number = next(self._numbers)
        if await pool.fetchval(COUNT_ONE, request.path, self._each_day) is None:
            return _told("429")
        if number % self._slow_every == 0:
            await asyncio.sleep(SLOW_SECONDS)
        if number % self._page_every == 0:
            return Reply(PAGE, kind="text/html; charset=utf-8")
        try:
            [wanted] = json.loads(request.body).values()
            query = "select nr from sjjk where jk = $1 and cx = $2"
            row = await pool.fetchval(query, request.path, wanted)
        except (ValueError, AttributeError, TypeError, asyncpg.DataError):
            return _told("400")
        return _told("204") if row is None else _told("200", f"[{row}]")

    async def _refusal(self, pool: asyncpg.Pool, request: Request) -> str:
        """A code, or nothing where the question may be answered."""
        if not await pool.fetchval("select 1 from sjjk where jk = $1 limit 1", request.path):
            return "404"
        names = ("x-node-key", "x-node-time", "x-node-once", "x-node-sign")
        key, moment, once, sign = (request.headers.get(name, "") for name in names)
        told = "\n".join([moment, once, request.path, hashlib.sha256(request.body).hexdigest()])
        wanted = hmac.new(self._keys.get(key, "").encode(), told.encode(), hashlib.sha256)
        is_fresh = moment.isdigit() and abs(time.time() - int(moment)) < FRESH_SECONDS
        is_signed = hmac.compare_digest(wanted.hexdigest(), sign)
        if key not in self._keys or not is_fresh or not is_signed:
            return "401"
        kept = await pool.execute("insert into yyz values($1) on conflict do nothing", once)
        return "" if kept == "INSERT 0 1" else "409"

    def _set(self, word: str, usual: str) -> str:
        return os.environ.get(f"SANDBOX_{self.name.upper()}_{word}", usual)


def _told(code: str, rows: str = "") -> Reply:
    told = {"code": code, "message": CODES[code], "data": rows}
    return Reply(json.dumps(told, ensure_ascii=False))
