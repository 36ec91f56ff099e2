"""The ladder, the cards, the on-time rate: derived, by department and item, opening to cases."""

from datetime import date

import pytest

from diebian.base.messages.public import unread
from diebian.brain.indicators.public import indicators
from diebian.kernel.errors import NotFound
from diebian.scenes.services import actions
from diebian.scenes.services.limits import selectors
from diebian.scenes.services.limits.extending import ask_extension, grant_extension
from diebian.scenes.services.limits.reminding import remind
from diebian.scenes.services.limits.stopping import begin_special_procedure
from diebian.scenes.services.models import Case
from diebian.scenes.services.tests.people import who
from diebian.security.identity.public import PLATFORM, Refused
from diebian.standards.deadlines import Card

from .moments import ACCEPTED, PROMISED, STATUTORY, accepted_case, on

WATCHERS = ("reviewer", "head", "supervisor")


def climb(day: date) -> list[str]:
    """Who has a new message about a limit after the morning of a day."""
    before = {name: len(unread(name)) for name in WATCHERS}
    with on(day):
        remind(by=PLATFORM)
        remind(by=PLATFORM)  # a second time tells nobody anything
    return [name for name in WATCHERS if len(unread(name)) > before[name]]


def test_each_rung_reaches_more_people_and_is_told_once() -> None:
    accepted_case()
    assert climb(date(2026, 3, 11)) == []  # three of ten days are left
    assert climb(date(2026, 3, 12)) == ["reviewer"]
    assert climb(date(2026, 3, 13)) == []
    assert climb(PROMISED) == ["reviewer", "head"]
    assert climb(date(2026, 3, 17)) == ["reviewer", "head", "supervisor"]
    assert climb(date(2026, 3, 18)) == []
    assert climb(date(2026, 3, 26)) == ["reviewer"]  # the law's days now
    assert climb(STATUTORY) == ["reviewer", "head"]
    assert climb(date(2026, 3, 31)) == ["reviewer", "head", "supervisor"]


def test_many_cases_of_one_rung_are_one_message() -> None:
    accepted_case()
    [case] = Case.objects.all()
    with on(ACCEPTED):
        actions.withdraw(case_no=case.case_no, by=who("applicant"))
    first, _ = accepted_case(), accepted_case()
    assert climb(PROMISED) == ["reviewer", "head"]
    [notice] = unread("head")
    assert first.case_no in notice.body
    assert "另有 1 件" in notice.body


def test_while_the_clock_stands_the_day_that_was_told_is_watched() -> None:
    case = accepted_case()
    with on(date(2026, 3, 3)):
        begin_special_procedure(
            case_no=case.case_no, procedure="testing", days=5, why="抽样", by=who("reviewer")
        )
    assert climb(date(2026, 3, 5)) == []
    assert climb(date(2026, 3, 10)) == ["reviewer", "head"]
    assert climb(date(2026, 3, 11)) == ["reviewer", "head", "supervisor"]
    with on(date(2026, 3, 11)):
        [red, yellow] = selectors.standing(who("supervisor")).cards
    assert (red.count, yellow.count) == (0, 1)


def test_only_the_platform_reminds() -> None:
    with pytest.raises(Refused):
        remind(by=who("head"))


@pytest.mark.parametrize(
    ("day", "red", "yellow"),
    [
        (date(2026, 3, 11), 0, 0),
        (date(2026, 3, 12), 0, 1),
        (date(2026, 3, 30), 0, 1),
        (date(2026, 3, 31), 1, 0),
    ],
)
def test_cards_are_counted_on_the_desk_and_on_the_wall_alike(
    day: date, red: int, yellow: int
) -> None:
    case = accepted_case()
    with on(day):
        for actor in map(who, WATCHERS):
            told = {cards.card: cards for cards in selectors.standing(actor).cards}
            assert told[Card.RED].count == red
            assert told[Card.YELLOW].count == yellow
            assert {one.case for cards in told.values() for one in cards.shown} <= {case}
        assert indicators.get("red-cards").rows(day).tally().rows == red
        assert indicators.get("yellow-cards").rows(day).tally().rows == yellow
        assert [cards.count for cards in selectors.standing(who("outsider")).cards] == [0, 0]


def test_the_rate_is_derived_and_opens_into_its_cases() -> None:
    timely, late, overdue, longer = (accepted_case() for _ in range(4))
    with on(PROMISED):
        actions.approve(case_no=timely.case_no, by=who("reviewer"))
    told = actions.Overrun("volume", "月末集中")
    with on(date(2026, 3, 20)):
        ask_extension(case_no=longer.case_no, days=10, reason="要核对", by=who("reviewer"))
        grant_extension(case_no=longer.case_no, by=who("head"))
    for case, day in (
        (late, date(2026, 3, 24)),
        (overdue, date(2026, 3, 31)),
        (longer, date(2026, 3, 31)),
    ):
        with on(day):
            actions.approve(case_no=case.case_no, overrun=told, by=who("reviewer"))
    for actor in map(who, WATCHERS):
        [line] = selectors.punctuality(actor, PROMISED)
        assert (line.decided, line.kept_promise, line.kept_law) == (4, 1, 3)
        assert (line.promise_share, line.law_share) == ("25.0%", "75.0%")
        cases = selectors.decided_cases(actor, line.code, PROMISED)
        assert len(cases) == line.decided
        assert sum(not one.clock.is_past_promise for one in cases) == line.kept_promise
        assert sum(not one.clock.is_past_statute for one in cases) == line.kept_law
        assert {one.reason for one in cases} == {"", "办件集中，人手不够"}
    assert selectors.punctuality(who("head"), date(2026, 4, 1)) == []
    assert selectors.punctuality(who("outsider"), PROMISED) == []
    with pytest.raises(NotFound):
        selectors.decided_cases(who("outsider"), line.code, PROMISED)
