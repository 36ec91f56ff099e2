"""招生考试: a web form asks by number and name, the marks come as lines of KEY=VALUE.

Quirks: it takes few questions at once and says 503 to the rest; a wrong name is answered like a
number that does not exist."""

import asyncio
from urllib.parse import parse_qs

import asyncpg

from .server import Department, Reply, Request, Table, serve

SCHEMA = """
create table if not exists zkcj(
  zkzh text not null, sfzh text primary key, xm text not null, yw text not null, sx text not null,
  wy text not null, lh text not null, zf text not null);
"""
COLUMNS = ("zkzh", "sfzh", "xm", "yw", "sx", "wy", "lh", "zf")
SHOWN = ("zkzh", "yw", "sx", "wy", "lh", "zf")
AT_ONCE = 8
places = asyncio.Semaphore(AT_ONCE)


async def answer(pool: asyncpg.Pool, request: Request) -> Reply:
    if places.locked():
        return Reply("JG=BUSY\n", status=503, kind="text/plain; charset=utf-8")
    async with places:
        told = parse_qs(request.body.decode(errors="replace"))
        number, name = (told.get(word, [""])[0] for word in ("SFZH", "XM"))
        row = await pool.fetchrow("select * from zkcj where sfzh = $1 and xm = $2", number, name)
    lines = ["JG=NONE"] if row is None else ["JG=OK", *_lines(row)]
    return Reply("\n".join(lines) + "\n", kind="text/plain; charset=utf-8")


def _lines(row: asyncpg.Record) -> list[str]:
    return [f"{name.upper()}={row[name]}" for name in SHOWN]


TABLES = [Table("exam", "zkcj", COLUMNS)]
EXAM = Department(name="exam", schema=SCHEMA, tables=TABLES, answer=answer)

if __name__ == "__main__":
    serve(EXAM)
