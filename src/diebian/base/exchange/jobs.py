"""Work on a timetable: what is served stays what the grants say."""

from procrastinate.contrib.django import app

from diebian.security.identity.public import PLATFORM

from .alarms.actions import watch_looks
from .gateway.publishing import keep_in_step
from .interfaces.gone import tell_providers
from .metering.reconcile import clear_away
from .requests.actions import end_expired, remind, say_what_is_withheld


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="exchange.keep_in_step", name="exchange.keep_in_step")
def keep_gateway_in_step(timestamp: int) -> None:
    """A grant ends with its last day; a publication that failed is made up for."""
    keep_in_step()


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="exchange.tell_providers", name="exchange.tell_providers")
def tell_of_gone_columns(timestamp: int) -> None:
    """Calls fail for somebody until the provider acts: it hears within minutes."""
    tell_providers(by=PLATFORM)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="exchange.say_withheld", name="exchange.say_withheld")
def say_withheld(timestamp: int) -> None:
    """The entry says so already and nothing is given any more; here the consumers learn of it."""
    say_what_is_withheld(by=PLATFORM)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="exchange.watch_looks", name="exchange.watch_looks")
def watch_for_searches(timestamp: int) -> None:
    """Counted from the reads that are there anyway; a call waits for nothing."""
    watch_looks(by=PLATFORM)


@app.periodic(cron="5 16 * * *")  # UTC: five past midnight in the city
@app.task(queueing_lock="exchange.end_expired", name="exchange.end_expired")
def end_expired_grants(timestamp: int) -> None:
    """The gateway refuses from midnight on by itself; here the grant and its request say so."""
    end_expired(by=PLATFORM)


@app.periodic(cron="30 0 * * *")  # UTC: half past eight in the city
@app.task(queueing_lock="exchange.remind", name="exchange.remind")
def remind_of_days(timestamp: int) -> None:
    """In the morning, when people can still act on it."""
    remind(by=PLATFORM)


@app.periodic(cron="40 3 * * *")
@app.task(queueing_lock="exchange.clear_away", name="exchange.clear_away")
def clear_old_logs(timestamp: int) -> None:
    """Calls are rows by then; a log that nobody reads any more only fills the disk."""
    clear_away()
