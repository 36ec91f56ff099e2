"""Work on a timetable. A delivery waits for no other consumer than its own.

Each consumer's database is sent to by one job at a time; those that kept us waiting last time stand
in one line of their own. So a database that hangs holds one place of the worker, and all that are
known to hang hold one together.
"""

import logging
from contextlib import suppress
from threading import BoundedSemaphore

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from diebian.kernel.errors import DiebianError
from diebian.security.identity.public import PLATFORM

from .models import Delivery

SLOW = "delivery.send.slow"
AGAIN_SECONDS = 15
PLACES = BoundedSemaphore(3)  # of the four that a worker has: its other work goes on
log = logging.getLogger(__name__)


def enqueue(delivery: Delivery, *, seconds: int = 0) -> None:
    """Once, however often it is asked for before it begins. `seconds`: not sooner."""
    job = send_now.configure(
        lock=SLOW if delivery.stalled_at else f"delivery.send.{delivery.target_id}",
        queueing_lock=f"delivery.send.{delivery.pk}",
        schedule_in={"seconds": seconds} if seconds else None,
    )
    with suppress(AlreadyEnqueued), transaction.atomic():
        job.defer(delivery_id=delivery.pk)


@app.task(name="delivery.send_now")
def send_now(delivery_id: int) -> None:
    if not PLACES.acquire(blocking=False):
        enqueue(Delivery.objects.get(pk=delivery_id), seconds=AGAIN_SECONDS)
        return
    try:
        _send(delivery_id)
    finally:
        PLACES.release()


@app.periodic(cron="7,22,37,52 * * * *")
@app.task(queueing_lock="delivery.send_due", name="delivery.send_due")
def send_due(timestamp: int) -> None:
    from .selectors import due

    for delivery in Delivery.objects.filter(pk__in=due()).order_by("pk"):
        enqueue(delivery)


def _send(delivery_id: int) -> None:
    from .sending import send

    try:
        send(delivery_id=delivery_id, by=PLATFORM)
    except DiebianError as error:  # ended, suspended, or being sent: the page says so
        log.info("delivery %s: %s", delivery_id, error)
