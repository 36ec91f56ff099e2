"""Work that a worker left when it died. Its job would stay begun for ever, and whatever waits for
the same lock with it.
"""

from contextlib import suppress
from datetime import timedelta

from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job, Status

from diebian.kernel import clock

DEAD_SECONDS = 60  # a worker tells each ten that it lives
PAUSE = timedelta(minutes=1)  # what ends each worker that takes it leaves time for the others


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="runtime.take_up_again", name="runtime.take_up_again")
async def take_up_again(timestamp: int) -> None:
    await take_up()


async def take_up() -> None:
    """Each job may be done again: it looks how things stand, and goes on from there."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_SECONDS):
        await _again(job)


async def _again(job: Job) -> None:
    with suppress(UniqueViolation):
        await app.job_manager.retry_job(job, retry_at=clock.now() + PAUSE)
        return
    # The same waits already; this one is over.
    await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=False)
