"""The clock in 2026: 调休 weekends, National Day, silence, supplements."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diebian.standards.calendar import UnknownYear, WorkingCalendar
from diebian.standards.deadlines import Event, Kind, Rule, State, Unit, compute

ROOT = Path(__file__).parents[4]
[NOTICE] = sorted(ROOT.glob("cities/*/holidays_2026.csv"))[:1]
with NOTICE.open(newline="") as _file:
    CALENDAR = WorkingCalendar(
        {date.fromisoformat(row["date"]): row["is_workday"] == "1" for row in csv.DictReader(_file)}
    )
TEN = Rule(20, Unit.WORKDAY, 10, "行政许可法 第四十二条")
THREE_DAYS = Rule(3, Unit.DAY, 3, "样例条例 第二十五条")
IN_2026 = st.dates(date(2026, 1, 5), date(2026, 11, 30))


def test_the_weekend_before_national_day_is_worked_and_the_holiday_is_not() -> None:
    assert CALENDAR.is_workday(date(2026, 9, 20))  # a Sunday, 调休
    assert not CALENDAR.is_workday(date(2026, 10, 7))
    assert CALENDAR.is_workday(date(2026, 10, 10))  # a Saturday, 调休


def test_ten_working_days_run_across_national_day() -> None:
    clock = at(date(2026, 9, 30), (Kind.RECEIVED, 9, 28), (Kind.ACCEPTED, 9, 28))
    # 29, 30 September; 8, 9, 10 (worked Saturday), 12, 13, 14, 15, 16 October
    assert clock.promised_due == date(2026, 10, 16)
    assert (clock.used, clock.state) == (2, State.RUNNING)


def test_a_supplement_stops_the_clock_and_it_goes_on() -> None:
    events = [(Kind.RECEIVED, 9, 28), (Kind.ACCEPTED, 9, 28), (Kind.SUPPLEMENT_ASKED, 9, 29)]
    stopped = at(date(2026, 10, 8), *events)
    assert (stopped.state, stopped.used) == (State.STOPPED, 1)
    on = at(date(2026, 10, 9), *events, (Kind.SUPPLEMENT_DONE, 10, 9))
    assert on.promised_due == date(2026, 10, 21)  # 30 September, 8 and 9 October did not count
    assert on.state == State.RUNNING


def test_silence_of_five_working_days_accepts_as_of_receipt() -> None:
    waiting = at(date(2026, 10, 12), (Kind.RECEIVED, 9, 29))
    assert waiting.state == State.NOT_ACCEPTED
    assert waiting.accept_by == date(2026, 10, 12)
    silent = at(date(2026, 10, 13), (Kind.RECEIVED, 9, 29))
    assert silent.deemed
    assert silent.accepted_on == date(2026, 9, 29)


def test_three_calendar_days_that_end_in_the_holiday_end_after_it() -> None:
    events = [Event(Kind.RECEIVED, date(2026, 9, 29)), Event(Kind.ACCEPTED, date(2026, 9, 29))]
    clock = compute(events, THREE_DAYS, today=date(2026, 9, 29), calendar=CALENDAR)
    assert clock.statutory_due == date(2026, 10, 8)


def test_a_year_without_a_notice_is_not_guessed() -> None:
    with pytest.raises(UnknownYear):
        CALENDAR.add(date(2028, 1, 4), 3)


@given(IN_2026, st.integers(1, 40))
def test_adding_then_counting_gives_the_days_back(day: date, count: int) -> None:
    end = CALENDAR.add(day, count)
    assert CALENDAR.is_workday(end)
    assert CALENDAR.between(day, end) == count


@given(IN_2026, st.integers(0, 30), st.integers(0, 30))
def test_a_stop_never_brings_the_end_nearer(accepted: date, after: int, length: int) -> None:
    since = accepted + timedelta(days=after)
    until = since + timedelta(days=length)
    plain = [Event(Kind.RECEIVED, accepted), Event(Kind.ACCEPTED, accepted)]
    stop = [Event(Kind.PAUSED, since), Event(Kind.RESUMED, until)]
    without = compute(plain, TEN, today=until, calendar=CALENDAR)
    with_stop = compute([*plain, *stop], TEN, today=until, calendar=CALENDAR)
    assert without.promised_due is not None
    assert with_stop.promised_due is not None
    assert with_stop.promised_due >= without.promised_due
    assert with_stop.used <= without.used


@given(IN_2026, st.integers(0, 60))
def test_the_promise_is_never_later_than_the_law(accepted: date, later: int) -> None:
    events = [Event(Kind.RECEIVED, accepted), Event(Kind.ACCEPTED, accepted)]
    clock = compute(events, TEN, today=accepted + timedelta(days=later), calendar=CALENDAR)
    assert clock.promised_due is not None
    assert clock.statutory_due is not None
    assert clock.promised_due <= clock.statutory_due
    assert CALENDAR.is_workday(clock.statutory_due)


def at(today: date, *happened: tuple[Kind, int, int]):  # type: ignore[no-untyped-def]
    events = [Event(kind, date(2026, month, day)) for kind, month, day in happened]
    return compute(events, TEN, today=today, calendar=CALENDAR)
