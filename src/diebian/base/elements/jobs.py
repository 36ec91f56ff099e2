"""What the register does by itself."""

from procrastinate.contrib.django import app

from diebian.security.identity.public import PLATFORM


@app.periodic(cron="50 0 * * *")  # UTC: ten to nine in the city
@app.task(queueing_lock="elements.remind", name="elements.remind")
def remind_of_days(timestamp: int) -> None:
    """In the morning, when people can still act on it."""
    from .reminding import remind

    remind(by=PLATFORM)
