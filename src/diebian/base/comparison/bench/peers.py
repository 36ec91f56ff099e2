"""The same two tables, rules and outcomes by PostgreSQL: its own plan, and as it likes best.

Two ways are tried, the quicker counts: both sides written down first, as we do it; and one
statement over an index of the right's identity number in one spelling, whose making costs nothing.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import psycopg

from diebian.base.comparison import sql
from diebian.base.comparison.plan import Plan
from diebian.base.lake.public import POSTGRESQL
from diebian.cloud.runtime.public import EmbeddedPostgres
from diebian.kernel.processor import processor_seconds

from .rows import TYPES

SETTINGS = ("work_mem = '512MB'", "max_parallel_workers_per_gather = 2", "temp_buffers = '512MB'")
SECONDS = 300


@dataclass(frozen=True)
class Told:
    seconds: float
    cpu_seconds: float
    way: str
    rows: Sequence[tuple[str, int | None]]
    right_people: int


def peer(server: EmbeddedPostgres, plan: Plan) -> Told:
    left = sql.staged(plan, "left", "jobless", POSTGRESQL)
    right = sql.staged(plan, "right", "insured", POSTGRESQL)
    tries = [_tried(server, way, plan, left, right) for way in ("written down", "indexed")]
    return min(tries, key=lambda told: told.seconds)


def _tried(server: EmbeddedPostgres, way: str, plan: Plan, left: str, right: str) -> Told:
    with psycopg.connect(server.url_of("bench_source"), autocommit=True) as connection:
        for setting in SETTINGS:
            connection.execute(f"set {setting}".encode())
        connection.execute(f"set statement_timeout = '{SECONDS}s'".encode())
        if way == "indexed":
            connection.execute(
                f"create index on insured (({sql.key_of('card', POSTGRESQL)}))".encode()
            )
            connection.execute("analyze insured")
        used, began = processor_seconds(server.directory), time.perf_counter()
        if way == "written down":
            connection.execute(f"create temp table l as {left}".encode())
            connection.execute(f"create temp table r as {right}".encode())
            connection.execute("analyze l")
            connection.execute("analyze r")
            of_left, of_right = "l", "r"
        else:
            of_left, of_right = f"({left})", f"({right})"
        asked = sql.outcomes(plan, of_left, of_right, TYPES, POSTGRESQL)
        connection.execute(f"create temp table found as {asked}".encode())
        people = f"select count(distinct key) from {of_right} r"
        counted = connection.execute(people.encode()).fetchone()
        seconds = time.perf_counter() - began
        cpu = processor_seconds(server.directory) - used
        rows = connection.execute("select key, rank from found").fetchall()
    return Told(seconds, cpu, way, rows, counted[0] if counted else 0)
