"""Stops of a clock: why, since when, until when was said, whether the law's bound is overrun."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .calendar import WorkingCalendar
from .procedures import PROCEDURES, Procedure, bound_of, title_of
from .sharing import Limit

DECIDED = "decided"  # whatever is still stopped ends with it
STOPS = {  # what stops, and what lets it go on
    "supplement_asked": "supplement_done",
    "paused": "resumed",
    "suspended": "suspension_ended",
}
ENDS = {*STOPS.values(), DECIDED}
TITLES = {"supplement_asked": "等申请人补正", "paused": "特别程序", "suspended": "中止"}


@dataclass(frozen=True)
class Happened:
    kind: str
    on: date
    cause: str
    days: int


@dataclass(frozen=True)
class Stop:
    """`until` is today while it lasts: the end of the whole moves with it."""

    kind: str
    since: date
    until: date
    is_open: bool
    cause: str = ""
    told: date | None = None  # until when it was said to last
    bound: Limit | None = None
    bound_on: date | None = None  # its last day by law
    is_begun_late: bool = False  # the law names a day until which it has to have begun

    @property
    def title(self) -> str:
        own = title_of(self.cause)
        return f"{TITLES[self.kind]}：{own}" if own else TITLES[self.kind]

    @property
    def is_over_told(self) -> bool:
        return self.told is not None and self.until > self.told

    @property
    def is_over_bound(self) -> bool:
        return self.bound_on is not None and self.until > self.bound_on


def stops_of(
    events: Sequence[Happened], accepted: date, until: date, calendar: WorkingCalendar
) -> tuple[Stop, ...]:
    """In the order in which they began; before acceptance nothing runs that could be stopped."""
    stops: list[Stop] = []
    begun: dict[str, Happened] = {}
    for event in events:
        if event.kind in STOPS:
            begun.setdefault(event.kind, event)
        stops += [
            _stop(begun.pop(kind), event.on, accepted, calendar) for kind in _ended(begun, event)
        ]
        if event.kind == DECIDED:
            break
    stops += [_stop(one, until, accepted, calendar, is_open=True) for one in begun.values()]
    told = [stop for stop in stops if stop.is_open or stop.until > accepted]
    return tuple(sorted(told, key=lambda stop: (stop.since, stop.until)))


def not_counted(stops: Sequence[Stop]) -> list[tuple[date, date]]:
    """Stops that overlap are one: no day is taken off twice."""
    merged: list[tuple[date, date]] = []
    for stop in stops:
        if merged and stop.since <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], stop.until))
        else:
            merged.append((stop.since, stop.until))
    return merged


def _ended(begun: dict[str, Happened], event: Happened) -> list[str]:
    return [kind for kind in begun if event.kind in {STOPS[kind], DECIDED}]


def _stop(
    begun: Happened,
    ended: date,
    accepted: date,
    calendar: WorkingCalendar,
    *,
    is_open: bool = False,
) -> Stop:
    since, bound = max(begun.on, accepted), bound_of(begun.cause)
    return Stop(
        kind=begun.kind,
        since=since,
        until=max(ended, since),
        is_open=is_open,
        cause=begun.cause,
        told=calendar.add(since, begun.days) if begun.days else None,
        bound=bound,
        bound_on=calendar.add(since, bound.days) if bound else None,
        is_begun_late=_is_begun_late(begun.cause, since, accepted, calendar),
    )


def _is_begun_late(cause: str, since: date, accepted: date, calendar: WorkingCalendar) -> bool:
    limit = PROCEDURES[Procedure(cause)].begin_by if cause in set(Procedure) else None
    return limit is not None and since > calendar.add(accepted, limit.days)
