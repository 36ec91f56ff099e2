"""高峰期: what those who watch over it see, and what somebody in line sees."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Aggregate, Count, FloatField, Max, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncMinute

from diebian.base.exchange.metering.asked_calls import OUTCOMES, SPANS, Question
from diebian.base.exchange.metering.models import Call
from diebian.base.exchange.metering.names import callers
from diebian.base.exchange.protocol.refusals import TicketWrong
from diebian.base.exchange.waiting_line.models import COUNTED, Season, SeasonPulse
from diebian.base.exchange.waiting_line.tickets import ticket_in
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import Actor, Post

MINUTES_SHOWN = 15
LIVE = timedelta(seconds=60)
STALE = timedelta(seconds=10)  # a broker that says nothing for so long tells nothing of the line
GOOD = OUTCOMES["answered"][1]
FAILED = Q(status__gte=500) & ~Q(status=503)
WAITED = Q(status=503)  # in line, or the department did not answer in time


class Percentile(Aggregate):
    function = "percentile_disc"
    template = "%(function)s(%(share)s) within group (order by %(expressions)s)"
    output_field = FloatField()


@dataclass(frozen=True)
class Minute:
    at: datetime
    calls: int
    answered: int
    waited: int
    failed: int
    p95: int  # milliseconds
    p99: int


@dataclass(frozen=True)
class Pulse:
    """What the brokers tell of the line."""

    waiting: int = 0  # at this moment
    longest_wait: int = 0  # seconds, for whoever comes now
    admitted: int = 0  # asked the department
    kept: int = 0  # answered with what was kept
    told_to_wait: int = 0
    turned_away: int = 0
    is_silent: bool = True  # nobody told anything in the last seconds: the line's numbers are old


@dataclass(frozen=True)
class Part:
    """One consumer in the line: how much of it is its own, and what became of its calls."""

    name: str
    waiting: int
    share: int  # so many of it may wait
    admitted: int
    kept: int
    told_to_wait: int
    turned_away: int
    query: str  # of its calls


@dataclass(frozen=True)
class Watch:
    season: Season
    state: str  # soon, on, over
    calls: int  # since it began
    answered: int
    failed: int
    line: Pulse
    parts: list[Part]
    last: Minute | None  # of the last sixty seconds
    minutes: list[Minute]
    calls_query: str


@dataclass(frozen=True)
class Place:
    """What the holder of a ticket is told."""

    season: Season
    place: int
    seconds: int
    is_turn: bool

    @property
    def minutes(self) -> int:
        return -(-self.seconds // 60)


def seasons_for(by: Actor) -> QuerySet[Season]:
    """The authority sees all; a department those of what it provides."""
    rows = Season.objects.select_related("resource__entry__provider").order_by("-starts_at", "-pk")
    if by.holds(Post.AUTHORITY):
        return rows
    return rows.filter(resource__entry__provider__credit_code=by.department)


def is_season(resource: str) -> bool:
    """Whether there ever was one for it."""
    return Season.objects.filter(resource__slug=resource).exists()


def state_of(season: Season) -> str:
    now = clock.now()
    if season.ended_at is not None or season.ends_at <= now:
        return "over"
    return "on" if season.starts_at <= now else "soon"


def watch(by: Actor, season_id: int) -> Watch:
    season = seasons_for(by).filter(pk=season_id).first()
    if season is None:
        raise NotFound
    now = clock.now()
    calls = Call.objects.filter(route=season.resource.slug, at__gte=season.starts_at)
    calls = calls.filter(at__lte=season.ended_at or min(season.ends_at, now))
    told = calls.aggregate(
        calls=Count("pk"), answered=Count("pk", filter=GOOD), failed=Count("pk", filter=FAILED)
    )
    state = state_of(season)
    return Watch(
        season=season,
        state=state,
        **told,
        line=_pulse(season, now, is_on=state == "on"),
        parts=_parts(season, now),
        last=_whole(calls.filter(at__gte=now - LIVE)),
        minutes=_minutes(calls.filter(at__gte=now - MINUTES_SHOWN * LIVE)),
        calls_query=_question(season).query(),
    )


def _pulse(season: Season, now: datetime, *, is_on: bool) -> Pulse:
    sums = {name: Sum(name) for name in COUNTED}
    told = SeasonPulse.objects.filter(season=season).aggregate(
        **sums, until=Max("line_until"), at=Max("at")
    )
    if told["at"] is None:
        return Pulse()
    left = max(0.0, (told["until"] - now).total_seconds()) if is_on else 0.0
    return Pulse(
        waiting=round(left * season.each_second),
        longest_wait=round(left),
        is_silent=now - told["at"] > STALE,
        **{name: told[name] for name in COUNTED},
    )


def _parts(season: Season, now: datetime) -> list[Part]:
    """By system, whoever was turned away most first; what is old tells nothing of who waits."""
    fresh = Q(at__gte=now - STALE)
    rows = SeasonPulse.objects.filter(season=season).exclude(system="").values("system")
    told: Any = rows.annotate(
        in_line=Coalesce(Sum("waiting", filter=fresh), 0),
        most=Sum("share"),
        **{f"all_{name}": Sum(name) for name in COUNTED},
    )
    names, asked = callers(), _question(season)
    return [
        Part(
            name=names.get(row["system"], row["system"]),
            waiting=row["in_line"],
            share=row["most"],
            query=asked.query(system=row["system"]),
            **{name: row[f"all_{name}"] for name in COUNTED},
        )
        for row in told.order_by("-all_turned_away", "-all_told_to_wait", "system")
    ]


def _question(season: Season) -> Question:
    """Of the list of calls, which knows spans of days."""
    first = season.starts_at.astimezone(clock.CITY_TIME).date()
    days = (clock.today() - first).days + 1
    span = next((one for one in SPANS if int(one) >= days), [*SPANS][-1])
    return Question(days=span, resource=season.resource.slug)


def place_of(text: str) -> Place:
    """Raises `TicketWrong` for what is none of ours, or of a season that is no more."""
    ticket = ticket_in(text)
    season = Season.objects.select_related("resource").filter(pk=ticket.season).first()
    if season is None:
        raise TicketWrong
    left = ticket.turn - clock.now().timestamp()
    is_turn = left <= 0 or state_of(season) != "on"
    return Place(
        season=season,
        place=0 if is_turn else max(1, round(left * season.each_second)),
        seconds=0 if is_turn else max(1, round(left)),
        is_turn=is_turn,
    )


COUNTS: dict[str, Aggregate] = {
    "calls": Count("pk"),
    "answered": Count("pk", filter=GOOD),
    "waited": Count("pk", filter=WAITED),
    "failed": Count("pk", filter=FAILED),
    "p95": Percentile("milliseconds", share=0.95),
    "p99": Percentile("milliseconds", share=0.99),
}


def _whole(calls: QuerySet[Call]) -> Minute | None:
    told = calls.aggregate(**COUNTS)
    return _minute(clock.now(), told) if told["calls"] else None


def _minutes(calls: QuerySet[Call]) -> list[Minute]:
    """A line for each minute, the newest first."""
    grouped = calls.annotate(minute=TruncMinute("at")).values("minute").annotate(**COUNTS)
    return [_minute(row["minute"], row) for row in grouped.order_by("-minute")]


def _minute(at: datetime, told: Mapping[str, Any]) -> Minute:
    return Minute(at, **{name: int(told[name]) for name in COUNTS})
