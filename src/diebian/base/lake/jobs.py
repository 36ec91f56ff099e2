"""Work on a timetable. One session at a time: each has its own piece of memory."""

from procrastinate.contrib.django import app

from diebian.security.identity.public import PLATFORM

from . import selectors
from .opening import open_lake
from .run_actions import forget_bad_rows, forget_pushed_rows

LOCK = "lake.collect"


@app.task(name="lake.collect_now", lock=LOCK)
def collect_now(slug: str, since: str = "", until: str = "") -> None:
    from .collecting import collect

    collect(slugs=[slug], by=PLATFORM, since=since, until=until)


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="lake.collect_due", name="lake.collect_due", lock=LOCK)
def collect_due(timestamp: int) -> None:
    """All that is due in one session: what a database says of itself is asked once."""
    slugs = selectors.due_slugs()
    if slugs:
        from .collecting import collect

        collect(slugs=slugs, by=PLATFORM)


@app.periodic(cron="30 4 * * *")
@app.task(queueing_lock="lake.tidy", name="lake.tidy", lock=LOCK)
def tidy(timestamp: int) -> None:
    """Small files become few; snapshots and quarantined rows go when their time is over."""
    forget_bad_rows(by=PLATFORM)
    forget_pushed_rows(by=PLATFORM)
    if not selectors.has_lake():
        return
    with open_lake() as lake:
        for table in sorted(lake.lock(sorted(lake.tables()))):
            lake.compact(table)
        lake.expire(keep_days=selectors.past_days())
