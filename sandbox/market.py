"""市场监管: XML, pages of five that count from one, every answer HTTP 200.

`/qy/list?ym=` the register of market entities, `/qy/one` one of them by its code, `/qy/fr`
whether somebody represents it. Codes stand as
somebody once typed them (small letters, in groups of four), days as 2008年05月12日, what is not
there is an empty element.
"""

from urllib.parse import parse_qs
from xml.sax.saxutils import escape

import asyncpg
from defusedxml import ElementTree

from . import licence_table
from .server import Department, Reply, Request, Table, serve

SCHEMA = """
create table if not exists qy(
  nbxh text primary key, tyshxydm text not null, zch text not null, mc text not null,
  lx text not null, fddbr text not null, zt text not null, zs text not null, qh text not null,
  clrq text not null, hzrq text not null, zxrq text not null);
create table if not exists fr(tyshxydm text primary key, xm text not null, zjhm text not null);
"""
COLUMNS = (
    "nbxh", "tyshxydm", "zch", "mc", "lx", "fddbr", "zt", "zs", "qh", "clrq", "hzrq", "zxrq",
)  # fmt: skip
HEAD = ("tyshxydm", "xm", "zjhm")
PAGE, GROUP = 5, 4
CODES = {"0": "成功", "1": "查无此户", "8": "报文格式错误", "9": "无此服务"}


async def answer(pool: asyncpg.Pool, request: Request) -> Reply:
    if request.path == "/qy/list":
        return await _list(pool, int(parse_qs(request.query).get("ym", ["1"])[0]))
    if request.path == "/qy/one":
        return await _one(pool, request.body)
    if request.path == "/qy/fr":
        return await _head(pool, request.body)
    return _told("9")


async def _list(pool: asyncpg.Pool, page: int) -> Reply:
    asked = "select * from qy order by nbxh limit $1 offset $2"
    rows = await pool.fetch(asked, PAGE, PAGE * (page - 1))
    return _told("0", f"<qylb>{''.join(_entity(row) for row in rows)}</qylb>")


async def _one(pool: asyncpg.Pool, body: bytes) -> Reply:
    try:
        code = ElementTree.fromstring(body).findtext("tyshxydm") or ""
    except ElementTree.ParseError:
        return _told("8")
    row = await pool.fetchrow("select * from qy where tyshxydm = $1", code)
    return _told("1") if row is None else _told("0", _entity(row))


async def _head(pool: asyncpg.Pool, body: bytes) -> Reply:
    """All three have to agree; who else represents it is told to nobody."""
    try:
        asked = ElementTree.fromstring(body)
    except ElementTree.ParseError:
        return _told("8")
    words = [asked.findtext(name) or "" for name in HEAD]
    told = (
        "select qy.* from qy join fr using (tyshxydm) where tyshxydm = $1 and xm = $2 and zjhm = $3"
    )
    row = await pool.fetchrow(told, *words)
    if row is None:
        return _told("1")
    return _told("0", f"<qy><mc>{escape(row['mc'])}</mc><zt>{escape(row['zt'])}</zt></qy>")


def _entity(row: asyncpg.Record) -> str:
    told = dict(row) | {"tyshxydm": _as_typed(row["tyshxydm"], int(row["nbxh"][-1]))}
    return "<qy>" + "".join(f"<{name}>{escape(told[name])}</{name}>" for name in COLUMNS) + "</qy>"


def _as_typed(code: str, place: int) -> str:
    groups = " ".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))
    return (code, code.lower(), code, groups)[place % 4]


def _told(code: str, inner: str = "") -> Reply:
    text = f"<zt><dm>{code}</dm><ms>{CODES[code]}</ms>{inner}</zt>"
    return Reply(text, kind="text/xml; charset=utf-8")


TABLES = [
    Table("market", "qy", COLUMNS), Table("market-fr", "fr", HEAD),
    licence_table.licences_of("market-zz"),
]  # fmt: skip
MARKET = Department(
    name="market", schema=SCHEMA + licence_table.SCHEMA, tables=TABLES, answer=answer
)

if __name__ == "__main__":
    serve(MARKET)
