"""What the worker does by itself."""

from procrastinate.contrib.django import app

from diebian.security.identity.public import PLATFORM

from . import actions


@app.periodic(cron="47 18 * * *")  # UTC: 02:47 in the city
@app.task(queueing_lock="papers.sweep", name="papers.sweep")
def sweep(timestamp: int) -> None:
    actions.sweep(by=PLATFORM)
