"""Bases are built by the worker: when asked, after collections, and what a killed one left. At
night what was kept long enough goes.
"""

from procrastinate.contrib.django import app

from diebian.security.identity.public import PLATFORM

from .due import due_slugs
from .keeping import forget
from .models import OPEN, Base, Build

LOCK = "masterdata.build"  # one at a time: each has its own piece of memory


@app.task(name="masterdata.execute", lock=LOCK)
def execute_build(build_id: int) -> None:
    from .running import execute

    execute(build_id)


@app.task(queueing_lock="masterdata.build_due", name="masterdata.build_due", lock=LOCK)
def build_due() -> None:
    """Whatever has newer tables, decisions or a newer version than what is read."""
    from .running import execute

    for build_id in Build.objects.filter(state__in=OPEN).values_list("pk", flat=True):
        execute(build_id)
    from .actions import start

    for slug in due_slugs():
        execute(start(slug=slug, by=PLATFORM).pk)


@app.periodic(cron="*/15 * * * *")
@app.task(queueing_lock="masterdata.go_on", name="masterdata.go_on", lock=LOCK)
def go_on(timestamp: int) -> None:
    build_due.func()


@app.periodic(cron="40 18 * * *")  # UTC: twenty to three in the city, when little is built
@app.task(queueing_lock="masterdata.forget", name="masterdata.forget")
def forget_old_states(timestamp: int) -> None:
    for slug in Base.objects.order_by("slug").values_list("slug", flat=True):
        forget(slug=slug, by=PLATFORM)
