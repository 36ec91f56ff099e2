"""Work on a timetable."""

from procrastinate.contrib.django import app

from diebian.security.identity.public import PLATFORM

from .reminding import let_stand, remind, see_carried_out


@app.periodic(cron="35 0 * * *")  # UTC: twenty-five to nine in the city
@app.task(queueing_lock="disputes.each_morning", name="disputes.each_morning")
def each_morning(timestamp: int) -> None:
    """What time has settled first, so that nobody is reminded of it."""
    let_stand(by=PLATFORM)
    see_carried_out(by=PLATFORM)
    remind(by=PLATFORM)
