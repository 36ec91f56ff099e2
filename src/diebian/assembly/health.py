"""Whether those work that listen nowhere, and those that others run for us."""

import os
import socket
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlsplit

import psycopg

from diebian.cloud.runtime.public import Installation, answers_nats

NATS_PORT = 4222
HTTPS_PORT = 443
# Its own heartbeat comes every 10 s, from the loop that also takes the jobs.
WORKS = """
select exists(select from procrastinate_workers where last_heartbeat > now() - interval '25 s')
"""


def stands_still(home: Installation) -> str:
    return f"{home.data} 没有在运行。启动：./diebian up --data {home.data}"


def worker_works(database: str) -> Callable[[], bool]:
    def ask() -> bool:
        with psycopg.connect(database, connect_timeout=2) as connection:
            return connection.execute(WORKS).fetchone() == (True,)

    return ask


def outside() -> list[dict[str, str]]:
    """Engines that `up` was told to use instead of its own."""
    told = []
    if database := os.environ.get("DATABASE_URL"):
        told.append({"title": "外部数据库 PostgreSQL", "health": _word(_answers(database))})
    if nats := os.environ.get("NATS_URL"):
        where = urlsplit(nats)
        ask = answers_nats(where.hostname or "127.0.0.1", where.port or NATS_PORT)
        told.append({"title": "外部消息 NATS", "health": _word(ask)})
    if lake := os.environ.get("LAKE_URL"):
        told.append({"title": "外部存储（数据湖的文件）", "health": _word(_listens(lake))})
    return told


def _answers(database: str) -> Callable[[], bool]:
    def ask() -> bool:
        with psycopg.connect(database, connect_timeout=2) as connection:
            return connection.execute("select 1").fetchone() == (1,)

    return ask


def _listens(url: str) -> Callable[[], bool]:
    """Whether anybody is there; whether it lets us in is told by each collection."""

    def ask() -> bool:
        where = urlsplit(url)
        port = where.port or HTTPS_PORT
        with socket.create_connection((where.hostname or "127.0.0.1", port), timeout=2):
            return True

    return ask


def _word(ask: Callable[[], bool]) -> str:
    with suppress(OSError, psycopg.Error):
        return "ok" if ask() else "down"
    return "down"
