"""公安户籍: lines of `KEY|value` in GBK, the word of passage among the question's lines.

Quirks: every answer is HTTP 200, its first line tells a code; dates are written 1988.03.12; a
household's members are lines of the same key. It also serves the card readers for practice,
because it has the cards."""

import os

import asyncpg

from . import licence_table, reader
from .server import Department, Reply, Request, Table, serve

SCHEMA = """
create table if not exists rk(
  gmsfhm text primary key, xm text not null, csrq text not null, hh text not null,
  hzxm text not null, yhzgx text not null, hjdz text not null, cy text not null);
create index if not exists rk_hh on rk(hh);
"""
COLUMNS = ("gmsfhm", "xm", "csrq", "hh", "hzxm", "yhzgx", "hjdz", "cy")
TOKEN = os.environ.get("SANDBOX_HOUSEHOLD_TOKEN", "sample-household-word")
CODES = {"00": "查询成功", "01": "无此人", "07": "令牌无效", "08": "报文格式错误", "09": "无此交易"}


async def answer(pool: asyncpg.Pool, request: Request) -> Reply:
    if request.path.startswith("/reader"):
        return await reader.answer(pool, request)
    if request.path != "/hj":
        return _told("09")
    try:
        asked = dict(line.split("|", 1) for line in request.body.decode("gbk").splitlines())
        word, number = asked["TOKEN"], asked["GMSFHM"]
    except (ValueError, KeyError):
        return _told("08")
    if word != TOKEN:
        return _told("07")
    row = await pool.fetchrow("select * from rk where gmsfhm = $1", number)
    return _told("01") if row is None else _told("00", *_lines(row))


def _lines(row: asyncpg.Record) -> list[str]:
    own = [f"{name.upper()}|{row[name]}" for name in COLUMNS if name != "cy"]
    return own + [f"CY|{member}" for member in row["cy"].split()]


def _told(code: str, *lines: str) -> Reply:
    text = "\r\n".join([f"RC|{code}", f"MS|{CODES[code]}", *lines]) + "\r\n"
    return Reply(text, kind="text/plain; charset=GBK", encoding="gbk")


TABLES = [Table("household", "rk", COLUMNS), licence_table.licences_of("household-zz")]
HOUSEHOLD = Department(
    name="household", schema=SCHEMA + licence_table.SCHEMA, tables=TABLES, answer=answer
)

if __name__ == "__main__":
    serve(HOUSEHOLD)
