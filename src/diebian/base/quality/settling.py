"""What was found goes into the book: runs, results, and the orders that follow from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_FLOOR, Decimal

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from diebian.base.lake.public import LakeTable
from diebian.kernel import clock
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor

from .models import Result, Run, RunState
from .orders import follow
from .passes import Found

PERCENT = Decimal(100)
CENT = Decimal("0.01")
LONGEST_SENTENCE = 300


@dataclass(frozen=True)
class Outcome:
    """Of one table. With a `sentence` it could not be checked, and nothing is known of it."""

    table: LakeTable
    started_at: datetime | None = None
    snapshot: int | None = None
    rows: int = 0
    found: Sequence[Found] = ()
    milliseconds: int = 0
    sentence: str = ""


@transaction.atomic
def settle(*, outcomes: Sequence[Outcome], asked_by: Actor) -> list[Run]:
    """Runs and results of some tables, keys of failing rows instead of the former ones, orders."""
    runs = Run.objects.bulk_create(_run(one, asked_by) for one in outcomes)
    done = [(run, one) for run, one in zip(runs, outcomes, strict=True) if not one.sentence]
    rules = [found.rule for _, one in done for found in one.found]
    Result.objects.filter(rule__in=rules).exclude(keys=[]).update(keys=[])
    _copy(done)
    follow(looked=[(run, one.table, one.found) for run, one in done], by=asked_by)
    titles = ",".join(one.table.slug for one in outcomes[:5])
    audit.record(by=asked_by, action="quality.checked", subject=f"quality.runs:{titles}"[:200])
    return runs


def score_of(found: Sequence[Found]) -> Decimal | None:
    """The mean of what each rule let pass, of 100; rounded down, so that 100 means all of it."""
    parts = [one for one in found if one.checked]
    if not parts:
        return None
    passed = sum((1 - Decimal(one.failed) / one.checked for one in parts), Decimal(0))
    return (passed / len(parts) * PERCENT).quantize(CENT, ROUND_FLOOR)


def _run(one: Outcome, asked_by: Actor) -> Run:
    return Run(
        collection_id=one.table.number,
        state=RunState.FAILED if one.sentence else RunState.DONE,
        asked_by=asked_by.name,
        started_at=one.started_at or clock.now(),
        milliseconds=one.milliseconds,
        snapshot=one.snapshot,
        collected_at=one.table.collected_at,
        rows=one.rows,
        score=score_of(one.found),
        sentence=one.sentence,
    )


def _copy(done: Sequence[tuple[Run, Outcome]]) -> None:
    """A thousand tables are ten thousand results: by COPY in a tenth of the time of inserts."""
    told = f"COPY {Result._meta.db_table} (run_id, rule_id, checked, failed, keys, sentence)"
    with connection.cursor() as cursor, cursor.copy(f"{told} FROM STDIN") as copy:
        for run, one in done:
            for found in one.found:
                keys = Jsonb(list(found.keys))
                sentence = found.sentence[:LONGEST_SENTENCE]
                copy.write_row((run.pk, found.rule.pk, found.checked, found.failed, keys, sentence))
