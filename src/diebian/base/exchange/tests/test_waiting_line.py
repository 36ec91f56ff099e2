"""A line in which nobody is passed over, nobody is let in early, and which has an end."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diebian.base.exchange.refusals import LineFull
from diebian.base.exchange.tickets import Ticket, TicketWrong, new_ticket, ticket_in
from diebian.base.exchange.waiting_line import LATE_SECONDS, SeasonTerms, WaitingLine

NOW = 1_800_000_000.0
WIDE = SeasonTerms(id=1, each_second=10, waiting_most=10_000, kept_seconds=0)


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    settings.DIEBIAN_DATA = tmp_path_factory.mktemp("data")


@given(st.lists(st.floats(0, 0.5), max_size=200), st.integers(1, 50))
def test_turns_come_in_the_order_of_coming_and_never_faster_than_the_system_bears(
    pauses: list[float], each_second: int
) -> None:
    line = WaitingLine(SeasonTerms(1, each_second, 10_000, 0))
    now, turns = NOW, list[float]()
    for pause in pauses:
        now += pause
        turns.append(line.turn("somebody", None, now).turn)
        assert turns[-1] >= now
    gaps = [later - earlier for earlier, later in pairwise(turns)]
    assert all(gap >= 1 / each_second - 1e-6 for gap in gaps)


def test_a_ticket_keeps_its_place_and_lets_in_once() -> None:
    line = WaitingLine(WIDE)
    places = [line.turn(f"p{number}", None, NOW) for number in range(50)]
    mine = places[40]
    assert line.send_off(mine, NOW).extra["place"] == 40
    later = NOW + 4
    shown = ticket_in(mine.text)
    assert line.turn("p40", shown, later).turn == pytest.approx(mine.turn, abs=0.001)
    line.admit(shown, later)
    assert line.turn("p40", shown, later).turn > places[-1].turn  # used: to the end


def test_somebody_elses_ticket_is_none() -> None:
    line = WaitingLine(WIDE)
    mine = line.turn("me", None, NOW)
    for number in range(30):
        line.turn(f"p{number}", None, NOW)
    assert line.turn("another", mine, NOW).turn > NOW + 2


def test_a_ticket_whose_moment_is_long_past_is_none() -> None:
    line = WaitingLine(WIDE)
    mine = line.turn("me", None, NOW)
    late = NOW + LATE_SECONDS + 1
    assert line.turn("me", mine, late).once != mine.once


def test_a_full_line_takes_nobody_until_it_has_moved() -> None:
    line = WaitingLine(SeasonTerms(1, 10, 20, 0))
    for number in range(20):
        line.turn(f"p{number}", None, NOW)
    with pytest.raises(LineFull) as refused:
        line.turn("late", None, NOW)
    assert refused.value.extra == {"retry_after": 60}
    assert line.counted["turned_away"] == 1
    assert line.turn("late", None, NOW + 1).turn > NOW + 1


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
