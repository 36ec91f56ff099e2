"""The clock against a walk through the days, one by one, over random calendars and events.

The walk shares no code with the clock: it looks at a day, asks whether somebody worked and whether
the clock stood, and goes on to the next.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diebian.standards.calendar import UnknownYear, WorkingCalendar
from diebian.standards.deadlines import Card, Event, Kind, Rule, State, Unit, compute
from diebian.standards.procedures import DECIDED_WITHIN, EXTENSION, PROCEDURES, Handling, Procedure
from diebian.standards.sharing import Limit

FIRST, LAST = date(2026, 1, 1), date(2028, 12, 31)
A_DAY = timedelta(days=1)
ALL = [FIRST + A_DAY * place for place in range((LAST - FIRST).days + 1)]
WEEKDAYS = {day: day.weekday() < 5 for day in ALL}
ENDS = {
    Kind.SUPPLEMENT_ASKED: Kind.SUPPLEMENT_DONE,
    Kind.PAUSED: Kind.RESUMED,
    Kind.SUSPENDED: Kind.SUSPENSION_ENDED,
}


@dataclass(frozen=True)
class Told:
    """A whole story: a calendar, a rule, what happened, and the day on which it is asked."""

    works: dict[date, bool]
    provisional: frozenset[int]
    rule: Rule
    events: list[Event]
    today: date

    @property
    def calendar(self) -> WorkingCalendar:
        return WorkingCalendar(self.works, self.provisional)

    @property
    def accepted(self) -> date:
        return next(one.on for one in self.events if one.kind == Kind.ACCEPTED)

    @property
    def until(self) -> date:
        decided = [one.on for one in self.events if one.kind == Kind.DECIDED]
        return decided[0] if decided else max(self.today, self.accepted)


@st.composite
def calendars(draw: st.DrawFn) -> dict[date, bool]:
    """Weekends off, and then notices that turn days round: whole weeks off, weekends worked."""
    works = dict(WEEKDAYS)
    for start in draw(st.lists(st.sampled_from(ALL[:700]), max_size=6)):
        for place in range(draw(st.integers(1, 9))):
            works[start + A_DAY * place] = False
    for day in draw(st.lists(st.sampled_from(ALL[:700]), max_size=8)):
        works[day] = True
    return works


@st.composite
def stories(draw: st.DrawFn) -> Told:
    extension = draw(st.sampled_from([None, *EXTENSION.values()]))
    days = st.integers(0, 6) | st.integers(7, 45)  # short ones often end where a stop begins
    rule = Rule(
        draw(st.integers(1, 6) | st.integers(7, 45)),
        draw(st.sampled_from(list(Unit))),
        draw(days),
        "样例",
        extension,
    )
    accepted = draw(st.sampled_from(ALL[:500]))
    events = [Event(Kind.ACCEPTED, accepted)]
    day = accepted
    kinds = [*ENDS, *ENDS.values(), Kind.EXTENDED]
    for kind in draw(st.lists(st.sampled_from(kinds), max_size=8)):
        day += A_DAY * draw(st.integers(0, 3) | st.integers(4, 12))
        cause = draw(st.sampled_from(list(Procedure))) if kind == Kind.PAUSED else ""
        events.append(Event(kind, day, cause, draw(st.integers(0, 20))))
    day += A_DAY * draw(st.integers(0, 40))
    if draw(st.booleans()):
        events.append(Event(Kind.DECIDED, day))
        day += A_DAY * draw(st.integers(0, 40))
    years = draw(st.frozensets(st.integers(2026, 2028)))
    return Told(draw(calendars()), years, rule, events, day)


@settings(max_examples=400)
@given(stories())
def test_the_clock_agrees_with_a_walk_through_the_days_and_says_which_are_provisional(
    told: Told,
) -> None:
    clock = compute(told.events, told.rule, today=told.today, calendar=told.calendar)
    promised, statutory = walked_dues(told)
    assert (clock.promised_due, clock.statutory_due) == (promised, statutory)
    away = away_days(told)
    days = [day for day in ALL if told.accepted < day <= told.until]
    assert clock.used == sum(told.works[day] and day not in away for day in days)
    assert clock.is_past_promise == (told.until > promised)
    assert clock.is_past_statute == (told.until > statutory)
    if clock.state == State.OVERDUE:
        assert clock.card == Card.RED
    for due, is_provisional in (
        (promised, clock.is_promise_provisional),
        (statutory, clock.is_statute_provisional),
    ):
        through = {day.year for day in ALL if told.accepted <= day <= due}
        assert is_provisional == bool(through & told.provisional)


@given(stories(), st.sampled_from(list(Handling)), st.integers(1, 60))
def test_what_is_handled_jointly_has_its_own_days_and_its_own_extension(
    told: Told, handling: Handling, more: int
) -> None:
    """第四十二条: 20 and 10, jointly 45 and 15; the longer wish is cut to what the law lets."""
    law, extension = DECIDED_WITHIN[handling], EXTENSION[handling]
    rule = Rule(law.days, Unit.WORKDAY, law.days, law.source, extension)
    extended = Event(Kind.EXTENDED, told.accepted, days=more)
    events = [told.events[0], extended, *(one for one in told.events[1:] if one.kind in ENDS)]
    story = replace(told, rule=rule, events=events)
    clock = compute(story.events, rule, today=story.today, calendar=told.calendar)
    assert (clock.promised_due, clock.statutory_due) == walked_dues(story)
    assert clock.extended == min(more, {Handling.SINGLE: 10, Handling.JOINT: 15}[handling])
    plain = replace(story, events=events[:1])
    due = walked(plain, told.accepted, law.days, Unit.WORKDAY, set())
    bare = compute(plain.events, rule, today=told.accepted, calendar=told.calendar)
    assert bare.statutory_due == due


@given(stories())
def test_each_stop_says_why_and_until_when_and_whether_it_lasts_too_long(told: Told) -> None:
    clock = compute(told.events, told.rule, today=told.today, calendar=told.calendar)
    for stop in clock.stops:
        begun = [
            one
            for one in told.events
            if one.kind == stop.kind and max(one.on, told.accepted) == stop.since
            and one.cause == stop.cause
        ]  # fmt: skip
        lasted = sum(told.works[day] for day in ALL if stop.since < day <= stop.until)
        if stop.told is None:
            assert any(not one.days for one in begun)
        elif not stop.is_over_told:  # two may begin on one day
            assert any(lasted <= one.days for one in begun if one.days)
        bound = PROCEDURES[Procedure(stop.cause)].bound if stop.cause else None
        assert stop.is_over_bound == (bound is not None and lasted_past(told, stop.since, bound))


def lasted_past(told: Told, since: date, bound: Limit) -> bool:
    """Whether a stop was still there after the last of the days that the law gives it."""
    end, left = since, bound.days
    while left:
        end += A_DAY
        left -= told.works[end]
    return any(day > end for day in away_from(told, since))


def away_from(told: Told, since: date) -> list[date]:
    clock = compute(told.events, told.rule, today=told.today, calendar=told.calendar)
    ends = [stop.until for stop in clock.stops if stop.since == since and stop.cause]
    return [day for day in ALL if since < day <= max(ends, default=since)]


def test_a_stop_that_begins_after_the_last_day_makes_nothing_timely() -> None:
    works = dict(WEEKDAYS)
    rule = Rule(5, Unit.WORKDAY, 5, "样例")
    events = [
        Event(Kind.ACCEPTED, date(2026, 3, 2)),
        Event(Kind.PAUSED, date(2026, 3, 10), Procedure.HEARING, 10),
    ]
    clock = compute(events, rule, today=date(2026, 3, 20), calendar=WorkingCalendar(works))
    assert clock.statutory_due == date(2026, 3, 9)
    assert (clock.state, clock.card) == (State.STOPPED, Card.RED)


def test_an_extension_moves_the_law_once_and_leaves_a_shorter_promise() -> None:
    works = dict(WEEKDAYS)
    limit = EXTENSION[Handling.SINGLE]
    accepted, day = Event(Kind.ACCEPTED, date(2026, 3, 2)), date(2026, 3, 20)
    twice = [accepted, *[Event(Kind.EXTENDED, day, days=99)] * 2]
    calendar = WorkingCalendar(works)
    clock = compute(twice, Rule(20, Unit.WORKDAY, 8, "", limit), today=day, calendar=calendar)
    assert clock.extended == limit.days
    assert clock.statutory_due == calendar.add(date(2026, 3, 2), 30)
    assert clock.promised_due == calendar.add(date(2026, 3, 2), 8)
    alike = compute(twice, Rule(20, Unit.WORKDAY, 20, "", limit), today=day, calendar=calendar)
    assert alike.promised_due == alike.statutory_due
    without = compute(twice, Rule(20, Unit.WORKDAY, 20, ""), today=day, calendar=calendar)
    assert without.statutory_due == calendar.add(date(2026, 3, 2), 20)


@pytest.mark.parametrize(
    ("day", "card"),
    [
        (date(2026, 3, 2), Card.NONE),
        (date(2026, 3, 11), Card.NONE),  # three of ten are left
        (date(2026, 3, 12), Card.YELLOW),  # two of ten are left
        (date(2026, 3, 17), Card.YELLOW),  # past the promise, not past the law
        (date(2026, 3, 31), Card.RED),
    ],
)
def test_yellow_is_near_or_past_the_promise_and_red_is_past_the_law(day: date, card: Card) -> None:
    works = dict(WEEKDAYS)
    rule = Rule(20, Unit.WORKDAY, 10, "样例")
    events = [Event(Kind.ACCEPTED, date(2026, 3, 2))]
    assert compute(events, rule, today=day, calendar=WorkingCalendar(works)).card == card


def test_a_hearing_that_lasts_beyond_its_bound_is_red_while_the_clock_stands() -> None:
    works = dict(WEEKDAYS)
    rule, day = Rule(20, Unit.WORKDAY, 20, "样例"), date(2026, 3, 3)
    events = [Event(Kind.ACCEPTED, day), Event(Kind.PAUSED, day, Procedure.HEARING, 20)]
    calendar = WorkingCalendar(works)
    clocks = [
        compute(events, rule, today=calendar.add(day, days), calendar=calendar) for days in (20, 21)
    ]
    assert [clock.card for clock in clocks] == [Card.NONE, Card.RED]
    [stop] = clocks[1].stops
    assert stop.title == "特别程序：听证"
    assert stop.bound is not None
    assert stop.bound.source == "行政许可法 第四十七条"


def test_an_inspection_has_to_begin_within_five_days_of_acceptance() -> None:
    works = dict(WEEKDAYS)
    rule, calendar = Rule(20, Unit.WORKDAY, 20, ""), WorkingCalendar(works)
    for days, is_late in ((5, False), (6, True)):
        begun = calendar.add(date(2026, 3, 2), days)
        events = [
            Event(Kind.ACCEPTED, date(2026, 3, 2)),
            Event(Kind.PAUSED, begun, Procedure.INSPECTION, 3),
        ]
        [stop] = compute(events, rule, today=begun, calendar=calendar).stops
        assert stop.is_begun_late is is_late


def test_an_end_in_a_year_without_any_calendar_is_not_guessed() -> None:
    works = {day: True for day in ALL if day.year == 2026}
    events = [Event(Kind.ACCEPTED, date(2026, 12, 20))]
    rule = Rule(20, Unit.WORKDAY, 20, "样例")
    with pytest.raises(UnknownYear):
        compute(events, rule, today=date(2026, 12, 21), calendar=WorkingCalendar(works))


def away_days(told: Told) -> set[date]:
    """Days at whose beginning a stop was there, as far as the story goes."""
    away: set[date] = set()
    standing: set[Kind] = set()
    first = min(event.on for event in told.events)
    for day in ALL:
        if day < first:
            continue
        if day > told.until:
            break
        if standing and day > told.accepted:
            away.add(day)
        for event in told.events:
            if event.on != day:
                continue
            if event.kind in ENDS:
                standing.add(event.kind)
            standing = {kind for kind in standing if ENDS[kind] != event.kind}
            if event.kind == Kind.DECIDED:
                return away
    return away


def walked_dues(told: Told) -> tuple[date, date]:
    rule, away = told.rule, away_days(told)
    statutory = walked(told, told.accepted, rule.statutory_days, rule.statutory_unit, away)
    promised = walked(told, told.accepted, rule.promised_days, Unit.WORKDAY, away)
    more = granted(told.events, rule, statutory)
    longer = statutory
    if more and rule.statutory_unit == Unit.WORKDAY:
        days = rule.statutory_days + more
        longer = walked(told, told.accepted, days, Unit.WORKDAY, away)
    elif more:
        longer = walked(told, statutory, more, Unit.WORKDAY, away)
    return (promised if promised < statutory else longer), longer


def granted(events: Sequence[Event], rule: Rule, due: date) -> int:
    for event in events:
        if event.kind == Kind.EXTENDED:
            in_time = event.on <= due and rule.extension is not None
            return min(event.days, rule.extension.days) if in_time and rule.extension else 0
    return 0


def walked(told: Told, start: date, days: int, unit: Unit, away: set[date]) -> date:
    """Day by day: it counts unless the clock stands. The last is one on which somebody works and
    after which no stop goes on.
    """
    day, left = start, days
    while True:
        is_last = left <= 0 and told.works[day]
        if is_last and (day + A_DAY) not in away:
            return day
        day += A_DAY
        if day not in away and left > 0 and (unit == Unit.DAY or told.works[day]):
            left -= 1
