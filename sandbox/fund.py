"""公积金: XML, whole fen, basic authentication. A withdrawal is paid once for each serial.

`/services/case/put` takes a case in; `/services/case/log` tells of ten steps, the newest first.
"""

import base64
import os
from typing import Any
from xml.sax.saxutils import escape

import asyncpg
from defusedxml import ElementTree

from . import casework
from .server import Department, Reply, Request, Table, serve

SCHEMA = """
create table if not exists acct(
  no text primary key, idcard text not null unique, name text not null, status text not null,
  balance bigint not null, base bigint not null, unit text not null, firstdate text not null);
create table if not exists withdrawal(
  serial text primary key, no text not null references acct, amount bigint not null);
"""
COLUMNS = ("no", "idcard", "name", "status", "balance", "base", "unit", "firstdate")
SHOWN = ("no", "status", "balance", "base", "unit", "firstdate")
LOG = 10
MARKS = {"in": "N", "accepted": "A", "wanting": "W", "granted": "Y", "refused": "X"}
USER = os.environ.get("SANDBOX_FUND_USER", "platform:sample-fund-word")


async def answer(pool: asyncpg.Pool, request: Request) -> Reply:
    wanted = "Basic " + base64.b64encode(USER.encode()).decode()
    if request.headers.get("authorization") != wanted:
        return Reply("", status=401)
    try:
        asked = {part.tag: part.text or "" for part in ElementTree.fromstring(request.body)}
    except ElementTree.ParseError:
        return _told("8", "报文格式错误")
    if request.path == "/services/acct":
        return await _account(pool, asked)
    if request.path == "/services/withdraw":
        return await _withdraw(pool, asked)
    if request.path.startswith("/services/case/"):
        return await _case(pool, request.path, asked)
    return _told("4", "无此服务")


async def _case(pool: asyncpg.Pool, path: str, asked: dict[str, str]) -> Reply:
    filed: casework.Filed | None
    try:
        if path.endswith("/log"):
            steps = await casework.told_since(pool, int(asked["from"]), LOG)
            told = "".join(_step(one) for one in reversed(steps))
            return _told("1", "", told) if steps else _told("3", "无新进展")
        ref, form = asked["serial"], asked["data"]
        if asked["act"] == "opened":
            about = {"item": asked["biz"], "person": asked["idcard"], "name": asked["name"]}
            filed = await casework.file(pool, ref=ref, about={**about, "form": form})
        else:
            filed = await casework.added(pool, ref=ref, kind=asked["act"], form=form)
    except (ValueError, KeyError):
        return _told("8", "报文格式错误")
    if filed is None:
        return _told("2", "无此业务")
    return _told("1", "", f"<case><caseid>{casework.numbered('GJJ', filed.nr)}</caseid></case>")


def _step(one: dict[str, Any]) -> str:
    told = {"n": one["seq"], "caseid": casework.numbered("GJJ", one["nr"]), "serial": one["ref"],
            "state": MARKS[one["step"]], "memo": one["says"]}  # fmt: skip
    inner = "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in told.items())
    return f"<step>{inner}</step>"


async def _account(pool: asyncpg.Pool, asked: dict[str, str]) -> Reply:
    row = await pool.fetchrow("select * from acct where idcard = $1", asked.get("idcard", ""))
    if row is None:
        return _told("0", "无此账户")
    inner = "".join(f"<{name}>{escape(str(row[name]))}</{name}>" for name in SHOWN)
    return _told("1", "", f"<acct>{inner}</acct>")


async def _withdraw(pool: asyncpg.Pool, asked: dict[str, str]) -> Reply:
    async with pool.acquire() as connection, connection.transaction():
        account = await connection.fetchrow(
            "select * from acct where no = $1 for update", asked.get("no", "")
        )
        amount = int(asked.get("amount", "0"))
        if account is None or not 0 < amount <= account["balance"]:
            return _told("2", "账户或金额不符")
        paid = await connection.execute(
            "insert into withdrawal values($1, $2, $3) on conflict do nothing",
            asked["serial"],
            account["no"],
            amount,
        )
        if paid == "INSERT 0 1":
            await connection.execute(
                "update acct set balance = balance - $1 where no = $2", amount, account["no"]
            )
    return _told("1", "", f"<serial>{escape(asked['serial'])}</serial>")


def _told(ret: str, message: str, inner: str = "") -> Reply:
    text = f"<response><ret>{ret}</ret><msg>{escape(message)}</msg>{inner}</response>"
    return Reply(text, kind="text/xml; charset=utf-8")


TABLES = [Table("fund", "acct", COLUMNS)]
FUND = Department(name="fund", schema=SCHEMA + casework.SCHEMA, tables=TABLES, answer=answer)

if __name__ == "__main__":
    serve(FUND)
