"""One day of a hall in figures: how long people waited and were served, by window and by kind."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from diebian.scenes.halls.places.models import Hall

from .models import State, Ticket


@dataclass(frozen=True)
class Line:
    """`wait` and `service` are medians, in minutes; None where nobody was served."""

    title: str
    taken: int
    done: int
    missed: int
    left: int
    wait: int | None
    service: int | None


@dataclass(frozen=True)
class Day:
    total: Line
    by_kind: Sequence[Line]
    by_window: Sequence[Line]


def day_of(hall: Hall, day: date) -> Day:
    rows = Ticket.objects.filter(hall=hall, day=day).select_related("kind", "window")
    tickets = list(rows.order_by("letter", "window__number"))
    at_a_window = [one for one in tickets if one.window is not None]
    return Day(
        _line("全天", tickets),
        _lines(tickets, lambda one: one.kind.name),
        _lines(at_a_window, lambda one: str(one.window)),
    )


def _lines(tickets: Sequence[Ticket], by: Callable[[Ticket], str]) -> list[Line]:
    named = dict.fromkeys(by(one) for one in tickets)
    return [_line(name, [one for one in tickets if by(one) == name]) for name in named]


def _line(title: str, tickets: Sequence[Ticket]) -> Line:
    called = [one for one in tickets if one.called_at is not None]
    done = [one for one in called if one.state == State.DONE]
    return Line(
        title,
        taken=len(tickets),
        done=len(done),
        missed=sum(one.state == State.MISSED for one in tickets),
        left=sum(one.state in {State.LEFT, State.CLOSED} for one in tickets),
        wait=_minutes(one.called_at - one.taken_at for one in called if one.called_at),
        service=_minutes(
            one.ended_at - one.called_at for one in done if one.ended_at and one.called_at
        ),
    )


def _minutes(spans: Iterable[timedelta]) -> int | None:
    told = [span.total_seconds() / 60 for span in spans]
    return round(median(told)) if told else None
