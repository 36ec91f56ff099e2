"""One run: both tables at their snapshots, compared in the lake, written down chunk by chunk.

Killed at any moment it is simply executed again. What was compared is compared anew, which gives
the same, because the snapshots are the same; what was written is not written again, because a
chunk's persons, their entries in 谁查过我 and the count of chunks are one transaction.
"""

from collections.abc import Callable, Sequence

import duckdb
from django.db import connection, transaction
from django.db.models import F

from diebian.base.lake.public import lake_table_by_number, open_lake, rows_at
from diebian.kernel import clock
from diebian.kernel.alone import alone
from diebian.kernel.errors import DiebianError
from diebian.kernel.progress import quiet
from diebian.security.audit import public as audit
from diebian.security.identity.public import PLATFORM, subject_ref
from diebian.security.tracker.public import add_subjects, open_mass_read

from . import sql
from .finding import Found, chunks, compare, digest, told_outcomes
from .leave import is_agreed
from .models import OPEN, Comparison, Outcome, Result, Run, RunState, Stage
from .plan import Plan, plan_of
from .refusals import BrokenOff, NotAgreed, SnapshotGone, Stopped, TooManyResults

CHUNK = 50_000
MOST_RESULTS = 1_000_000
MOST_TRIES = 10  # of a run that dies again and again: then a person looks
LOCK_SPACE = 6964  # of the advisory locks: one process for each run
SYSTEM = "comparison"  # where a system's code stands for calls
SENTENCE = 500
Point = Callable[[str], None]


def execute(run_id: int, *, point: Point = quiet, chunk: int = CHUNK) -> Run:
    """Until it has ended, unless another process is at it already."""
    with alone(LOCK_SPACE, run_id) as is_ours:
        run = _run(run_id)
        if is_ours and run.state in OPEN:
            try:
                _execute(run, point, chunk)
            except DiebianError as error:
                _end(
                    run, RunState.STOPPED if isinstance(error, Stopped) else RunState.FAILED, error
                )
    return _run(run_id)


def _execute(run: Run, point: Point, chunk: int) -> None:
    plan = plan_of(run.comparison.plan)
    _heed(run)
    first = {"started_at": clock.now(), "chunk_rows": chunk}
    Run.objects.filter(pk=run.pk, started_at=None).update(**first)
    Run.objects.filter(pk=run.pk).update(state=RunState.RUNNING, tries=F("tries") + 1)
    run.refresh_from_db()
    if run.tries > MOST_TRIES:
        raise BrokenOff
    with open_lake() as lake:
        counts = _compared(lake.duck, run, plan, point)
        told = sum(counts[one] for one in told_outcomes(plan))
        if sum(counts[one] for one in plan.wanted) > MOST_RESULTS:
            raise TooManyResults(f"有 {told} 人")
        number = -(-told // run.chunk_rows)
        _stage(run, Stage.WRITING, counts=counts, chunks=number)
        point("compared")
        for rows in chunks(lake.duck, plan, run.chunks_done, run.chunk_rows):
            _write(run, plan, rows, point)
    _done(run)
    point("done")


def _compared(
    duck: duckdb.DuckDBPyConnection, run: Run, plan: Plan, point: Point
) -> dict[str, int]:
    """Fills `stage.found` and counts. Nothing leaves the lake's own memory before it is written."""
    told, types = run.comparison, dict[str, dict[str, str]]()
    duck.execute("SET threads = 2")  # two tables at once; the lake's own writers need but one
    for side, key, snapshot, stage in (
        ("left", told.left_id, run.left_snapshot, Stage.LEFT),
        ("right", told.right_id, run.right_snapshot, Stage.RIGHT),
    ):
        _heed(run)
        _stage(run, stage)
        of = lake_table_by_number(key)
        types[side] = dict(of.types)
        try:
            rows = sql.staged(plan, side, rows_at(of.name, snapshot))
            duck.execute(f"CREATE OR REPLACE TABLE stage.{side}_rows AS {rows}")
        except duckdb.Error as error:
            if "snapshot" in str(error).lower():
                raise SnapshotGone from error
            raise
        point(side)
    _heed(run)
    _stage(run, Stage.COMPARING)
    return compare(duck, plan, types)


def _write(run: Run, plan: Plan, rows: Sequence[Found], point: Point) -> None:
    with transaction.atomic():
        now = Run.objects.select_for_update(of=("self",)).get(pk=run.pk)
        _heed(now)
        add_subjects(
            read_id=_read_of(run, plan),
            subjects=((subject_ref(row[0]), row[1] != Outcome.LEFT_ONLY) for row in rows),
        )
        _copy(run, [row for row in rows if row[1] in plan.wanted])
        now.chunks_done, now.digest = now.chunks_done + 1, digest(now.digest, rows)
        now.save(update_fields=["chunks_done", "digest"])
        point("written")
    point("committed")


def _read_of(run: Run, plan: Plan) -> int:
    """The one entry that all these persons see. `none` stands there for who has no record."""
    one = run.comparison
    columns = [rule.name for rule in plan.rules] or ["有没有记录"]
    return open_mass_read(
        request_id=run.reading,
        at=run.started_at or run.asked_at,
        system=SYSTEM,
        reader=f"{run.asked_by_name}（批量比对 {run.code}，只得到结果）",
        department=one.consumer.credit_code,
        purpose=one.purpose,
        case_no="",
        resource=f"“{one.left.title[:90]}”与“{one.right.title[:90]}”的比对",
        columns=columns,
    )


def _copy(run: Run, rows: Sequence[Found]) -> None:
    table = Result._meta.db_table
    asked = f"COPY {table} (run_id, id_number, outcome, differing) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(asked) as copy:
        for row in rows:
            copy.write_row((run.pk, *row))


@transaction.atomic
def _done(run: Run) -> None:
    now = Run.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if now.chunks_done != now.chunks:  # a fault of ours: never a list that looks whole
        raise RuntimeError(f"{now.code}: {now.chunks_done} of {now.chunks} chunks")
    now.state, now.ended_at, now.stage = RunState.DONE, clock.now(), ""
    now.digest = now.digest or digest("", [])
    if now.repeats is not None:
        is_same = (now.repeats.counts, now.repeats.digest) == (now.counts, now.digest)
        same = "一致" if is_same else "不一致，请联系平台值守"
        now.sentence = f"照第 {now.repeats.number} 次的数据再比对，结果{same}"
    now.save()
    audit.record(by=PLATFORM, action="comparison.run.done", subject=run.comparison.audit_subject)


@transaction.atomic
def _end(run: Run, state: RunState, error: DiebianError) -> None:
    """Without a list: a part of one would be read as the whole."""
    now = Run.objects.select_for_update(of=("self",)).get(pk=run.pk)
    Result.objects.filter(run=now).delete()
    now.state, now.ended_at, now.stage, now.digest = state, clock.now(), "", ""
    now.sentence = error.told[:SENTENCE]
    now.save()
    action = f"comparison.run.{state.value}"
    audit.record(by=PLATFORM, action=action, subject=run.comparison.audit_subject)


def _heed(run: Run) -> None:
    """Before each step: whether somebody stopped it, and whether the leave still holds."""
    if Run.objects.filter(pk=run.pk, is_stopping=True).exists():
        raise Stopped
    if not is_agreed(Comparison.objects.get(pk=run.comparison_id)):
        raise NotAgreed


def _stage(run: Run, stage: Stage, **told: object) -> None:
    Run.objects.filter(pk=run.pk).update(stage=stage, **told)


def _run(run_id: int) -> Run:
    related = Run.objects.select_related(
        "comparison__consumer", "comparison__left", "comparison__right", "repeats"
    )
    return related.get(pk=run_id)
