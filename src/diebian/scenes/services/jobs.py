"""Work that happens by itself. The rows are the truth: a lost job is found again by the sweep."""

from procrastinate.contrib.django import app

from diebian.security.identity.public import PLATFORM

from . import actions, selectors


@app.task(queueing_lock=None, name="services.fetch")
def fetch(case_no: str) -> None:
    actions.fetch_for_case(case_no=case_no, by=PLATFORM)


@app.periodic(cron="* * * * * */5")
@app.task(queueing_lock="services.sweep", name="services.sweep")
def sweep(timestamp: int) -> None:
    for case_no in selectors.due_case_numbers():
        actions.fetch_for_case(case_no=case_no, by=PLATFORM)
