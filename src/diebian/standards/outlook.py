"""What a clock does by itself: on which days its card changes if nothing more happens.

A function of what happened, not of today: it can be kept beside a case until the next event.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .calendar import WorkingCalendar
from .deadlines import NEAR_PARTS, Card, Clock, Event, Rule, State, compute

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Outlook:
    """`clock`: as it stands on `since`, from which day on nothing but its card changes.

    While a stop lasts the end of the whole moves with each day: `clock` tells the days of the stop.
    """

    clock: Clock
    since: date
    yellow_from: date | None = None
    red_from: date | None = None

    def card_on(self, day: date) -> Card:
        """On any day after the last event."""
        if self.red_from is not None and day >= self.red_from:
            return Card.RED
        is_yellow = self.yellow_from is not None and day >= self.yellow_from
        return Card.YELLOW if is_yellow else Card.NONE


def outlook(events: Sequence[Event], rule: Rule, calendar: WorkingCalendar) -> Outlook:
    """Of what has begun and is not decided. Raises UnknownYear as the clock itself does."""
    since = max(event.on for event in events)
    told = compute(events, rule, today=since, calendar=calendar)
    if told.accept_by is not None:  # on the next day silence may have accepted it
        since = told.accept_by + A_DAY
        told = compute(events, rule, today=since, calendar=calendar)
    if told.state == State.NOT_ACCEPTED:
        return Outlook(told, since)
    yellows, reds = _of_stops(told, since) if told.open_stop else _of_the_whole(told, calendar)
    return Outlook(told, since, _first(yellows, since), _first(reds, since))


def _of_stops(told: Clock, since: date) -> tuple[list[date], list[date]]:
    """What is late when a stop begins stays late; what is not does not become so."""
    stops = [stop for stop in told.stops if stop.is_open]
    yellows = [stop.told + A_DAY for stop in stops if stop.told]
    reds = [stop.bound_on + A_DAY for stop in stops if stop.bound_on]
    yellows += [since] if told.is_past_promise else []
    reds += [since] if told.is_past_statute else []
    return yellows, reds


def _of_the_whole(told: Clock, calendar: WorkingCalendar) -> tuple[list[date], list[date]]:
    if told.promised_due is None or told.statutory_due is None:
        return [], []
    yellows = [told.promised_due + A_DAY]
    if not told.is_past_promise:
        near = (told.used + told.left) // NEAR_PARTS
        yellows.append(calendar.back(told.promised_due, near))
    return yellows, [told.statutory_due + A_DAY]


def _first(days: Sequence[date], since: date) -> date | None:
    return max(min(days), since) if days else None
