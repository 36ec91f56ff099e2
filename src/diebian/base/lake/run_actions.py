"""Runs: opened before anything is read, and stopped by whoever asks for it."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction

from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused

from . import policy
from .models import Collection, PushedBatch, QuarantinedRow, Run, RunState, SourceKind
from .refusals import NotRunning
from .windows import check_window


@transaction.atomic
def open_runs(
    *, collections: Sequence[Collection], writer: str, by: Actor, since: str = "", until: str = ""
) -> list[Run]:
    """Before anything is read. `writer` names the process, for whoever clears up after it."""
    for one in collections:
        if not policy.may_manage(by, one.source.department.credit_code):
            raise Refused
        if since or until:
            check_window(one, since, until)
    subjects = [one.audit_subject for one in collections]
    audit.record_each(by=by, action="lake.collection.started", subjects=subjects)
    now = clock.now()
    return Run.objects.bulk_create(
        Run(collection=one, version=one.version, writer=writer, started_by=by.name, started_at=now,
            window_from=since, window_to=until, watermark_before=one.watermark)
        for one in collections
    )  # fmt: skip


@transaction.atomic
def stop_run(*, run_id: int, by: Actor) -> Run:
    """Nothing of it goes into the lake; the next run begins where the last whole one ended."""
    runs = Run.objects.select_for_update(of=("self",))
    run = runs.select_related("collection__source__department").filter(pk=run_id).first()
    if run is None:
        raise NotFound
    if not policy.may_manage(by, run.collection.source.department.credit_code):
        raise Refused
    if run.state != RunState.RUNNING:
        raise NotRunning
    run.is_stopping = True
    run.save()
    audit.record(by=by, action="lake.run.stopped", subject=run.collection.audit_subject)
    return run


@transaction.atomic
def forget_pushed_rows(*, by: Actor) -> int:
    """What was pushed, once it is in the lake and the collection's days for it are over. Key,
    digest and count stay: the same push is still known again.
    """
    if not policy.may_tidy(by):
        raise Refused
    now, told = clock.now(), 0
    for one in Collection.objects.filter(source__kind=SourceKind.PUSH).exclude(watermark=""):
        old = PushedBatch.objects.filter(
            collection=one,
            rows_gone_at=None,
            pk__lte=int(one.watermark),
            received_at__lt=now - timedelta(days=one.push_days),
        )
        gone = old.update(rows=[], rows_gone_at=now)
        if gone:
            audit.record(by=by, action="lake.pushes.forgotten", subject=one.audit_subject)
        told += gone
    return told


@transaction.atomic
def forget_bad_rows(*, by: Actor) -> int:
    """Quarantined rows whose collection keeps them for some days only; the counts stay."""
    if not policy.may_tidy(by):
        raise Refused
    told = 0
    for one in Collection.objects.exclude(keep_days=None):
        until = clock.now() - timedelta(days=one.keep_days or 0)
        old = QuarantinedRow.objects.filter(run__collection=one, run__ended_at__lt=until)
        gone = old.delete()[0]
        if gone:
            audit.record(by=by, action="lake.bad_rows.forgotten", subject=one.audit_subject)
        told += gone
    return told
