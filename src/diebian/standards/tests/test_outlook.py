"""What is foreseen of a card is what the clock says when the day has come."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from diebian.standards.calendar import WorkingCalendar
from diebian.standards.deadlines import Card, Event, Kind, Rule, Unit, compute
from diebian.standards.outlook import outlook

from .test_clock_walked import WEEKDAYS, Told, stories

PLAIN = WorkingCalendar(WEEKDAYS)
FEW_DAYS = st.lists(st.integers(0, 90), min_size=1, max_size=8)


@st.composite
def begun(draw: st.DrawFn) -> Told:
    """Any story without its end; some were received before, some of those nobody ever accepted."""
    told = draw(stories())
    events = [event for event in told.events if event.kind != Kind.DECIDED]
    if draw(st.booleans()):
        return replace(told, events=events)
    if draw(st.booleans()):
        received = max(events[0].on - timedelta(days=draw(st.integers(0, 12))), date(2026, 1, 1))
        return replace(told, events=[Event(Kind.RECEIVED, received), *events])
    return replace(told, events=[Event(Kind.RECEIVED, events[0].on), *events[1:]])


@settings(max_examples=200)
@given(begun(), FEW_DAYS)
def test_the_card_of_every_later_day_is_foreseen(told: Told, later: list[int]) -> None:
    calendar = told.calendar
    ahead = outlook(told.events, told.rule, calendar)
    last = max(event.on for event in told.events)
    turns = [day for day in (ahead.yellow_from, ahead.red_from) if day is not None]
    days = {last + timedelta(days=days) for days in later}
    days |= {day for turn in turns for day in (turn, turn - timedelta(days=1)) if day >= last}
    for day in days:
        clock = compute(told.events, told.rule, today=day, calendar=calendar)
        assert ahead.card_on(day) == clock.card, day


def test_silence_accepts_and_the_card_follows_from_receipt() -> None:
    events = [Event(Kind.RECEIVED, date(2026, 3, 2))]  # a Monday
    ahead = outlook(events, Rule(5, Unit.WORKDAY, 5, "样例"), PLAIN)
    assert ahead.clock.deemed
    assert (ahead.yellow_from, ahead.red_from) == (date(2026, 3, 10), date(2026, 3, 10))


def test_what_waits_for_the_person_gets_no_card_by_itself() -> None:
    events = [
        Event(Kind.RECEIVED, date(2026, 3, 2)),
        Event(Kind.SUPPLEMENT_ASKED, date(2026, 3, 3)),
    ]
    ahead = outlook(events, Rule(5, Unit.WORKDAY, 5, "样例"), PLAIN)
    assert ahead.card_on(date(2027, 3, 1)) == Card.NONE
