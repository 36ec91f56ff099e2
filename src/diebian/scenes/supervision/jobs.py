"""Work that happens by itself, in the morning, when people can still act on it."""

from procrastinate.contrib.django import app

from diebian.security.identity.public import PLATFORM

from .reminding import remind
from .sheets import open_sheets


@app.periodic(cron="50 0 * * *")  # UTC: 08:50 in the city
@app.task(queueing_lock="supervision.morning", name="supervision.morning")
def every_morning(timestamp: int) -> None:
    """Sheets of a new quarter, then whoever has to be reminded."""
    open_sheets(by=PLATFORM)
    remind(by=PLATFORM)
