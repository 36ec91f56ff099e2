"""kill -9 at every point of a step: nothing is lost, nothing is done twice."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import psycopg
import pytest
from django.db import connection, transaction

from diebian.base.process.definitions.services import Answered, Asked
from diebian.base.process.running.actions import complete
from diebian.base.process.running.models import Decision, Job, StepLog
from diebian.base.process.work.carrying import work_one, work_through
from diebian.kernel import clock
from diebian.security.audit.public import actions_on
from tests.killed import database_url

from .forked import killed
from .people import Asks, do, opened, outcome, reviewer, tasks

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("nobody_is_woken"),
]
Point = Callable[[str], None]


@pytest.fixture
def department_system() -> Iterator[None]:
    """A system outside of us: its own connection, its own transaction, one licence for one key."""
    with psycopg.connect(database_url(), autocommit=True) as theirs:
        theirs.execute("create table their_calls (key text)")
        theirs.execute("create table their_licences (key text primary key)")
    Asks.by = staticmethod(_issue)
    yield
    with connection.cursor() as cursor:
        cursor.execute("drop table their_calls, their_licences")


def _issue(asked: Asked) -> Answered:
    with psycopg.connect(database_url(), autocommit=True) as theirs:
        theirs.execute("insert into their_calls values (%s)", [asked.key])
        theirs.execute("insert into their_licences values (%s) on conflict do nothing", [asked.key])
    return Answered()


@pytest.mark.usefixtures("department_system")
@pytest.mark.parametrize(
    ("point", "calls"), [("leased", 1), ("answered", 2), ("stepped", 2), ("committed", 1)]
)
def test_a_worker_that_dies_leaves_one_licence(point: str, calls: int) -> None:
    case = opened()
    do(case, "review", "准予")

    def working(at: Point) -> None:
        work_one(at)

    killed(working, point)
    assert outcome(case) == ("granted" if point == "committed" else "")
    assert work_through() == 0  # its lease stands
    with clock.held_at(clock.now() + timedelta(minutes=2)):
        work_through()
    assert outcome(case) == "granted"
    with connection.cursor() as cursor:
        cursor.execute("select (select count(*) from their_calls), count(*) from their_licences")
        assert cursor.fetchone() == (calls, 1)
    assert Job.objects.get().state == "done"
    assert Decision.objects.filter(element="issue").count() == 1


def test_a_person_whose_step_dies_has_not_decided() -> None:
    case = opened()
    task, before = tasks(case)["review"], actions_on("case:1")

    def deciding(point: Point) -> None:
        with transaction.atomic():
            complete(case=case, task=task, outcome="准予", by=reviewer())
            point("written")  # all of it is there, and not committed

    killed(deciding, "written")
    assert tasks(case) == {"review": task}
    assert (Decision.objects.count(), Job.objects.count()) == (0, 0)
    assert (StepLog.objects.count(), actions_on("case:1")) == (1, before)
    complete(case=case, task=task, outcome="准予", by=reviewer())
    work_through()
    assert outcome(case) == "granted"
