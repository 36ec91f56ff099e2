"""A payment platform for practice: no money moves. Merchants open trades, people pay on its page,
it tells the merchant, signed with its own key, and answers when asked.

Quirks: every notice is sent twice; one that is not answered with 200 is sent again and again, so it
may come late; its numbers of events are its own, and its days are those of the city.
"""

import asyncio
import csv
import html
import io
import json
import os
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs

import asyncpg
import gmssl_pyx
import httpx

from .server import Department, Reply, Request, Table, serve

SCHEMA = """
create table if not exists merchant(word text primary key, name text not null);
create table if not exists pay_key(
  one boolean primary key default true, public text not null, private text not null);
create table if not exists trade(
  nr bigserial primary key, out_no text not null unique, fen int not null, subject text not null,
  notify text not null, back text not null, state text not null default 'WAIT',
  at timestamp not null default clock_timestamp(), paid_at timestamp);
create table if not exists refund(
  nr bigserial primary key, refund_no text not null unique, out_no text not null, fen int not null,
  at timestamp not null default (clock_timestamp() at time zone 'Asia/Shanghai'));
create table if not exists notice(
  event bigserial primary key, url text not null, kind text not null, out_no text not null,
  trade_no text not null, fen int not null, done boolean not null default false);
"""
TIMES, PAUSES = 2, (0.0, 1.0, 5.0, 30.0)
PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>支付平台（沙箱）</title>
<style>body{{font:18px/1.7 sans-serif;max-width:30em;margin:2em auto;padding:0 1em}}
button{{font:inherit;padding:.6em 1.2em;margin:.3em .6em .3em 0}}</style>
<h1>支付平台（沙箱）</h1><p><strong>练习用，不会扣钱。</strong></p>
<p>{subject}</p><p>金额：<strong>{yuan} 元</strong></p>{what}
<p><a href="{back}">回到政务服务网</a></p></html>"""
BUTTONS = """<form method="post" action="/pay/page"><input type="hidden" name="t" value="{t}">
<button name="do" value="pay">确认支付（沙箱）</button>
<button name="do" value="cancel">不付了</button></form>"""
_telling: set[asyncio.Task[None]] = set()


async def answer(pool: asyncpg.Pool, request: Request) -> Reply:
    if request.path == "/pay/page":
        return await _page(pool, request)
    word = request.headers.get("x-merchant-word", "")
    if not await pool.fetchval("select 1 from merchant where word = $1", word):
        return _json({"err": "MERCHANT_UNKNOWN"}, 403)
    asked = {name: values[0] for name, values in parse_qs(request.query).items()}
    try:
        told = json.loads(request.body or b"{}")
        return await _answers(pool, (request.method, request.path), {**asked, **told})
    except (ValueError, KeyError, TypeError):
        return _json({"err": "BAD_REQUEST"}, 400)


async def _answers(pool: asyncpg.Pool, to: tuple[str, str], told: dict[str, Any]) -> Reply:
    verb = VERBS.get(to)
    return _json({"err": "NO_SUCH_THING"}, 404) if verb is None else await verb(pool, told)


async def _key(pool: asyncpg.Pool, _: dict[str, Any]) -> Reply:
    return _json({"alg": "SM2", "key": (await _keys(pool))[0].hex()})


async def _asked(pool: asyncpg.Pool, told: dict[str, Any]) -> Reply:
    return await _standing(pool, told["out_no"])


async def _close(pool: asyncpg.Pool, told: dict[str, Any]) -> Reply:
    """What was paid stays paid."""
    close = "update trade set state = 'CLOSED' where out_no = $1 and state = 'WAIT'"
    await pool.execute(close, told["out_no"])
    return await _standing(pool, told["out_no"])


async def _open(pool: asyncpg.Pool, told: dict[str, Any]) -> Reply:
    await pool.execute(
        "insert into trade(out_no, fen, subject, notify, back) values($1, $2, $3, $4, $5) "
        "on conflict do nothing",
        told["out_no"], told["fen"], told["subject"], told["notify"], told["back"],
    )  # fmt: skip
    if (
        await pool.fetchval("select fen from trade where out_no = $1", told["out_no"])
        != told["fen"]
    ):
        return _json({"err": "AMOUNT_DIFFERS"}, 409)
    return await _standing(pool, told["out_no"])


async def _standing(pool: asyncpg.Pool, out_no: str) -> Reply:
    row = await pool.fetchrow("select * from trade where out_no = $1", out_no)
    if row is None:
        return _json({"err": "UNKNOWN"}, 404)
    return _json({
        "out_no": out_no, "trade_no": _numbered(row["nr"]), "fen": row["fen"],
        "state": row["state"],
        "page": f"{_own()}/pay/page?t={_numbered(row['nr'])}",
    })  # fmt: skip


async def _refund(pool: asyncpg.Pool, told: dict[str, Any]) -> Reply:
    """The whole of a paid trade, once for a number."""
    row = await pool.fetchrow("select * from trade where out_no = $1", told["out_no"])
    if row is None or row["state"] not in {"PAID", "REFUNDED"} or row["fen"] != told["fen"]:
        return _json({"err": "NOT_REFUNDABLE"}, 409)
    number, fen = told["refund_no"], told["fen"]
    async with pool.acquire() as connection, connection.transaction():
        made = await connection.fetchval(
            "insert into refund(refund_no, out_no, fen) select $1, $2, $3 "
            "from trade where out_no = $2 and state = 'PAID' on conflict do nothing returning nr",
            number, told["out_no"], fen,
        )  # fmt: skip
        if made is None and not await connection.fetchval(
            "select 1 from refund where refund_no = $1 and out_no = $2", number, told["out_no"]
        ):
            return _json({"err": "REFUNDED_BEFORE"}, 409)
        if made is not None:
            await connection.execute(
                "update trade set state = 'REFUNDED' where out_no = $1", told["out_no"]
            )
            await _noted(connection, row, "refunded", number)
    _tell_soon(pool)
    return _json({"out_no": number, "trade_no": _numbered(row["nr"]), "fen": fen,
                  "state": "REFUNDED"})  # fmt: skip


async def _statement(pool: asyncpg.Pool, told: dict[str, Any]) -> Reply:
    rows = await pool.fetch(
        "select 'paid' as kind, out_no, fen, paid_at as at from trade where paid_at is not null "
        "and to_char(paid_at, 'YYYY-MM-DD') = $1 "
        "union all select 'refunded', refund_no, fen, at from refund "
        "where to_char(at, 'YYYY-MM-DD') = $1 order by at", told["day"],
    )  # fmt: skip
    out = io.StringIO()
    sheet = csv.writer(out)
    sheet.writerow(["kind", "out_no", "fen", "at"])
    sheet.writerows([row["kind"], row["out_no"], row["fen"], row["at"].isoformat()] for row in rows)
    return Reply(out.getvalue(), kind="text/csv; charset=utf-8")


async def _page(pool: asyncpg.Pool, request: Request) -> Reply:
    """Where somebody pays. It is a public page: whoever has its address may pay."""
    sent = request.body.decode() if request.method == "POST" else request.query
    told = {name: values[0] for name, values in parse_qs(sent).items()}
    number = told.get("t", "").removeprefix("T")
    nr = int(number) if number.isascii() and number.isdigit() else 0
    if request.method == "POST" and told.get("do") in {"pay", "cancel"}:
        await _decided(pool, nr, "PAID" if told["do"] == "pay" else "CLOSED")
        _tell_soon(pool)
    row = await pool.fetchrow("select * from trade where nr = $1", nr)
    if row is None:
        return Reply("没有这一笔", 404, "text/plain; charset=utf-8")
    state = {"PAID": "已支付。", "CLOSED": "已关闭，没有付。", "REFUNDED": "已退回。"}
    what = (
        f"<p>{state.get(row['state'], '')}</p>"
        if row["state"] != "WAIT"
        else BUTTONS.format(t=_numbered(nr))
    )
    text = PAGE.format(
        subject=html.escape(row["subject"]), yuan=f"{row['fen'] / 100:.2f}", what=what,
        back=html.escape(row["back"]),
    )  # fmt: skip
    return Reply(text, kind="text/html; charset=utf-8")


async def _decided(pool: asyncpg.Pool, nr: int, state: str) -> None:
    async with pool.acquire() as connection, connection.transaction():
        row = await connection.fetchrow(
            "update trade set state = $2, paid_at = case when $2 = 'PAID' "
            "then (clock_timestamp() at time zone 'Asia/Shanghai') end "
            "where nr = $1 and state = 'WAIT' returning *", nr, state,
        )  # fmt: skip
        if row is not None:
            await _noted(connection, row, state.lower(), row["out_no"])


async def _noted(connection: Any, row: asyncpg.Record, kind: str, out_no: str) -> None:
    await connection.execute(
        "insert into notice(url, kind, out_no, trade_no, fen) values($1, $2, $3, $4, $5)",
        row["notify"], kind, out_no, _numbered(row["nr"]), row["fen"],
    )  # fmt: skip


def _tell_soon(pool: asyncpg.Pool) -> None:
    task = asyncio.get_running_loop().create_task(_tell(pool))
    _telling.add(task)
    task.add_done_callback(_telling.discard)


async def _tell(pool: asyncpg.Pool) -> None:
    """What waits, each line twice, until the merchant has answered."""
    for pause in PAUSES:
        await asyncio.sleep(pause)
        rows = await pool.fetch("select * from notice where not done order by event limit 50")
        if not rows:
            return
        public, private = await _keys(pool)
        async with httpx.AsyncClient(timeout=5) as client:
            for row in rows:
                names = ("event", "kind", "out_no", "trade_no", "fen")
                body = json.dumps({name: row[name] for name in names}).encode()
                signed = signature(public, private, body)
                if all([await _heard(client, row["url"], body, signed) for _ in range(TIMES)]):
                    await pool.execute(
                        "update notice set done = true where event = $1", row["event"]
                    )


async def _heard(client: httpx.AsyncClient, url: str, body: bytes, signed: str) -> bool:
    head = {"content-type": "application/json", "pay-signature": signed}
    try:
        answer = await client.post(url, content=body, headers=head)
    except httpx.HTTPError:
        return False
    return answer.status_code == httpx.codes.OK


def signature(public: bytes, private: bytes, body: bytes) -> str:
    """SM2 with SM3 and the usual user id, DER in hex."""
    signed: bytes = gmssl_pyx.sm2_sign(private, public, body, gmssl_pyx.SM2_DEFAULT_SIGNER_ID)
    return signed.hex()


async def _keys(pool: asyncpg.Pool) -> tuple[bytes, bytes]:
    """Made at the first question, kept with the trades."""
    public, private = gmssl_pyx.sm2_key_generate()
    await pool.execute(
        "insert into pay_key(public, private) values($1, $2) on conflict do nothing",
        public.hex(), private.hex(),
    )  # fmt: skip
    row = await pool.fetchrow("select public, private from pay_key")
    return bytes.fromhex(row["public"]), bytes.fromhex(row["private"])


def _numbered(nr: int) -> str:
    return f"T{nr:010d}"


def _own() -> str:
    return os.environ.get("DIEBIAN_SANDBOX_PAY", "")


def _json(told: dict[str, Any], status: int = 200) -> Reply:
    return Reply(json.dumps(told, ensure_ascii=False), status)


VERBS: dict[tuple[str, str], Callable[[asyncpg.Pool, dict[str, Any]], Awaitable[Reply]]] = {
    ("GET", "/pay/key"): _key,
    ("POST", "/pay/trades"): _open,
    ("GET", "/pay/trades"): _asked,
    ("POST", "/pay/close"): _close,
    ("POST", "/pay/refunds"): _refund,
    ("GET", "/pay/statement"): _statement,
}
TABLES = [Table("pay", "merchant", ("word", "name"))]
PAY = Department(name="pay", schema=SCHEMA, tables=TABLES, answer=answer)

if __name__ == "__main__":
    serve(PAY)
