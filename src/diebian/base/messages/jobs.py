"""Work on a timetable."""

from procrastinate.contrib.django import app

from . import outbox


@app.periodic(cron="45 2 * * *")
@app.task(queueing_lock="messages.forget_old", name="messages.forget_old")
def forget_old(timestamp: int) -> None:
    outbox.forget_old()
