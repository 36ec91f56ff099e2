"""One session of collecting, from locks to notes. The library of the lake is loaded here."""

from collections.abc import Sequence

from diebian.kernel.progress import Report, quiet
from diebian.security.identity.public import Actor

from .duck import platform_place
from .engine import Point, Session
from .following import followers
from .models import Collection, Run, RunState
from .refusals import TableBusy
from .run_actions import open_runs
from .runs import failed_last, last_whole, settle
from .store import TableStore
from .tasks import task_of
from .telling import tell_troubles


def collect(
    *,
    slugs: Sequence[str],
    by: Actor,
    since: str = "",
    until: str = "",
    report: Report = quiet,
    point: Point = quiet,
) -> list[Run]:
    """Collects what is not being collected already; gives the runs as they ended.

    Killed at any moment it may simply be called again: see `runs.settle`.
    """
    asked = Collection.objects.select_related("source__department").filter(slug__in=slugs)
    with TableStore(platform_place()) as store:
        free = store.lock([one.lake_table for one in asked])
        if asked and not free:
            raise TableBusy("、".join(one.title for one in asked[:3]))
        ours = asked.filter(lake_table__in=free).order_by("source", "slug")
        settle(store, list(ours))
        ours = ours.all()  # read again: a batch that was found in the lake has moved a watermark
        failed = failed_last([one.pk for one in ours])
        runs = open_runs(
            collections=list(ours), writer=store.token, by=by, since=since, until=until
        )
        last = last_whole([one.pk for one in ours])
        tasks = [
            task_of(
                run,
                last.get(run.collection_id, ("", 0)),
                is_doubtful=run.collection_id in failed,
            )
            for run in sorted(runs, key=lambda one: one.collection_id in failed)
        ]
        Session(store, tasks, report=report, point=point).collect()
        ended = list(Run.objects.filter(pk__in=[run.pk for run in runs]).order_by("pk"))
    tell_troubles(ended)
    told = {one.collection_id for one in ended if one.state == RunState.DONE}
    done = [task.slug for task in tasks if task.collection_id in told]
    for one in followers if done else ():
        one.collected(done)
    return ended
