"""What the worker does by itself. The rows are the truth: a lost job is found by the next."""

from procrastinate.contrib.django import app

from diebian.security.identity.public import PLATFORM

from .paying import look_due, send_refunds
from .reconciling import reconcile_due


@app.periodic(cron="* * * * * */5")
@app.task(queueing_lock="payments.look", name="payments.look")
def look(timestamp: int) -> None:
    """How trades stand of which no word has come, and money that has to go back."""
    look_due(by=PLATFORM)
    send_refunds(by=PLATFORM)


@app.periodic(cron="20 18 * * *")  # UTC: 02:20 in the city
@app.task(queueing_lock="payments.reconcile", name="payments.reconcile")
def reconcile(timestamp: int) -> None:
    reconcile_due(by=PLATFORM)
