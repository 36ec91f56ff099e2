"""经过: calls over the time that was asked about, as a table and as columns of a drawing.

An hour each of today, else a day each. Places are per cent, so that a phone needs no other drawing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Sum

from diebian.base.exchange.metering.asked_calls import DAY, HOUR, OUTCOMES, AskedCalls
from diebian.kernel import clock

WHOLE, WIDE = 100.0, 0.8  # per cent of the drawing; of a column's place
A_DAY, HOURS = timedelta(days=1), 24
COUNTS: dict[str, Any] = {
    "of": Sum("calls"),
    "good": Sum("calls", filter=OUTCOMES["answered"][1], default=0),
}


@dataclass(frozen=True)
class Column:
    """Places and sizes in per cent of the drawing, from its upper left corner."""

    label: str
    calls: int
    answered: int
    query: str  # of its calls
    answered_query: str
    troubled_query: str
    x: float
    width: float
    height: float  # of all its calls
    inner: float  # of those that were answered

    @property
    def top(self) -> float:
        return WHOLE - self.height

    @property
    def inner_top(self) -> float:
        return WHOLE - self.inner

    @property
    def troubled(self) -> int:
        return self.calls - self.answered


@dataclass(frozen=True)
class Course:
    unit: str
    columns: Sequence[Column]
    most: int  # calls of the highest column
    below: Sequence[str]  # at the left end, in the middle, at the right end

    @property
    def says(self) -> str:
        """In a sentence, for whoever does not see the drawing."""
        if not self.most:
            return "这段时间没有调用"
        high = max(self.columns, key=lambda one: one.calls)
        return f"每{self.unit}一柱，最多的是 {high.label}，{high.calls} 次"


def course_of(asked: AskedCalls) -> Course:
    question = asked.question
    is_day = question.days == "1"
    moments = _moments(question.since, A_DAY / HOURS if is_day else A_DAY)
    shape = HOUR if is_day else DAY
    counts = _by_hour(asked) if is_day else _by_day(asked)
    calls = {at: of for at, (of, _) in counts.items()}
    answered = {at: good for at, (_, good) in counts.items()}
    most = max(calls.values(), default=0)
    place = WHOLE / (HOURS if is_day else len(moments))  # hours to come have their place already
    return Course(
        unit="小时" if is_day else "天",
        columns=[
            Column(
                label=f"{moment:%-H 时}" if is_day else f"{moment:%-m-%-d}",
                calls=calls.get(at, 0),
                answered=answered.get(at, 0),
                query=question.query(at=at),
                answered_query=question.query(at=at, outcome="answered"),
                troubled_query=question.query(at=at, outcome="troubled"),
                x=number * place + place * (1 - WIDE) / 2,
                width=place * WIDE,
                height=WHOLE * calls.get(at, 0) / most if most else 0.0,
                inner=WHOLE * answered.get(at, 0) / most if most else 0.0,
            )
            for number, moment in enumerate(moments)
            if (at := moment.strftime(shape))
        ],
        most=most,
        below=["0 时", "12 时", "24 时"]
        if is_day
        else [f"{one:%-m-%-d}" for one in _ends(moments)],
    )


def _by_hour(asked: AskedCalls) -> dict[str, tuple[int, int]]:
    """All calls and those that were answered."""
    rows = asked.hours().order_by().values_list("hour").annotate(**COUNTS)
    return {hour.astimezone(clock.CITY_TIME).strftime(HOUR): (of, good) for hour, of, good in rows}


def _by_day(asked: AskedCalls) -> dict[str, tuple[int, int]]:
    rows = asked.days().order_by().values_list("day").annotate(**COUNTS)
    return {day.strftime(DAY): (of, good) for day, of, good in rows}


def _ends(moments: Sequence[datetime]) -> list[datetime]:
    return [moments[0], moments[(len(moments) - 1) // 2], moments[-1]]


def _moments(since: datetime, step: timedelta) -> list[datetime]:
    """Up to now: hours that have not come are no hours without calls."""
    told, now = [since], clock.now()
    while told[-1] + step <= now:
        told.append(told[-1] + step)
    return told
