"""What a build found goes into PostgreSQL, chunk by chunk; the last transaction lets it be read.

Until then readers see the states of the build before: new ones begin, old ones end with a number
that the base has not reached.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import duckdb
from django.db import connection, transaction

from diebian.kernel import clock
from diebian.kernel.errors import DiebianError
from diebian.security.audit import public as audit
from diebian.security.identity.public import PLATFORM

from .building import Built
from .models import Base, Build, BuildState, GoldenRecord, Turn, UncertainPair

FIELDS = ("number", "identifier", "values", "chosen", "said", "members", "tokens", "digest")
SENTENCE = 500
Row = Sequence[Any]
Point = Callable[[str], None]


def chunks(duck: duckdb.DuckDBPyConnection, done: int, chunk: int) -> Iterator[Sequence[Row]]:
    names = ", ".join(FIELDS)
    cursor = duck.execute(
        f"SELECT {names}, is_there FROM stage.changes ORDER BY number OFFSET {done * chunk}"
    )
    while rows := cursor.fetchmany(chunk):
        yield rows


def turns_of(duck: duckdb.DuckDBPyConnection) -> list[tuple[int, str, int | None]]:
    return duck.execute("SELECT number, kind, other FROM stage.turns ORDER BY ALL").fetchall()


def write(build: Build, rows: Sequence[Row], heed: Callable[[Build], None], point: Point) -> None:
    with transaction.atomic():
        now = Build.objects.select_for_update(of=("self",)).get(pk=build.pk)
        heed(now)
        _end(build, [row[0] for row in rows if row[0] < build.first_number])
        _copy(build, [row for row in rows if row[-1]])
        now.chunks_done += 1
        now.save(update_fields=["chunks_done"])
        point("written")
    point("committed")


def _end(build: Build, numbers: Sequence[int]) -> None:
    """What was read of them until now; entities that are new have nothing to end."""
    asked = (
        f"UPDATE {GoldenRecord._meta.db_table} SET until = %s "
        "WHERE base_id = %s AND number = ANY(%s) AND until IS NULL"
    )
    with connection.cursor() as cursor:
        cursor.execute(asked, [build.number, build.base_id, list(numbers)])


def _copy(build: Build, rows: Sequence[Row]) -> None:
    names = "base_id, version_id, since, " + ", ".join(f'"{one}"' for one in FIELDS)
    asked = f"COPY {GoldenRecord._meta.db_table} ({names}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(asked) as copy:
        for row in rows:
            copy.write_row((build.base_id, build.version_id, build.number, *row[: len(FIELDS)]))


@transaction.atomic
def publish(build: Build, found: Built, turns: Sequence[tuple[int, str, int | None]]) -> None:
    """From here on these are the base's records, these its uncertain pairs."""
    now = Build.objects.select_for_update(of=("self",)).get(pk=build.pk)
    if now.chunks_done != now.chunks:  # a fault of ours: never a base that looks whole
        raise RuntimeError(f"{now}: {now.chunks_done} of {now.chunks} chunks")
    Turn.objects.bulk_create(
        (Turn(base_id=build.base_id, build=build.number, number=number, kind=kind, other=other)
         for number, kind, other in turns),
        batch_size=5000,
    )  # fmt: skip
    _ask(now, found)
    fresh = now.first_number + now.counts["new"]
    Base.objects.filter(pk=build.base_id).update(built=now.number, next_number=fresh)
    now.state, now.ended_at, now.stage = BuildState.DONE, clock.now(), ""
    now.save(update_fields=["state", "ended_at", "stage"])
    audit.record(by=PLATFORM, action="masterdata.build.done", subject=build.base.audit_subject)


def _ask(build: Build, found: Built) -> None:
    """The same pair keeps its row, so that its address stays; what is clear by now goes."""
    made = [
        UncertainPair(
            base_id=build.base_id,
            left=one.left,
            right=one.right,
            score=one.score,
            levels=one.levels,
            told=found.told[one.left, one.right],
            digest=one.digest,
            why=why,
            build=build.number,
            version_id=build.version_id,
        )
        for one, why in found.clusters.asked
    ]
    UncertainPair.objects.bulk_create(
        made,
        batch_size=5000,
        update_conflicts=True,
        unique_fields=["base", "left", "right"],
        update_fields=["score", "levels", "told", "digest", "why", "build", "version"],
    )
    UncertainPair.objects.filter(base=build.base_id).exclude(build=build.number).delete()


@transaction.atomic
def take_back(build: Build, state: BuildState, error: DiebianError) -> None:
    """Ended otherwise: what it wrote goes, what it ended goes on."""
    now = Build.objects.select_for_update(of=("self",)).get(pk=build.pk)
    of = GoldenRecord.objects.filter(base=build.base_id)
    of.filter(since=build.number).delete()
    of.filter(until=build.number).update(until=None)
    now.state, now.ended_at, now.stage = state, clock.now(), ""
    now.chunks_done, now.sentence = 0, error.told[:SENTENCE]
    now.save()
    action = f"masterdata.build.{state.value}"
    audit.record(by=PLATFORM, action=action, subject=build.base.audit_subject)
