"""调用情况: what went through the gateway, as far as the reader may know it.

Every figure is a count of metered calls and leads to those calls: the same narrowing, as a list.
All of it is read from what the database keeps counted (`metering.models`), never from the calls.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Sum

from diebian.base.exchange import policy
from diebian.base.exchange.broker.models import GrantDay
from diebian.base.exchange.grants.in_force import in_force
from diebian.base.exchange.grants.models import Grant
from diebian.base.exchange.metering.asked_calls import (
    OUTCOME,
    OUTCOMES,
    AskedCalls,
    Question,
    asked_calls,
)
from diebian.base.exchange.metering.names import callers, providers, titles
from diebian.kernel import clock
from diebian.security.identity.public import Actor, Post

from .call_lines import Heap, Line, lines_by
from .course import Course, course_of


@dataclass(frozen=True)
class Figure:
    title: str
    count: int
    query: str  # of the calls that it counts


@dataclass(frozen=True)
class Quota:
    grant: Grant
    used: int

    @property
    def percent(self) -> int:
        limit = self.grant.request.daily_limit or 1
        return min(100, round(100 * self.used / limit))


@dataclass(frozen=True)
class Console:
    question: Question
    figures: list[Figure]
    course: Course
    by_resource: list[Line]
    by_provider: list[Line]
    by_system: list[Line]
    quotas: list[Quota]
    is_all: bool


def console(by: Actor, question: Question) -> Console:
    asked = asked_calls(by, question)
    heaps, provided = _heaps(asked), providers()
    return Console(
        question=question,
        figures=_figures(heaps, question),
        course=course_of(asked),
        by_resource=lines_by("resource", lambda route, _: route, titles(), heaps, question),
        by_provider=lines_by(
            "provider",
            lambda route, _: provided.get(route, ("", ""))[0],
            dict(provided.values()),
            heaps,
            question,
        ),
        by_system=lines_by("system", lambda _, system: system, callers(), heaps, question),
        quotas=_quotas(by),
        is_all=by.holds(Post.AUTHORITY),
    )


def _heaps(asked: AskedCalls) -> list[Heap]:
    """The one reading from which every line and figure comes."""
    days = asked.days().order_by().annotate(outcome=OUTCOME)
    told: Any = days.values_list("route", "system", "outcome", "milliseconds")
    return [Heap(*row) for row in told.annotate(of=Sum("calls"), until=Max("last"))]


def _figures(heaps: Sequence[Heap], question: Question) -> list[Figure]:
    counts: Counter[str] = Counter()
    for heap in heaps:
        counts[heap.outcome] += heap.calls
    return [
        Figure("调用", counts.total(), question.query(outcome=question.outcome)),
        *(
            Figure(title, counts[name], question.query(outcome=name))
            for name, (title, _) in OUTCOMES.items()
            if counts[name] or name == "answered"
        ),
    ]


def _quotas(by: Actor) -> list[Quota]:
    """Grants with a daily limit, the fullest first."""
    grants = in_force().filter(request__daily_limit__isnull=False)
    related = grants.select_related("request__consumer", "request__resource__entry__provider")
    seen = [grant for grant in related if policy.may_see(by, grant.request)]
    days = GrantDay.objects.filter(day=clock.today(), grant__in=seen)
    used = dict(days.values_list("grant_id", "used"))
    told = [Quota(grant, used.get(grant.pk, 0)) for grant in seen]
    return sorted(told, key=lambda one: -one.percent)
