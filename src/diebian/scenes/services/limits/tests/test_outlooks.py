"""What is kept beside a case is what its events tell: after any acts, by night, in any calendar."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from diebian.base.directory.public import load_working_days
from diebian.base.messages.public import unread
from diebian.scenes.services import actions
from diebian.scenes.services.limits import extending, selectors, stopping
from diebian.scenes.services.limits.deriving import check_outlooks, derive_outlooks
from diebian.scenes.services.limits.heaps import EVERY, heaps_of, outlooks
from diebian.scenes.services.limits.reminding import remind
from diebian.scenes.services.models import OPEN, Case, KeptOutlook, Reminder
from diebian.scenes.services.selectors import clock_of
from diebian.scenes.services.tests.people import under_review, who
from diebian.security.audit.public import actions_on
from diebian.security.identity.public import PLATFORM, Refused
from diebian.standards.deadlines import Card
from tests.browsing import browser

from .moments import ACCEPTED, PROMISED, STATUTORY, accepted_case, on

A_DAY = timedelta(days=1)
NEW_YEARS_EVE = date(2027, 12, 30)  # what is promised then ends in a year without a calendar
Act = Callable[[str], object]
ACTS: dict[str, Act] = {
    "special": lambda no: stopping.begin_special_procedure(
        case_no=no, procedure="hearing", days=4, why="听证", by=who("reviewer")
    ),
    "special-end": lambda no: stopping.end_special_procedure(
        case_no=no, outcome="已送达", by=who("reviewer")
    ),
    "suspend": lambda no: stopping.suspend(
        case_no=no, ground="court", days=6, why="诉讼", basis="样例条例", by=who("head")
    ),
    "resume": lambda no: stopping.resume(case_no=no, why="已判决", by=who("head")),
    "supplement": lambda no: actions.ask_supplement(
        case_no=no, wanted="说明用途", by=who("reviewer")
    ),
    "answer": lambda no: actions.supply_supplement(
        case_no=no, answer="买房", by=who("applicant")
    ),
    "ask": lambda no: extending.ask_extension(
        case_no=no, days=7, reason="核对", by=who("reviewer")
    ),
    "grant": lambda no: extending.grant_extension(case_no=no, by=who("head")),
    "withdraw": lambda no: actions.withdraw(case_no=no, by=who("applicant")),
}  # fmt: skip
BEGIN = ("special", "suspend", "supplement", "ask")
FOLLOWS = {
    "special": "special-end",
    "suspend": "resume",
    "supplement": "answer",
    "ask": "grant",
}


def walks(seed: int) -> Iterator[tuple[str, date]]:
    """Acts in an order that the desk allows, with some days between them; half are withdrawn."""
    chance, day = Random(seed), ACCEPTED  # noqa: S311  a walk that can be walked again
    for begin in chance.sample(BEGIN, 4):
        for act in (begin, FOLLOWS[begin]):
            day += A_DAY * chance.randint(0, 6)
            yield act, day
    if seed % 2:
        yield "withdraw", day


def agrees() -> bool:
    foresee, kept = outlooks(), KeptOutlook.objects.in_bulk()
    heaps = list(heaps_of(Case.objects.filter(state__in=OPEN), EVERY))
    keys = [key for heap in heaps for key in heap.first]
    assert sorted(keys) == sorted(kept)
    return all(foresee(heap).is_kept(kept[key]) for heap in heaps for key in heap.first)


@pytest.mark.parametrize("seed", range(4))
def test_after_any_acts_and_rounds_the_kept_days_are_what_the_events_tell(seed: int) -> None:
    case = accepted_case()
    for (act, day), (_, following) in pairwise([*walks(seed), ("", PROMISED + 9 * A_DAY)]):
        with on(day):
            if act == "grant" and case.extensions.filter(state="asked").count() == 0:
                continue
            ACTS[act](case.case_no)
            remind(by=PLATFORM)
            assert agrees()
        for later in (day, following - A_DAY, following + 3 * A_DAY):
            if later >= day:
                with on(later):
                    assert cards_by_days() == cards_by_clocks()
    assert not check_outlooks(by=PLATFORM)


def cards_by_days() -> dict[Card, int]:
    return {one.card: one.count for one in selectors.standing(who("supervisor")).cards}


def cards_by_clocks() -> dict[Card, int]:
    told = [clock_of(one).card for one in Case.objects.filter(state__in=OPEN)]
    return {card: told.count(card) for card in (Card.RED, Card.YELLOW)}


def test_a_reminder_is_told_on_the_day_on_which_its_rung_begins() -> None:
    accepted_case()
    told: list[tuple[date, str, str]] = []
    day = ACCEPTED
    while day <= STATUTORY + 3 * A_DAY:
        known = set(Reminder.objects.values_list("pk", "reminded"))
        is_due = KeptOutlook.objects.filter(look_on__lte=day).exists()
        with on(day):
            assert bool(remind(by=PLATFORM)) <= is_due
        rows = Reminder.objects.values_list("pk", "reminded", "limit")
        told += [(day, limit, rung) for pk, rung, limit in rows if (pk, rung) not in known]
        day += A_DAY
    assert told == [
        (date(2026, 3, 12), "promise", "near"),
        (PROMISED, "promise", "last"),
        (PROMISED + A_DAY, "promise", "late"),
        (date(2026, 3, 26), "statute", "near"),
        (STATUTORY, "statute", "last"),
        (STATUTORY + A_DAY, "statute", "late"),
    ]


def test_a_quiet_round_asks_as_much_of_many_cases_as_of_none() -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert remind(by=PLATFORM) == 0
        return len(queries)

    none = asked()
    for _ in range(3):
        accepted_case()
    with on(PROMISED):
        remind(by=PLATFORM)
        assert asked() == none


def test_a_case_that_is_over_is_not_watched_any_more() -> None:
    case = accepted_case()
    assert KeptOutlook.objects.filter(case=case).exists()
    with on(PROMISED):
        actions.approve(case_no=case.case_no, by=who("reviewer"))
    assert not KeptOutlook.objects.exists()


def test_what_was_written_past_the_actions_is_found_by_night_put_right_and_told() -> None:
    case, whole = accepted_case(), accepted_case()
    KeptOutlook.objects.filter(case=case).update(red_from=None)
    with on(STATUTORY + A_DAY):
        assert cards_by_days() != cards_by_clocks()
        assert check_outlooks(by=PLATFORM) == [case.case_no]
        assert cards_by_days() == cards_by_clocks() == {Card.RED: 2, Card.YELLOW: 0}
        assert check_outlooks(by=PLATFORM) == []
    [notice] = unread("supervisor")
    assert case.case_no in notice.body
    assert "services.case.outlook_corrected" in actions_on(f"case:{case.case_no}")
    assert "services.case.outlook_corrected" not in actions_on(f"case:{whole.case_no}")


def test_a_lost_and_a_left_over_row_are_differences_too() -> None:
    lost, over = accepted_case(), accepted_case()
    row = KeptOutlook.objects.get(case=over)
    with on(ACCEPTED):
        actions.withdraw(case_no=over.case_no, by=who("applicant"))
    row.save(force_insert=True)
    KeptOutlook.objects.filter(case=lost).delete()
    assert check_outlooks(by=PLATFORM) == sorted([lost.case_no, over.case_no])
    assert agrees()


def test_of_an_older_folder_the_clock_tells_the_card_until_the_first_round_keeps_the_days() -> None:
    case = accepted_case()
    KeptOutlook.objects.update(yellow_from=None, red_from=None, look_on=None, is_derived=False)
    with on(STATUTORY + A_DAY):
        [red, _] = selectors.standing(who("supervisor")).cards
        assert [one.case for one in red.shown] == [case]
        assert remind(by=PLATFORM) == 2  # the promise and the law
        assert KeptOutlook.objects.get().is_derived
        assert cards_by_days() == {Card.RED: 1, Card.YELLOW: 0}
        assert check_outlooks(by=PLATFORM) == []


def test_another_notice_moves_the_kept_days() -> None:
    accepted_case()
    before = KeptOutlook.objects.get()
    off = {"date": "2026-03-13", "is_workday": "0", "status": "official"}
    load_working_days(rows=[off], by=PLATFORM)
    derive_outlooks(by=PLATFORM)
    assert before.red_from is not None
    assert KeptOutlook.objects.get().red_from == before.red_from + A_DAY
    assert not unread("supervisor")  # nobody made a mistake


def test_a_case_into_a_year_without_calendar_is_one_line_and_the_rest_stands() -> None:
    usual = accepted_case()
    with on(NEW_YEARS_EVE):
        unknown = under_review()
        desk = browser(who("reviewer")).get("/desk/cases/").content.decode()
        assert "放假安排公布后才能算出最晚的日子" in desk
        assert usual.case_no in desk
        for desk_of in ("/desk/cases/", "/desk/limits/cases/"):
            told = browser(who("reviewer")).get(f"{desk_of}{unknown.case_no}/")
            assert told.status_code == 200
            assert "暂时算不出" in told.content.decode()
        page = browser(who("head")).get("/desk/limits/").content.decode()
        assert "另有 1 件" in page
        assert usual.case_no in page
        mine = browser(who("applicant")).get(f"/cases/{unknown.case_no}/")
        assert "最晚的日子暂时算不出" in mine.content.decode()
        remind(by=PLATFORM)
        actions.approve(case_no=unknown.case_no, by=who("reviewer"))


def test_with_its_year_a_case_gets_its_days() -> None:
    with on(NEW_YEARS_EVE):
        under_review()
        assert not KeptOutlook.objects.get().is_derived
        days = [date(2028, 1, 1) + place * A_DAY for place in range(90)]
        rows = [
            {"date": f"{day}", "is_workday": str(int(day.weekday() < 5)), "status": "official"}
            for day in days
        ]
        load_working_days(rows=rows, by=PLATFORM)
        assert check_outlooks(by=PLATFORM) == []  # it was not wrong
        assert KeptOutlook.objects.get().is_derived


def test_only_the_platform_derives() -> None:
    for derive in (check_outlooks, derive_outlooks):
        with pytest.raises(Refused):
            derive(by=who("supervisor"))
