"""The book of runs: opened before anything is read, ended by the note that stands in the lake.

A batch that is in the lake ends its runs from its own note, whether in the same minute or after a
crash: there is one way only.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from diebian.kernel import clock

from .definition import ONCE
from .drift_words import in_words
from .hold_actions import hold_collection
from .models import Collection, DriftHold, QuarantinedRow, Run, RunState
from .names import EMPTY_SIGN
from .naming import elements_of
from .refusals import SourceSlow
from .staged import Staged
from .store import Note, TableStore
from .tasks import Task

BROKEN_OFF = "中途断了，这一批没有进湖；再归集一次即可，不会多也不会少"
SENTENCE = 500
AS_BEFORE = "as_before"
FINISH = """
with told as (
  select * from jsonb_to_recordset(%(told)s) as t(run bigint, collection bigint, read bigint,
    taken bigint, quarantined bigint, changed bigint, checksum text, watermark_before text,
    watermark_after text, sentence text)
), ended as (
  update lake_run r set state = 'done', stage = '', snapshot = %(snapshot)s, ended_at = %(now)s,
    milliseconds = extract(epoch from %(now)s - r.started_at) * 1000, sentence = t.sentence,
    read = t.read, taken = t.taken, quarantined = t.quarantined, changed = t.changed,
    checksum = t.checksum, watermark_before = t.watermark_before,
    watermark_after = t.watermark_after
  from told t where r.id = t.run and r.state = 'running'
  returning t.collection, t.watermark_after, r.version
)
update lake_collection c set collected_at = %(now)s,
  watermark = case when c.version = e.version then e.watermark_after else c.watermark end
from ended e where c.id = e.collection
"""


def settle(store: TableStore, collections: Sequence[Collection]) -> None:
    """What a process that died has left open. Call with the tables' locks: then nobody runs."""
    left = list(Run.objects.filter(collection__in=collections, state=RunState.RUNNING))
    for writer in {run.writer for run in left}:
        store.end_writer(writer)
    for batch in {run.batch for run in left if run.batch}:
        if note := store.note_of(str(batch)):
            finish(note)
    open_still = Run.objects.filter(pk__in=[run.pk for run in left], state=RunState.RUNNING)
    end(list(open_still), RunState.FAILED, BROKEN_OFF)


@transaction.atomic
def enter(batch: UUID, staged: Mapping[int, Staged]) -> None:
    """Names the batch before it is written; its quarantined rows stand ready with their run."""
    Run.objects.filter(pk__in=staged).update(batch=batch, stage="writing")
    QuarantinedRow.objects.filter(run__in=staged).delete()
    QuarantinedRow.objects.bulk_create(
        [
            QuarantinedRow(run_id=run, number=one.number, reason=one.reason[:300],
                           row=_readable(one.row))
            for run, told in staged.items()
            for one in told.bad
        ],
        batch_size=2000,
    )  # fmt: skip


def _readable(row: str) -> dict[str, Any]:
    """The row as JSON that PostgreSQL keeps: a sign that it has no place for is drawn instead."""
    told: dict[str, Any] = json.loads(row)
    return {
        name: value.replace(EMPTY_SIGN, "␀") if isinstance(value, str) else value
        for name, value in told.items()
    }


def last_whole(collections: Sequence[int]) -> dict[int, tuple[str, int]]:
    """Checksum and rows of each collection's last batch, where all of it was taken, by the
    definition as it is now.
    """
    done = Run.objects.filter(collection__in=collections, state=RunState.DONE)
    done = done.filter(version=F("collection__version"))
    latest = done.order_by("collection", "-pk").distinct("collection")
    told = latest.values_list("collection", "quarantined", "checksum", "taken")
    return {of: (checksum, taken) for of, bad, checksum, taken in told if not bad}


def failed_last(collections: Sequence[int]) -> set[int]:
    """Whose last try failed at the source: not because a process of ours died, nor because the
    source was given up before it was their turn.
    """
    tries = Run.objects.filter(collection__in=collections).exclude(state=RunState.RUNNING)
    latest = tries.order_by("collection", "-pk").distinct("collection")
    told = latest.values_list("collection", "state", "sentence")
    untried = {BROKEN_OFF, SourceSlow.title}
    return {of for of, state, why in told if state == RunState.FAILED and why not in untried}


def facts(task: Task, staged: Staged, changed: int) -> dict[str, Any]:
    """What a batch's note says of one run."""
    return {
        "collection": task.collection_id,
        "read": staged.read,
        "taken": staged.taken,
        "quarantined": len(staged.bad),
        "changed": changed,
        "checksum": staged.checksum,
        "watermark_before": task.watermark,
        "watermark_after": staged.watermark or task.watermark,
    }


@transaction.atomic
def finish(note: Note) -> None:
    """Done twice it does nothing the second time. One statement: a batch may have many tables."""
    told = [{"run": int(run), **of, "sentence": _sentence(of)}
            for run, of in note.told["runs"].items()]  # fmt: skip
    with connection.cursor() as cursor:
        words: dict[str, Any] = {"now": clock.now(), "snapshot": note.snapshot}
        cursor.execute(FINISH, {**words, "told": json.dumps(told)})


@transaction.atomic
def end(runs: Sequence[Run], state: RunState, sentence: str) -> None:
    """Without a batch in the lake: what stood ready for it goes too."""
    now = clock.now()
    QuarantinedRow.objects.filter(run__in=runs).delete()
    for run in runs:
        run.state, run.stage, run.sentence, run.ended_at = state, "", sentence[:SENTENCE], now
        run.milliseconds = round((now - run.started_at).total_seconds() * 1000)
    Run.objects.bulk_update(runs, ["state", "stage", "sentence", "ended_at", "milliseconds"])


def hold(task: Task, found: Mapping[str, Any]) -> str:
    """Gives the sentence for whoever looks."""
    hold_collection(collection=Collection.objects.get(pk=task.collection_id), found=found)
    told = in_words(found, elements_of(task.collection_id))
    return f"{told}。没有收任何行，等数据管理员决定"


def clear_holds(tasks: Sequence[Task]) -> None:
    """The sources are again as they were: nothing is left to decide."""
    keys = [task.collection_id for task in tasks]
    DriftHold.objects.filter(collection__in=keys, decided_at=None).update(
        decided_at=clock.now(), decided_by="platform", decision=AS_BEFORE
    )
    for task in tasks:
        if not set(ONCE).isdisjoint(task.options):
            left = {name: value for name, value in task.options.items() if name not in ONCE}
            same = Collection.objects.filter(pk=task.collection_id, version=task.version)
            same.update(options=left)


def _sentence(of: Mapping[str, Any]) -> str:
    told = f"读到 {of['read']} 行，收下 {of['taken']} 行，湖里变了 {of['changed']} 行"
    return f"{told}，隔离 {of['quarantined']} 行" if of["quarantined"] else told
