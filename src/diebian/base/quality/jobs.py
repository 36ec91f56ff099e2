"""Work on a timetable. One session at a time: each has its own piece of memory."""

from procrastinate.contrib.django import app

from diebian.security.identity.public import PLATFORM

from . import selectors
from .reminding import remind

LOCK = "quality.check"


@app.task(name="quality.check_now", lock=LOCK)
def check_now(slugs: list[str]) -> None:
    """After a collection, or when a person asks; what has no rule any more is left out."""
    from .checking import check

    having = selectors.having_rules(slugs)
    if having:
        check(slugs=having, by=PLATFORM)


@app.periodic(cron="*/15 * * * *")
@app.task(queueing_lock="quality.check_due", name="quality.check_due", lock=LOCK)
def check_due(timestamp: int) -> None:
    """What was collected since its last run (a process may have died in between), and once a day
    everything: promises of updates are broken by silence.
    """
    from .checking import check

    due = selectors.due_slugs()
    if due:
        check(slugs=due, by=PLATFORM)


@app.periodic(cron="40 0 * * *")  # UTC: twenty to nine in the city
@app.task(queueing_lock="quality.remind", name="quality.remind")
def remind_of_days(timestamp: int) -> None:
    """In the morning, when people can still act on it."""
    remind(by=PLATFORM)
