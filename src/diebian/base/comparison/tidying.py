"""Lists of persons are for use, not for keeping: they go, and how many there were stays."""

from datetime import timedelta

from django.db import transaction

from diebian.kernel import clock
from diebian.security.audit import public as audit
from diebian.security.identity.public import PLATFORM, Actor, Refused

from .leave import is_over
from .models import Result, Run, RunState

KEPT = timedelta(days=90)  # from the end of a run


def clear_lists(*, by: Actor) -> int:
    """Of runs that ended long ago, and of all whose leave is over; gives how many lists went.

    What the persons see in 谁查过我 stays: it says what was done.
    """
    if by != PLATFORM:
        raise Refused
    runs = Run.objects.filter(state=RunState.DONE, rows_gone_at=None)
    return sum(_cleared(run, by) for run in runs.select_related("comparison"))


@transaction.atomic
def _cleared(run: Run, by: Actor) -> bool:
    is_old = run.ended_at is not None and run.ended_at < clock.now() - KEPT
    if not (is_old or is_over(run.comparison)):
        return False
    Result.objects.filter(run=run).delete()
    Run.objects.filter(pk=run.pk).update(rows_gone_at=clock.now())
    audit.record(by=by, action="comparison.run.cleared", subject=run.comparison.audit_subject)
    return True
