"""A maker's service for card readers, for practice: cards of the household register are laid on it
by hand, at a page of its own.

Quirks: answers HTTP 200 whatever happens, names in the maker's English, the birth date without
separators, a picture and an address that nobody asked for.
"""

import html
import json
from urllib.parse import parse_qs

import asyncpg

from .server import Reply, Request

PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>读卡器（沙盒）</title>
<h1>读卡器（沙盒）</h1><p>把一张样例身份证放到一台读卡器上；窗口或取号机按“读卡”就读到它。</p>
<form method="post" action="/reader/lay">
<p><label>读卡器 <input name="device" value="{device}" required></label>
<small>市大厅 3 号窗口是 H01-3，取号机是 H01-0</small></p>
<p><label>身份证 <select name="card"><option value="">拿走</option>{cards}</select></label></p>
<button>放好</button></form><p>现在放着的：{laid}</p></html>"""
CARDS = "select gmsfhm, xm, csrq, hjdz from rk order by gmsfhm"
CARD = "select gmsfhm, xm, csrq, hjdz from rk where gmsfhm = $1"
laid: dict[str, str] = {}


async def answer(pool: asyncpg.Pool, request: Request) -> Reply:
    """What `/reader` and below it answer."""
    told = parse_qs(request.body.decode() if request.method == "POST" else request.query)
    device, card = told.get("device", [""])[0], told.get("card", [""])[0]
    if request.path == "/reader":
        return await _read(pool, device)
    if request.method == "POST":
        laid[device] = card
        if not card:
            del laid[device]
    return await _page(pool, device)


async def _read(pool: asyncpg.Pool, device: str) -> Reply:
    row = await pool.fetchrow(CARD, laid.get(device, ""))
    if row is None:
        return _json({"resultFlag": "1", "errorMsg": "未放卡或放卡不正确"})
    content = {
        "partyName": row["xm"],
        "certNumber": row["gmsfhm"],
        "bornDay": row["csrq"].replace(".", ""),
        "certAddress": row["hjdz"],
        "identityPic": "",
    }
    return _json({"resultFlag": "0", "errorMsg": "", "resultContent": content})


async def _page(pool: asyncpg.Pool, device: str) -> Reply:
    rows = await pool.fetch(CARDS)
    names = {row["gmsfhm"]: row["xm"] for row in rows}
    cards = "".join(
        f'<option value="{html.escape(number)}">{html.escape(f"{name} {number}")}</option>'
        for number, name in names.items()
    )
    lying = "，".join(f"{where}：{names.get(card, card)}" for where, card in laid.items()) or "没有"
    text = PAGE.format(device=html.escape(device or "H01-3"), cards=cards, laid=html.escape(lying))
    return Reply(text, kind="text/html; charset=utf-8")


def _json(told: dict[str, object]) -> Reply:
    return Reply(json.dumps(told, ensure_ascii=False))
