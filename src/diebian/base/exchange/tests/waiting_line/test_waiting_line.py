"""A line in which nobody is passed over, nobody is let in early, and which has an end."""

from contextlib import suppress
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diebian.base.exchange.protocol.refusals import LineFull, TicketWrong
from diebian.base.exchange.waiting_line.line import LATE_SECONDS, SeasonTerms, WaitingLine
from diebian.base.exchange.waiting_line.tickets import Ticket, new_ticket, ticket_in

APP, OTHER = "app", "other"
NOW = 1_800_000_000.0
WIDE = SeasonTerms(id=1, each_second=10, waiting_most=10_000, kept_seconds=0, consumers=1)


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    settings.DIEBIAN_DATA = tmp_path_factory.mktemp("data")


@given(st.lists(st.floats(0, 0.5), max_size=200), st.integers(1, 50))
def test_turns_come_in_the_order_of_coming_and_never_faster_than_the_system_bears(
    pauses: list[float], each_second: int
) -> None:
    line = WaitingLine(SeasonTerms(1, each_second, 10_000, 0, 1))
    now, turns = NOW, list[float]()
    for number, pause in enumerate(pauses):
        now += pause
        turns.append(line.turn(APP, f"p{number}", None, now).turn)
        assert turns[-1] >= now
    gaps = [later - earlier for earlier, later in pairwise(turns)]
    assert all(gap >= 1 / each_second - 1e-6 for gap in gaps)


def test_a_ticket_keeps_its_place_and_lets_in_once() -> None:
    line = WaitingLine(WIDE)
    places = [line.turn(APP, f"p{number}", None, NOW) for number in range(50)]
    mine = places[40]
    assert line.send_off(APP, mine, NOW).extra["place"] == 40
    later = NOW + 4
    shown = ticket_in(mine.text)
    assert line.turn(APP, "p40", shown, later).turn == pytest.approx(mine.turn, abs=0.001)
    line.admit(APP, shown, later)
    assert line.turn(APP, "p40", shown, later).turn > places[-1].turn  # used: to the end


def test_somebody_elses_ticket_is_none() -> None:
    line = WaitingLine(WIDE)
    mine = line.turn(APP, "me", None, NOW)
    for number in range(30):
        line.turn(APP, f"p{number}", None, NOW)
    assert line.turn(APP, "another", mine, NOW).turn > NOW + 2


def test_a_ticket_whose_moment_is_long_past_is_none() -> None:
    line = WaitingLine(WIDE)
    mine = line.turn(APP, "me", None, NOW)
    late = NOW + LATE_SECONDS + 1
    assert line.turn(APP, "me", mine, late).once != mine.once


def test_a_full_line_takes_nobody_until_it_has_moved() -> None:
    line = WaitingLine(SeasonTerms(1, 10, 20, 0, 1))
    for number in range(20):
        line.turn(APP, f"p{number}", None, NOW)
    with pytest.raises(LineFull) as refused:
        line.turn(APP, "late", None, NOW)
    assert refused.value.extra == {"retry_after": 60}
    assert line.counted[APP, "turned_away"] == 1
    assert line.turn(APP, "late", None, NOW + 1).turn > NOW + 1


def test_who_asks_again_without_the_ticket_is_given_the_same_place() -> None:
    line = WaitingLine(SeasonTerms(1, 10, 20, 0, 1))
    mine = line.turn(APP, "me", None, NOW)
    again = [line.turn(APP, "me", None, NOW + second / 10) for second in range(100)]
    assert {one.once for one in again} == {mine.once}
    assert line.waiting(NOW) == 1
    assert line.turn(OTHER, "me", None, NOW).once != mine.once  # of another system: another holder


def test_after_being_let_in_or_coming_too_late_the_next_place_is_a_new_one() -> None:
    line = WaitingLine(WIDE)
    mine = line.turn(APP, "me", None, NOW)
    line.admit(APP, mine, NOW)
    second = line.turn(APP, "me", None, NOW)
    assert second.once != mine.once
    assert line.turn(APP, "me", None, second.turn + LATE_SECONDS + 1).once != second.once


def test_who_found_no_place_at_the_system_keeps_the_next_try_without_its_ticket_too() -> None:
    line = WaitingLine(WIDE)
    line.admit(APP, line.turn(APP, "me", None, NOW), NOW)
    next_try = line.next_try(APP, "me", NOW)
    for number in range(100):
        line.turn(APP, f"p{number}", None, NOW)
    assert line.turn(APP, "me", None, NOW + 1).once == next_try.once


@given(st.integers(1, 5), st.integers(1, 400), st.integers(0, 500))
def test_one_consumer_fills_its_share_and_the_others_find_theirs_free(
    consumers: int, most: int, asked: int
) -> None:
    terms = SeasonTerms(1, 10, most * consumers, 0, consumers)
    line = WaitingLine(terms)
    for number in range(asked):
        with suppress(LineFull):
            line.turn(APP, f"p{number}", None, NOW)
    assert line.waiting_of(APP, NOW) == min(asked, terms.share)
    for other in range(1, consumers):
        for number in range(most):
            assert line.turn(f"o{other}", f"p{number}", None, NOW)


def test_a_full_share_is_told_as_such_and_moves_with_the_line() -> None:
    line = WaitingLine(SeasonTerms(1, 10, 20, 0, 2))
    for number in range(10):
        line.turn(APP, f"p{number}", None, NOW)
    with pytest.raises(LineFull) as refused:
        line.turn(APP, "late", None, NOW)
    assert "已有 10 人在排" in refused.value.told
    assert line.turn(OTHER, "late", None, NOW)
    assert line.turn(APP, "late", None, NOW + 1)


def test_places_that_are_over_are_not_kept_in_memory() -> None:
    line = WaitingLine(SeasonTerms(1, 1000, 10_000, 0, 1))
    for number in range(5000):
        line.turn(APP, f"p{number}", None, NOW)
    line.turn(APP, "last", None, NOW + 5 + LATE_SECONDS + 1)
    assert len(line._open) == 1
    assert line.waiting_of(APP, NOW + 5 + LATE_SECONDS + 1) == 1


@pytest.mark.parametrize(
    "wrong", ["", "x", "1-2.h.o", "1-2.h.o.", "1-2.h.o.mark", "a.b.c.d.e", "号"]
)
def test_what_we_did_not_write_is_no_ticket(wrong: str) -> None:
    with pytest.raises(TicketWrong):
        ticket_in(wrong)


def test_an_earlier_moment_cannot_be_written_into_a_ticket() -> None:
    true = new_ticket(1, NOW + 600, "me")
    early = Ticket(1, NOW, "me", true.once).text
    with pytest.raises(TicketWrong):
        ticket_in(early.rpartition(".")[0] + "." + true.text.rpartition(".")[2])
    assert ticket_in(true.text) == true
