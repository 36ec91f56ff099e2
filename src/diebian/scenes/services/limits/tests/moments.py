"""Days of 2026 on which tests stand: the item promises ten working days, the law gives twenty."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from diebian.kernel import clock
from diebian.scenes.services.models import Case
from diebian.scenes.services.selectors import clock_of
from diebian.scenes.services.tests.people import under_review
from diebian.standards.deadlines import Clock

ACCEPTED = date(2026, 3, 2)  # a Monday; the promise ends on the 16th, the law's days on the 30th
PROMISED, STATUTORY = date(2026, 3, 16), date(2026, 3, 30)


@contextmanager
def on(day: date) -> Iterator[None]:
    with clock.held_at(datetime(day.year, day.month, day.day, 2, tzinfo=UTC)):
        yield


def accepted_case() -> Case:
    with on(ACCEPTED):
        return under_review()


def told_on(case: Case, day: date) -> Clock:
    case.refresh_from_db()
    with on(day):
        return clock_of(case)
