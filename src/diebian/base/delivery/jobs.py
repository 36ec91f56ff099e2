"""Work on a timetable. One delivery after the other: each has its own piece of memory."""

import logging

from procrastinate.contrib.django import app

from diebian.kernel.errors import DiebianError
from diebian.security.identity.public import PLATFORM

LOCK = "delivery.send"
log = logging.getLogger(__name__)


@app.task(name="delivery.send_now", lock=LOCK)
def send_now(delivery_id: int) -> None:
    _send(delivery_id)


@app.periodic(cron="7,22,37,52 * * * *")
@app.task(queueing_lock="delivery.send_due", name="delivery.send_due", lock=LOCK)
def send_due(timestamp: int) -> None:
    from .selectors import due

    for delivery_id in due():
        _send(delivery_id)


def _send(delivery_id: int) -> None:
    from .sending import send

    try:
        send(delivery_id=delivery_id, by=PLATFORM)
    except DiebianError as error:  # ended, suspended, or being sent: the page says so
        log.info("delivery %s: %s", delivery_id, error)
