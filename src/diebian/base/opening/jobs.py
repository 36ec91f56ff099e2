"""Releases are written by the worker: a large table takes its time."""

from typing import Any
from uuid import UUID

from procrastinate.contrib.django import app

from diebian.security.identity.public import PLATFORM

LOCK = "opening.release"


@app.task(name="opening.release_now", lock=LOCK)
def release_now(dataset: str) -> None:
    from .releasing import release

    release(UUID(dataset))


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="opening.refresh", name="opening.refresh", lock=LOCK)
def refresh(timestamp: int) -> None:
    """What was collected anew is released anew; what is no longer needed goes."""
    from .refreshing import refresh_all, tidy

    refresh_all()
    tidy()


@app.periodic(cron="50 0 * * *")  # UTC: ten to nine in the city
@app.task(queueing_lock="opening.remind", name="opening.remind")
def remind_of_days(timestamp: int) -> None:
    """In the morning, when people can still act on it."""
    from .reminding import remind

    remind(by=PLATFORM)


@app.task(name="opening.open_samples", lock="lake.collect", retry=3)
def open_samples_now(told: list[dict[str, Any]]) -> None:
    """Under the lake's own lock: it collects before it opens."""
    from .samples_open import open_one

    for one in told:
        open_one(one)
