"""`python -m diebian.base.exchange.bench.looking [ROWS]`: what a look at 调用情况 costs.

As many calls as the city had, over thirty days, are written into the database of `DATABASE_URL` in
batches as the meter writes them; all of it is undone at the end. Printed are the seconds of writing
with and without counting, and the milliseconds of each look, whose figures must be the rows'.
"""

import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import django

CALLS, BATCH, LOOKS = 1_700_000, 4_000, 5
# In the published proportions: one interface takes three calls of four within a week, six share
# most of the others over the month, 49 of nodes above have a thirtieth. One caller each.
WRITE = """
insert into exchange_call
  (instance, inode, "offset", at, request_id, route, system, status, flags, milliseconds)
select 'looking', 0, n, now() - age * case when n %% 4 > 0 then 7 else 30 end, 'looking-' || n,
  'kind-' || kind, 'system-' || kind, case when n %% 97 = 0 then 503 when n %% 53 = 0 then 429
  else 200 end, '', exp(3 + 0.8 * sqrt(-2 * ln(random() + 1e-9)) * cos(6.28 * random()))::int
from (select n, interval '1 day' * (1 - n::float8 / %s) as age, case when n %% 4 > 0 then 0
  when n %% 32 = 0 then 7 + (n / 32) %% 49 else 1 + (n / 4) %% 6 end as kind
  from generate_series(%s::bigint, %s::bigint) n) as one
"""
COUNTING = "alter table exchange_call {} trigger exchange_calls_counted"


def main(rows: int) -> None:
    django.setup()
    from django.db import connection, transaction

    for is_counted in (False, True):
        with transaction.atomic(), connection.cursor() as cursor:
            if not is_counted:
                cursor.execute(COUNTING.format("disable"))
            began = time.monotonic()
            for first in range(1, rows + 1, BATCH):
                cursor.execute(WRITE, [rows, first, min(rows, first + BATCH - 1)])
            _say(f"written, counted={is_counted}: {time.monotonic() - began:.1f} s")
            if is_counted:
                cursor.execute("analyze exchange_call, exchange_callhour, exchange_calltime")
                _looks()
            transaction.set_rollback(True)


def _looks() -> None:
    from diebian.base.exchange.console.call_list import call_list
    from diebian.base.exchange.console.selectors import console
    from diebian.base.exchange.metering.asked_calls import SPANS, Question
    from diebian.base.exchange.metering.models import Call, CallHour, CallTime
    from diebian.base.exchange.seasons.selectors import Percentile
    from diebian.security.identity.public import Actor, Post

    who = Actor(name="样例", department="x", posts=(Post.AUTHORITY,))
    _say(f"counted in {CallHour.objects.count()} hours and {CallTime.objects.count()} times")
    for days in SPANS:
        asked = Question(days=days)
        told = _timed(f"console, {days} days", lambda: console(who, asked))  # noqa: B023  at once
        _timed(f"list, {days} days", lambda: call_list(who, asked))  # noqa: B023
        calls = Call.objects.filter(at__gte=asked.since)
        began = time.monotonic()
        by_row = dict(
            calls.values_list("route").annotate(p95=Percentile("milliseconds", share=0.95))
        )
        _say(f"  the rows themselves, {days} days: {1000 * (time.monotonic() - began):.0f} ms")
        counts = [told.figures[0].count, sum(one.calls for one in told.course.columns)]
        slowest = [one.p95 for one in told.by_resource]
        if counts != [calls.count()] * 2 or sorted(slowest) != sorted(by_row.values()):
            sys.exit("the figures are not the rows'")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _timed(what: str, look: Callable[[], Any]) -> Any:
    took = []
    for _ in range(LOOKS):
        began = time.monotonic()
        told = look()
        took.append(1000 * (time.monotonic() - began))
    _say(f"  {what}: {statistics.median(took):.0f} ms")
    return told


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CALLS)
