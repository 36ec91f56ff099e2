"""Tables of licences are registered by the worker: after collections, and what was missed."""

from procrastinate.contrib.django import app

from .models import LicenceTable

LOCK = "licences.register"  # one at a time: each has its own piece of memory


@app.task(queueing_lock="licences.register_due", name="licences.register_due", lock=LOCK)
def register_due() -> None:
    """Whatever has a newer snapshot or declaration than what is registered."""
    from .registering import register

    for table in LicenceTable.objects.order_by("slug").values_list("pk", flat=True):
        register(table)


@app.periodic(cron="*/15 * * * *")
@app.task(queueing_lock="licences.go_on", name="licences.go_on", lock=LOCK)
def go_on(timestamp: int) -> None:
    register_due.func()
