"""Runs are executed by the worker, at once; whatever a killed worker left is gone on with."""

from procrastinate.contrib.django import app

from diebian.security.identity.public import PLATFORM

from .models import OPEN, Run
from .tidying import clear_lists

LOCK = "comparison.run"  # one at a time: each has its own piece of memory


@app.task(name="comparison.execute", lock=LOCK)
def execute_run(run_id: int) -> None:
    from .running import execute

    execute(run_id)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="comparison.go_on", name="comparison.go_on", lock=LOCK)
def go_on(timestamp: int) -> None:
    waiting = Run.objects.filter(state__in=OPEN).order_by("pk")
    for run_id in waiting.values_list("pk", flat=True):
        execute_run.func(run_id)


@app.periodic(cron="15 17 * * *")  # UTC: a quarter past one in the city, after grants have ended
@app.task(queueing_lock="comparison.clear_lists", name="comparison.clear_lists")
def clear_old_lists(timestamp: int) -> None:
    clear_lists(by=PLATFORM)
