"""人社: pages that begin at nought and hold seven rows, whatever one asks for."""

import json
from urllib.parse import parse_qs

import asyncpg

from .server import Department, Reply, Request, Row, serve

SCHEMA = """
create table if not exists ry(
  sfzh text primary key, xm text not null, cbzt text not null, jfys int not null,
  dwmc text not null);
"""
COLUMNS = ("sfzh", "xm", "cbzt", "jfys", "dwmc")
PAGE = 7


async def fill(connection: asyncpg.Connection, row: Row) -> None:
    await connection.execute(
        "insert into ry values($1, $2, $3, $4, $5) on conflict do nothing",
        *(row[column] for column in COLUMNS),
    )


async def answer(pool: asyncpg.Pool, request: Request) -> Reply:
    if request.path != "/rs/person":
        return Reply('{"success":false}', status=404)
    asked = parse_qs(request.query)
    page = int(asked.get("page", ["0"])[0])
    rows = await pool.fetch(
        "select * from ry where $1 = '' or sfzh = $1 order by sfzh limit $2 offset $3",
        asked.get("sfzh", [""])[0],
        PAGE,
        PAGE * page,
    )
    told = {"success": True, "page": page, "rows": [dict(row) for row in rows]}
    return Reply(json.dumps(told, ensure_ascii=False))


HR = Department(name="hr", schema=SCHEMA, fill=fill, answer=answer)

if __name__ == "__main__":
    serve(HR)
