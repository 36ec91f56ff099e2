"""One build: executed by whoever holds its lock, gone on with after a crash, stopped when asked.

Killed at any moment it is simply executed again: what it depends on is kept with it (snapshots,
version, decisions up to its moment, what was read before), so that it finds the same; what was
written is not written again.
"""

from typing import TYPE_CHECKING

import duckdb
from django.db.models import F, Q

from diebian.base.lake.public import lake_tables, open_lake
from diebian.kernel import clock
from diebian.kernel.alone import alone
from diebian.kernel.errors import DiebianError
from diebian.kernel.progress import quiet

from . import writing
from .building import Built, Inputs, build
from .clustering import Decisions
from .leave import is_still_given
from .models import OPEN, Build, BuildState, Decision, Stage
from .plan import check, plan_of
from .refusals import BrokenOff, LeaveEnded, SnapshotGone, Stopped
from .writing import Point

if TYPE_CHECKING:
    from diebian.base.lake.public import TableStore

CHUNK = 20_000
MOST_TRIES = 10  # of a build that dies again and again: then a person looks
LOCK_SPACE = 6965  # of the advisory locks: one process for each build
MEMORY, THREADS = "1200MB", 2  # the lake's own writers need but one


def execute(build_id: int, *, point: Point = quiet, chunk: int = CHUNK) -> Build:
    """Until it has ended, unless another process is at it already."""
    with alone(LOCK_SPACE, build_id) as is_ours:
        told = _build(build_id)
        if is_ours and told.state in OPEN:
            try:
                _execute(told, point, chunk)
            except DiebianError as error:
                is_stop = isinstance(error, Stopped)
                state = BuildState.STOPPED if is_stop else BuildState.FAILED
                writing.take_back(told, state, error)
    return _build(build_id)


def _execute(told: Build, point: Point, chunk: int) -> None:
    _heed(told)
    first = {"started_at": clock.now(), "chunk_rows": chunk}
    Build.objects.filter(pk=told.pk, started_at=None).update(**first)
    Build.objects.filter(pk=told.pk).update(state=BuildState.RUNNING, tries=F("tries") + 1)
    told.refresh_from_db()
    if told.tries > MOST_TRIES:
        raise BrokenOff
    with open_lake() as lake:
        lake.duck.execute(f"SET memory_limit = '{MEMORY}'")
        lake.duck.execute(f"SET threads = {THREADS}")
        found = _built(lake, told, point)
        number = -(-found.changes // told.chunk_rows)
        _stage(told, Stage.WRITING, counts=found.counts, chunks=number)
        point("computed")
        told.refresh_from_db()
        turns = writing.turns_of(lake.duck)
        for rows in writing.chunks(lake.duck, told.chunks_done, told.chunk_rows):
            writing.write(told, rows, _heed, point)
    _heed(told)
    writing.publish(told, found, turns)
    point("published")


def _built(lake: "TableStore", told: Build, point: Point) -> Built:
    def step(name: str) -> None:
        _heed(told)
        _stage(told, Stage(name))
        point(name)

    try:
        return build(lake.duck, _inputs(told), _before(lake, told), step)
    except duckdb.Error as error:
        if "snapshot" in str(error).lower():
            raise SnapshotGone from error
        raise


def _inputs(told: Build) -> Inputs:
    plan = plan_of(told.version.plan)
    tables = {one.slug: one for one in lake_tables(plan.tables)}
    check(plan, list(tables.values()))
    return Inputs(
        plan=plan,
        version=told.version.number,
        tables=[tables[slug] for slug in plan.tables],
        snapshots=[told.sources.get(slug, {}).get("snapshot") for slug in plan.tables],
        decisions=_decisions(told),
        first=told.first_number,
    )


def _decisions(told: Build) -> Decisions:
    """As they stood when the build was asked for."""
    stood = Q(revoked_at=None) | Q(revoked_at__gt=told.asked_at)
    rows = Decision.objects.filter(stood, base=told.base_id, decided_at__lte=told.asked_at)
    listed = rows.order_by("pk").values_list("left", "right", "verdict", "digest")
    return {(left, right): (verdict, digest) for left, right, verdict, digest in listed}


def _before(lake: "TableStore", told: Build) -> str:
    """What is read now, whatever of this build is written already."""
    now = told.base.built
    return lake.of_platform(
        "SELECT number, digest, tokens FROM masterdata_goldenrecord "
        f"WHERE base_id = {told.base_id} AND since <= {now} AND (until IS NULL OR until > {now})"
    )


def _heed(told: Build) -> None:
    """Before each step: whether somebody stopped it, or took back the leave for what it reads."""
    if Build.objects.filter(pk=told.pk, is_stopping=True).exists():
        raise Stopped
    if not is_still_given(told):
        raise LeaveEnded


def _stage(told: Build, stage: Stage, **more: object) -> None:
    Build.objects.filter(pk=told.pk).update(stage=stage, **more)


def _build(build_id: int) -> Build:
    return Build.objects.select_related("base__owner", "version").get(pk=build_id)
