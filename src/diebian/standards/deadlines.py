"""The statutory clock: a pure function of what happened. Nothing is counted down or stored.

行政许可法 第三十二条: told once within 5 working days what is missing, else accepted as
of receipt; 第四十二条: the decision period runs from acceptance and is extended once; 第四十五条:
special procedures are not counted; 第八十二条: periods are working days. Other laws write 日: the
unit belongs to the rule.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .calendar import WorkingCalendar
from .sharing import Limit
from .stops import ENDS, STOPS, Happened, Stop, not_counted, stops_of

INTAKE_DAYS = 5  # 行政许可法 第三十二条
NEAR_PARTS = 5  # near: a fifth of the promised days is left; this project's own


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
    SUSPENDED = "suspended"
    SUSPENSION_ENDED = "suspension_ended"
    EXTENDED = "extended"
    DECIDED = "decided"


class State(StrEnum):
    NOT_ACCEPTED = "not_accepted"
    RUNNING = "running"
    STOPPED = "stopped"
    LATE_ON_PROMISE = "late_on_promise"
    OVERDUE = "overdue"
    ENDED = "ended"
    UNKNOWN = "unknown"  # its days go through a year that has no calendar yet


class Card(StrEnum):
    NONE = ""
    YELLOW = "yellow"
    RED = "red"


@dataclass(frozen=True)
class Rule:
    """Legal numbers are data: they come with the item, and `source` names the article."""

    statutory_days: int
    statutory_unit: Unit
    promised_days: int
    source: str
    extension: Limit | None = None  # None: its law knows none


@dataclass(frozen=True)
class Event:
    """`cause` and `days`: of a stop what for and how long was told, of an extension how long."""

    kind: Kind
    on: date
    cause: str = ""
    days: int = 0


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
    stops: tuple[Stop, ...] = ()
    extended: int = 0  # working days that the end was moved by
    is_past_promise: bool = False
    is_past_statute: bool = False
    provisional: frozenset[date] = frozenset()  # of these days those that a notice may still move

    @property
    def is_on_time(self) -> bool:
        """As far as today; of what is decided for good."""
        return not self.is_past_promise

    @property
    def is_promise_provisional(self) -> bool:
        return self.promised_due in self.provisional

    @property
    def is_statute_provisional(self) -> bool:
        return self.statutory_due in self.provisional

    @property
    def open_stop(self) -> Stop | None:
        return next((stop for stop in self.stops if stop.is_open), None)

    @property
    def card(self) -> Card:
        """Red past the law, of the whole or of a stop; yellow past the promise or near it."""
        if self.is_past_statute or any(stop.is_over_bound and stop.is_open for stop in self.stops):
            return Card.RED
        told = any(stop.is_over_told and stop.is_open for stop in self.stops)
        if self.is_past_promise or told or self._is_near:
            return Card.YELLOW
        return Card.NONE

    @property
    def _is_near(self) -> bool:
        is_running = self.state == State.RUNNING
        return is_running and self.left * NEAR_PARTS <= self.used + self.left


def compute(
    events: Sequence[Event], rule: Rule, *, today: date, calendar: WorkingCalendar
) -> Clock:
    """What the desk and the person see on `today`."""
    happened = sorted(events, key=lambda event: event.on)
    received, ended = _first(happened, Kind.RECEIVED), _first(happened, Kind.DECIDED)
    accepted, deemed = _acceptance(happened, today=today, calendar=calendar)
    if accepted is None:
        by = calendar.add(received, INTAKE_DAYS) if received else None
        unsure = _provisional(received, [by], calendar)
        return Clock(State.NOT_ACCEPTED, accept_by=by, provisional=unsure)
    until = ended or max(today, accepted)
    stops = stops_of(_stopping(happened, until), accepted, until, calendar)
    away = not_counted(stops)
    statutory = _due(accepted, rule.statutory_days, rule.statutory_unit, away, calendar)
    promised = _due(accepted, rule.promised_days, Unit.WORKDAY, away, calendar)
    more = _extension(happened, rule, statutory)
    longer = _moved(accepted, rule, more, away, calendar) if more else statutory
    # A shorter promise stands: the law's days are what was extended.
    promised = promised if promised < statutory else longer
    told = [end for stop in stops for end in (stop.told, stop.bound_on)]
    away_days = sum(calendar.between(since, min(end, until)) for since, end in away)
    return Clock(
        state=_state(until, promised, longer, is_ended=bool(ended), stops=stops),
        accepted_on=accepted,
        deemed=deemed,
        promised_due=promised,
        statutory_due=longer,
        used=calendar.between(accepted, until) - away_days,
        left=0 if ended else calendar.between(until, promised),
        stops=stops,
        extended=more,
        is_past_promise=until > promised,
        is_past_statute=until > longer,
        provisional=_provisional(accepted, [promised, longer, *told], calendar),
    )


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


def _stopping(events: Sequence[Event], until: date) -> list[Happened]:
    return [
        Happened(event.kind, event.on, event.cause, event.days)
        for event in events
        if event.on <= until and (event.kind in STOPS or event.kind in ENDS)
    ]


def _due(
    start: date,
    days: int,
    unit: Unit,
    away: Sequence[tuple[date, date]],
    calendar: WorkingCalendar,
) -> date:
    """A stop moves the end when it begins while there is time; one that begins later does not."""
    at, left = start, days
    for since, until in away:
        if since > _end(at, left, unit, calendar):
            break
        left -= min(left, _passed(at, since, unit, calendar))
        at = until
    return _end(at, left, unit, calendar)


def _end(at: date, left: int, unit: Unit, calendar: WorkingCalendar) -> date:
    if unit == Unit.DAY:
        return calendar.on_or_after(at + timedelta(days=left))
    return calendar.add(at, left) if left else calendar.on_or_after(at)


def _passed(since: date, until: date, unit: Unit, calendar: WorkingCalendar) -> int:
    return (until - since).days if unit == Unit.DAY else calendar.between(since, until)


def _extension(events: Sequence[Event], rule: Rule, due: date) -> int:
    """Once, while there is time, and never longer than its law lets it be."""
    first = next((event for event in events if event.kind == Kind.EXTENDED), None)
    if first is None or rule.extension is None or first.on > due:
        return 0
    return min(first.days, rule.extension.days)


def _moved(
    start: date,
    rule: Rule,
    more: int,
    away: Sequence[tuple[date, date]],
    calendar: WorkingCalendar,
) -> date:
    """The whole period anew: a stop that begins in the added days moves the end as well."""
    if rule.statutory_unit == Unit.WORKDAY:
        return _due(start, rule.statutory_days + more, Unit.WORKDAY, away, calendar)
    due = _due(start, rule.statutory_days, Unit.DAY, away, calendar)
    later = [(since, until) for since, until in away if since > due]
    return _due(due, more, Unit.WORKDAY, later, calendar)


def _state(
    until: date, promised: date, statutory: date, *, is_ended: bool, stops: Sequence[Stop]
) -> State:
    if is_ended:
        return State.ENDED
    if any(stop.is_open for stop in stops):
        return State.STOPPED
    if until > statutory:
        return State.OVERDUE
    return State.LATE_ON_PROMISE if until > promised else State.RUNNING


def _provisional(
    start: date | None, ends: Sequence[date | None], calendar: WorkingCalendar
) -> frozenset[date]:
    """Those that are counted through a year whose notice is not out: 调休 may still move them."""
    return frozenset(
        end
        for end in ends
        if start and end and any(start.year <= y <= end.year for y in calendar.provisional_years)
    )


def _first(events: Sequence[Event], kind: Kind) -> date | None:
    return next((event.on for event in events if event.kind == kind), None)
