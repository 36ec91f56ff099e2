"""Rated cases for tests, made by the real actions on known days of 2026."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from diebian.kernel import clock
from diebian.scenes.services import actions
from diebian.scenes.services.models import Case, Channel
from diebian.scenes.services.rating_models import RatingOrder
from diebian.scenes.services.ratings.actions import rate
from diebian.scenes.services.tests.people import NUMBERS, SENT, answered, under_review, who

DECIDED = date(2026, 3, 2)  # a Monday


@contextmanager
def on(day: date) -> Iterator[None]:
    with clock.held_at(datetime(day.year, day.month, day.day, 2, tzinfo=UTC)):
        yield


def decided_case() -> Case:
    case = under_review()
    actions.approve(case_no=case.case_no, by=who("reviewer"))
    case.refresh_from_db()
    return case


def visited_case() -> Case:
    """Received by the clerk at the window, under review."""
    clerk = who("clerk")
    number = NUMBERS["applicant"]
    case = actions.open_at_window(item_code="S1", id_number=number, name="样例applicant", by=clerk)
    actions.fill_form(case_no=case.case_no, sent=SENT, by=clerk)
    answered(case)
    actions.submit_case(case_no=case.case_no, by=clerk)
    case.refresh_from_db()
    assert case.channel == Channel.WINDOW
    return case


def badly_rated(words: str = "") -> RatingOrder:
    with on(DECIDED):
        case = decided_case()
        return rate(case_no=case.case_no, grade=1, words=words, by=who("applicant")).order
