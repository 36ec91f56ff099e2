"""Sessions, slots and how long it takes: over any hours, not only those of a sample."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from diebian.kernel.clock import CITY_TIME
from diebian.scenes.halls.places.hours import opens_next, sessions, slots
from diebian.scenes.halls.queue.estimating import ENOUGH, estimate
from diebian.standards.calendar import WorkingCalendar

MOMENTS = st.lists(st.times(), min_size=2, max_size=8, unique=True).map(sorted)
DAY = date(2026, 11, 25)
SPANS = st.lists(st.timedeltas(timedelta(seconds=1), timedelta(hours=3)), max_size=30)


def _hours(moments: list[time]) -> list[str]:
    told = [f"{one:%H:%M}" for one in moments]
    return [f"{a}-{b}" for a, b in zip(told[::2], told[1::2], strict=False)]


@given(MOMENTS, st.integers(5, 240))
def test_slots_lie_within_sessions_and_never_on_each_other(
    moments: list[time], length: int
) -> None:
    hours, step = _hours(moments), timedelta(minutes=length)
    begins = [datetime.combine(DAY, at) for at in slots(hours, length)]
    assert all(later - earlier >= step for earlier, later in pairwise(begins))
    open_times = [
        (datetime.combine(DAY, one.opens), datetime.combine(DAY, one.closes))
        for one in sessions(hours)
    ]
    for at in begins:
        assert any(opens <= at and at + step <= closes for opens, closes in open_times)


@given(SPANS, st.integers(0, 200), st.integers(0, 20))
def test_more_before_takes_no_less_and_more_windows_no_longer(
    services: list[timedelta], ahead: int, windows: int
) -> None:
    told = estimate(services, ahead=ahead, windows=windows)
    if len(services) < ENOUGH or windows == 0:
        assert told is None
        return
    longer = estimate(services, ahead=ahead + 1, windows=windows)
    sooner = estimate(services, ahead=ahead, windows=windows + 1)
    assert told is not None
    assert longer is not None
    assert sooner is not None
    assert 0 <= told.least <= told.most <= longer.most
    assert sooner.most <= told.most


def test_a_hall_that_is_closed_opens_on_the_next_working_day_that_is_known() -> None:
    friday = datetime(2026, 11, 27, tzinfo=CITY_TIME)
    days = [friday.date() + timedelta(days=after) for after in range(4)]
    calendar = WorkingCalendar({day: day.weekday() < 5 for day in days})
    hours = ["08:30-11:30", "13:00-16:30"]
    early, late = friday.replace(hour=7), friday.replace(hour=17)
    assert opens_next(hours, calendar, early) == friday.replace(hour=8, minute=30)
    monday = friday.replace(day=30, hour=8, minute=30)
    assert opens_next(hours, calendar, late) == monday
    assert opens_next(hours, calendar, monday.replace(hour=18)) is None
