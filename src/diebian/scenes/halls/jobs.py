"""Work that happens by itself: appointments lapse and are reminded of, queues close."""

from procrastinate.contrib.django import app

from diebian.security.identity.public import PLATFORM

from .bookings.keeping import lapse, remind
from .queue.calling import close


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="halls.tidy", name="halls.tidy")
def tidy(timestamp: int) -> None:
    lapse(by=PLATFORM)
    close(by=PLATFORM)


@app.periodic(cron="0 2 * * *")  # UTC: 10:00 in the city
@app.task(queueing_lock="halls.remind", name="halls.remind")
def remind_of_bookings(timestamp: int) -> None:
    """At an hour at which nobody is woken by it."""
    remind(by=PLATFORM)
