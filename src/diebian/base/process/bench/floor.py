"""What the server itself takes for as many rows as a step writes: one transaction in bare SQL."""

import os
import time

import psycopg

TABLE = "create table if not exists floor (case_id bigint, number int, told text)"
ROWS = 8  # of token, case, decision, log and trail: what an ordinary step leaves
ROW = "insert into floor values (%s, %s, repeat('x', 120))"


def floor(seconds: float) -> list[float]:
    took: list[float] = []
    with psycopg.connect(os.environ["DATABASE_URL"]) as bare:
        bare.execute(TABLE)
        bare.commit()
        began = time.perf_counter()
        while time.perf_counter() - began < seconds:
            at = time.perf_counter()
            with bare.pipeline():
                for number in range(ROWS):
                    bare.execute(ROW, (len(took), number))
            bare.commit()
            took.append(time.perf_counter() - at)
    return took
