"""Work that a step left. A wake-up comes right after the step; each minute it is looked for, too:
timers that are due, and what somebody died over."""

from contextlib import suppress
from threading import BoundedSemaphore

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from .work.carrying import work_through

PLACES = BoundedSemaphore(2)  # of the four that a worker has: a slow system leaves the others
WAITING = "process.work"


def enqueue() -> None:
    """Once, however often it is asked for before it begins."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        work_now.configure(queueing_lock=WAITING).defer()


@app.task(name="process.work_now")
def work_now() -> None:
    _work()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="process.work_due", name="process.work_due")
def work_due(timestamp: int) -> None:
    _work()


def _work() -> None:
    if not PLACES.acquire(blocking=False):
        return  # those that work take this up as well
    try:
        work_through()
    finally:
        PLACES.release()
