"""电子证照汇聚前置库: where departments without a system of their own put their licences.

It answers nothing: its one table is taken as it is.
"""

import asyncpg

from .licence_table import SCHEMA, licences_of
from .server import Department, Reply, Request, serve


async def answer(pool: asyncpg.Pool, request: Request) -> Reply:
    del pool, request
    return Reply('{"code":"404"}', status=404)


VAULT = Department(name="vault", schema=SCHEMA, tables=[licences_of("vault")], answer=answer)

if __name__ == "__main__":
    serve(VAULT)
