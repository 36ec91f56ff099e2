"""What happens by itself: a worker is woken after a step, a limit ends in working days."""

from datetime import datetime, timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoCaptureOnCommitCallbacks

from diebian.base.process import jobs
from diebian.base.process.running.models import Incident, Job
from diebian.base.process.work.carrying import work_through
from diebian.kernel import clock
from tests.days import a_calendar

from .drawn import boundary, drawing, end, flows, start, timer, user
from .people import do, opened, outcome

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2026, 10, 16, 10, tzinfo=clock.CITY_TIME)
PROMISED = drawing(
    "promised", start(), user("a"), boundary("late", "a", timer("P2D", "working")), end(),
    end("lapsed", "lapsed"), flows(("start", "a"), ("a", "end"), ("late", "lapsed")),
)  # fmt: skip


def waiting() -> int:
    return ProcrastinateJob.objects.filter(task_name="process.work_now", status="todo").count()


def test_a_worker_is_woken_once_when_a_step_has_left_something_to_do(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        case, other = opened(), opened(key="2")
    assert waiting() == 0
    with django_capture_on_commit_callbacks(execute=True):
        do(case, "review", "准予")
        do(other, "review", "准予")
    assert waiting() == 1
    jobs.work_now()
    assert (outcome(case), outcome(other)) == ("granted", "granted")


def test_what_nobody_was_woken_for_is_found_each_minute() -> None:
    case = opened()
    do(case, "review", "准予")
    jobs.work_due(0)
    assert outcome(case) == "granted"


def test_a_limit_in_working_days_ends_with_the_last_of_them() -> None:
    a_calendar()
    with clock.held_at(FRIDAY):
        case = opened(PROMISED)
    tuesday_ends = datetime(2026, 10, 21, tzinfo=clock.CITY_TIME)
    assert Job.objects.get().due_at == tuesday_ends
    with clock.held_at(tuesday_ends - timedelta(seconds=1)):
        assert work_through() == 0
    with clock.held_at(tuesday_ends):
        assert work_through() == 1
    assert outcome(case) == "lapsed"


def test_a_limit_over_days_that_nobody_has_announced_is_an_incident() -> None:
    with clock.held_at(FRIDAY):
        opened(PROMISED)
    assert "2026" in Incident.objects.get().sentence
