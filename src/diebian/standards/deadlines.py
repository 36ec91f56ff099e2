"""The statutory clock: a pure function of what happened. Nothing is counted down or stored.

行政许可法 第三十二条: told once within 5 working days what is missing, else accepted as
of receipt; 第四十二条: the decision period runs from acceptance; 第四十五条: special
procedures are not counted; 第八十二条: periods are working days. Other laws write 日: the
unit belongs to the rule.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .calendar import WorkingCalendar

INTAKE_DAYS = 5  # 行政许可法 第三十二条


class Unit(StrEnum):
    WORKDAY = "workday"
    DAY = "day"


class Kind(StrEnum):
    RECEIVED = "received"
    ACCEPTED = "accepted"
    SUPPLEMENT_ASKED = "supplement_asked"
    SUPPLEMENT_DONE = "supplement_done"
    PAUSED = "paused"
    RESUMED = "resumed"
    DECIDED = "decided"


STOPS = {Kind.SUPPLEMENT_ASKED, Kind.PAUSED}
GOES_ON = {Kind.SUPPLEMENT_DONE, Kind.RESUMED, Kind.DECIDED}


class State(StrEnum):
    NOT_ACCEPTED = "not_accepted"
    RUNNING = "running"
    STOPPED = "stopped"
    LATE_ON_PROMISE = "late_on_promise"
    OVERDUE = "overdue"
    ENDED = "ended"


@dataclass(frozen=True)
class Rule:
    """Legal numbers are data: they come with the item, and `source` names the article."""

    statutory_days: int
    statutory_unit: Unit
    promised_days: int
    source: str


@dataclass(frozen=True)
class Event:
    kind: Kind
    on: date


@dataclass(frozen=True)
class Clock:
    state: State
    accept_by: date | None = None
    accepted_on: date | None = None
    deemed: bool = False  # accepted by silence, as of the day of receipt
    promised_due: date | None = None
    statutory_due: date | None = None
    used: int = 0  # working days, stops not counted
    left: int = 0  # working days to the promised date
    stops: tuple[tuple[date, date], ...] = ()

    @property
    def is_on_time(self) -> bool:
        return self.state not in {State.OVERDUE, State.LATE_ON_PROMISE}


def compute(
    events: Sequence[Event], rule: Rule, *, today: date, calendar: WorkingCalendar
) -> Clock:
    """What the desk and the person see on `today`."""
    happened = sorted(events, key=lambda event: event.on)
    received, ended = _first(happened, Kind.RECEIVED), _first(happened, Kind.DECIDED)
    accepted, deemed = _acceptance(happened, today=today, calendar=calendar)
    if accepted is None:
        by = calendar.add(received, INTAKE_DAYS) if received else None
        return Clock(State.NOT_ACCEPTED, accept_by=by)
    stops, is_stopped = _stops(happened, accepted, today)
    until = ended or max(today, accepted)
    promised = _due(accepted, rule.promised_days, Unit.WORKDAY, stops, calendar)
    statutory = _due(accepted, rule.statutory_days, rule.statutory_unit, stops, calendar)
    promised = min(promised, statutory)
    return Clock(
        state=_state(until, promised, statutory, is_ended=bool(ended), is_stopped=is_stopped),
        accepted_on=accepted,
        deemed=deemed,
        promised_due=promised,
        statutory_due=statutory,
        used=calendar.between(accepted, until) - _stopped_days(stops, accepted, until, calendar),
        left=0 if ended else calendar.between(until, promised),
        stops=stops,
    )


def was_on_time(clock: Clock, ended_on: date) -> bool:
    return clock.promised_due is not None and ended_on <= clock.promised_due


def _acceptance(
    events: Sequence[Event], *, today: date, calendar: WorkingCalendar
) -> tuple[date | None, bool]:
    received, accepted = _first(events, Kind.RECEIVED), _first(events, Kind.ACCEPTED)
    asked = _first(events, Kind.SUPPLEMENT_ASKED)
    if received is None:
        return accepted, False
    last = calendar.add(received, INTAKE_DAYS)
    is_silent = asked is None or asked > last
    if is_silent and (accepted or today) > last:
        return received, True
    return accepted, False


def _stops(
    events: Sequence[Event], accepted: date, today: date
) -> tuple[tuple[tuple[date, date], ...], bool]:
    """Recorded intervals after acceptance. An open one lasts to today: the date shown moves."""
    stops: list[tuple[date, date]] = []
    since: date | None = None
    for event in events:
        if event.kind in STOPS and since is None:
            since = event.on
        elif event.kind in GOES_ON and since is not None:
            stops.append((max(since, accepted), max(event.on, accepted)))
            since = None
    if since is not None:
        stops.append((max(since, accepted), max(today, accepted)))
    return tuple(stops), since is not None


def _due(
    start: date,
    days: int,
    unit: Unit,
    stops: Sequence[tuple[date, date]],
    calendar: WorkingCalendar,
) -> date:
    if unit == Unit.DAY:
        pushed = sum((until - since).days for since, until in stops)
        return calendar.on_or_after(start + timedelta(days=days + pushed))
    pushed = sum(calendar.between(since, until) for since, until in stops)
    return calendar.add(start, days + pushed)


def _stopped_days(
    stops: Sequence[tuple[date, date]], start: date, until: date, calendar: WorkingCalendar
) -> int:
    return sum(calendar.between(max(a, start), min(b, until)) for a, b in stops if a < until)


def _state(
    until: date, promised: date, statutory: date, *, is_ended: bool, is_stopped: bool
) -> State:
    if is_ended:
        return State.ENDED
    if is_stopped:
        return State.STOPPED
    if until > statutory:
        return State.OVERDUE
    return State.LATE_ON_PROMISE if until > promised else State.RUNNING


def _first(events: Sequence[Event], kind: Kind) -> date | None:
    return next((event.on for event in events if event.kind == kind), None)
