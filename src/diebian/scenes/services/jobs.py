"""Work that happens by itself. The rows are the truth: a lost job is found again by the sweep."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from diebian.security.identity.public import PLATFORM

from . import actions, selectors
from .applications import actions as applications
from .applications.gathering import tell_supplements
from .face.actions import keep_months
from .handing.reminding import remind_of_promises
from .items.actions import begin_versions
from .ledger.actions import keep_ledger
from .limits.deriving import check_outlooks
from .limits.reminding import remind
from .paying.reminding import remind_of_fees
from .ratings.actions import remind_raters
from .ratings.orders import close_silent
from .ratings.reminding import remind as remind_of_ratings
from .systems.comparing import compare_all
from .systems.hearing import hear_all
from .systems.pushing import push_due
from .window.reminding import remind_of_handovers


@app.periodic(cron="* * * * * */2")
@app.task(queueing_lock="services.sweep", name="services.sweep")
def sweep(timestamp: int) -> None:
    """Asks again for the cases whose next try has come."""
    for case_no in selectors.due_case_numbers():
        actions.ask_departments(case_no=case_no, by=PLATFORM)


@app.task(name="services.recheck_case", retry=RetryStrategy(max_attempts=20, wait=30))
def recheck_case(case_no: str, resource: str, item: str) -> None:
    """A value was put right at the source; tried for ten minutes while the system is away."""
    actions.recheck(case_no=case_no, resource=resource, item=item, by=PLATFORM)


@app.periodic(cron="1 * * * *")
@app.task(queueing_lock="services.begin_versions", name="services.begin_versions")
def begin_the_versions(timestamp: int) -> None:
    """Versions of items whose day has come."""
    begin_versions(by=PLATFORM)


@app.periodic(cron="37 * * * *")
@app.task(queueing_lock="services.keep_ledger", name="services.keep_ledger")
def keep_the_ledger(timestamp: int) -> None:
    """A grant that ends by itself changes it as well, so it is looked at every hour."""
    keep_ledger(by=PLATFORM)


@app.periodic(cron="23 * * * *")
@app.task(queueing_lock="services.lapse_drafts", name="services.lapse_drafts")
def lapse_drafts(timestamp: int) -> None:
    actions.lapse_drafts(by=PLATFORM)
    applications.lapse_drafts(by=PLATFORM)


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="services.tell_supplements", name="services.tell_supplements")
def tell_supplements_together(timestamp: int) -> None:
    tell_supplements(by=PLATFORM)


@app.periodic(cron="36 0 * * *")  # UTC: 08:36 in the city
@app.task(queueing_lock="services.remind_promises", name="services.remind_promises")
def remind_of_the_promises(timestamp: int) -> None:
    """容缺: papers that were promised and have not come."""
    remind_of_promises(by=PLATFORM)


@app.periodic(cron="37 0 * * *")  # UTC: 08:37 in the city
@app.task(queueing_lock="services.remind_fees", name="services.remind_fees")
def remind_of_the_fees(timestamp: int) -> None:
    """What is owed and not paid."""
    remind_of_fees(by=PLATFORM)


@app.periodic(cron="38 0 * * *")  # UTC: 08:38 in the city
@app.task(queueing_lock="services.remind_handovers", name="services.remind_handovers")
def remind_of_the_handovers(timestamp: int) -> None:
    """Licences that were granted and are not in their holders' hands."""
    remind_of_handovers(by=PLATFORM)


@app.periodic(cron="35 0 * * *")  # UTC: 08:35 in the city
@app.task(queueing_lock="services.remind", name="services.remind")
def remind_of_limits(timestamp: int) -> None:
    """In the morning, when people can still act on it."""
    remind(by=PLATFORM)


@app.periodic(cron="10 19 * * *")  # UTC: 03:10 in the city
@app.task(queueing_lock="services.check_outlooks", name="services.check_outlooks")
def check_the_outlooks(timestamp: int) -> None:
    """By night, when nobody waits: whether what is kept of clocks is what the events tell."""
    check_outlooks(by=PLATFORM)


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="services.keep_months", name="services.keep_months")
def keep_the_months(timestamp: int) -> None:
    """The counts that everybody may see."""
    keep_months(by=PLATFORM)


@app.periodic(cron="45 0 * * *")  # UTC: 08:45 in the city
@app.task(queueing_lock="services.ratings", name="services.ratings")
def look_after_ratings(timestamp: int) -> None:
    """Bad ones that wait, answers that nobody rated again, services that nobody has rated yet."""
    remind_of_ratings(by=PLATFORM)
    close_silent(by=PLATFORM)
    remind_raters(by=PLATFORM)


@app.periodic(cron="* * * * * */3")
@app.task(queueing_lock="services.push_cases", name="services.push_cases")
def push_cases(timestamp: int) -> None:
    """What departments' own systems have to be told."""
    push_due(by=PLATFORM)


@app.periodic(cron="* * * * * */10")
@app.task(queueing_lock="services.hear_systems", name="services.hear_systems")
def hear_systems(timestamp: int) -> None:
    """What those systems say became of their cases; those that tell it themselves lose nothing."""
    hear_all(by=PLATFORM)


@app.periodic(cron="10 18 * * *")  # UTC: 02:10 in the city
@app.task(queueing_lock="services.compare_systems", name="services.compare_systems")
def compare_systems(timestamp: int) -> None:
    compare_all(by=PLATFORM)
