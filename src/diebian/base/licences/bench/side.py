"""`python -m diebian.base.licences.bench.side FILE`: collects a table, registers what is in it."""

import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import Any

import django

from diebian.kernel.processor import processor_seconds

SAMPLED = 2000  # identifiers that Python looks at
PEOPLE = 100


def main(file: Path) -> None:
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    table = _declared()
    told = {**_registered(table), **_judged(), **_raw()}
    told["one_holder_ms"] = _one_holder()
    told["again"] = _again(table)
    told["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    file.write_text(json.dumps(told))


def _declared() -> int:
    from diebian.base.lake.public import collect, define_collection, sample_source
    from diebian.base.licences.declaring import declare
    from diebian.base.licences.models import LicenceType
    from diebian.security.identity.public import Actor, Post, department_keys

    from .rows import PLAN, TYPES

    code = sample_source("bench", os.environ["BENCH_SOURCE"])
    by = Actor(name="样例", department=code, key="bench", posts=(Post.DATA_MANAGER,))
    own = department_keys()[code]
    LicenceType.objects.bulk_create(
        LicenceType(code=f"LT{n:03d}", name=f"样例证{n}", issuer_id=own, holder_kind="person")
        for n in range(TYPES)
    )
    define_collection(slug="zz", title="样例", source="bench", table="zz", key=["id"], by=by)
    collect("zz")
    return declare(told=PLAN, by=by).table_id


def _registered(table: int) -> dict[str, Any]:
    from diebian.base.licences.registering import register

    server = Path(os.environ["BENCH_SERVER"])
    used, began = processor_seconds(server), time.perf_counter()
    made = register(table)
    seconds, cpu = time.perf_counter() - began, processor_seconds(server) - used
    if made is None or made.outcome != "done":
        raise RuntimeError(made and made.sentence)
    return {"seconds": seconds, "cpu_seconds": cpu, **made.counts}


def _judged() -> dict[str, Any]:
    """Against the rows themselves: each good one has exactly one licence, with a right check."""
    import psycopg
    from django.db import connection

    from diebian.base.licences.models import Held
    from diebian.standards.identifiers import is_licence_identifier

    from .rows import FAULTY

    with psycopg.connect(os.environ["BENCH_SOURCE"]) as source:
        asked = f"select count(*) from zz where id % {FAULTY} = 7"
        faulty = source.execute(asked.encode()).fetchone()
    with connection.cursor() as cursor:
        cursor.execute("select count(*), count(distinct row_key) from licences_held")
        held, distinct = cursor.fetchone()
    sample = Held.objects.order_by("pk").values_list("identifier", flat=True)[:SAMPLED]
    wrong = sum(not is_licence_identifier(one) for one in sample)
    return {"faulty": faulty[0] if faulty else 0, "held": held, "distinct": distinct,
            "wrong_checks": wrong}  # fmt: skip


def _raw() -> dict[str, float]:
    """The rows as they ended, by COPY into a table that is keyed and indexed alike."""
    from django.db import connection

    rows = Path(os.environ["BENCH_SERVER"]).parent / "rows.csv"
    server = Path(os.environ["BENCH_SERVER"])
    with connection.cursor() as cursor:
        with rows.open("wb") as file, cursor.copy("copy licences_held to stdout") as copy:
            for part in copy:
                file.write(part)
        cursor.execute("create table bare (like licences_held including all)")
        used, began = processor_seconds(server), time.perf_counter()
        with rows.open("rb") as file, cursor.copy("copy bare from stdin") as copy:
            while part := file.read(1 << 20):
                copy.write(part)
        seconds, cpu = time.perf_counter() - began, processor_seconds(server) - used
        cursor.execute("drop table bare")
    rows.unlink()
    return {"raw_seconds": seconds, "raw_cpu": cpu}


def _one_holder() -> float:
    """Milliseconds, p95: all that one person holds."""
    from diebian.base.licences.models import Held

    numbers = list(Held.objects.order_by("-pk").values_list("holder_number", flat=True)[:PEOPLE])
    took = []
    for one in numbers:
        began = time.perf_counter()
        list(Held.objects.filter(holder_number=one).select_related("type__issuer"))
        took.append((time.perf_counter() - began) * 1000)
    return round(sorted(took)[int(len(took) * 0.95) - 1], 2)


def _again(table: int) -> dict[str, Any]:
    from diebian.base.lake.public import collect
    from diebian.base.licences.registering import register

    from .rows import altered

    altered(os.environ["BENCH_SOURCE"])
    collect("zz")
    began = time.perf_counter()
    made = register(table)
    return {**(made.counts if made else {}), "seconds": round(time.perf_counter() - began, 2)}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
