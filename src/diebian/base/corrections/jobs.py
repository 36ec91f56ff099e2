"""Work on a timetable."""

from procrastinate.contrib.django import app

from diebian.security.identity.public import PLATFORM

from .reminding import remind


@app.periodic(cron="45 0 * * *")  # UTC: a quarter to nine in the city
@app.task(queueing_lock="corrections.remind", name="corrections.remind")
def remind_of_days(timestamp: int) -> None:
    """In the morning, when people can still act on it."""
    remind(by=PLATFORM)
