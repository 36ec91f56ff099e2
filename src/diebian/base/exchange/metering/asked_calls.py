"""Which calls somebody asks about, and which of them he may know of.

The same narrowing serves the book (`Call`) and what is counted of it (`CallHour`, `CallTime`): they
name route, system and status alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, Q, QuerySet, Sum, Value, When

from diebian.base.exchange.grants.models import Grant, ShareRequest
from diebian.kernel import clock
from diebian.security.identity.public import Actor, Post

from .models import ANSWERED, Call, CallHour, CallTime

SPANS = {"1": "今天", "7": "近 7 天", "30": "近 30 天"}
OUTCOMES: Mapping[str, tuple[str, Q]] = {  # each status is one of them
    "answered": ("已答复", Q(status=ANSWERED)),
    "refused": ("没有授权", Q(status__in=[401, 403])),
    "limited": ("超过额度", Q(status=429)),
    "wrong": ("请求不合约定", Q(status__lt=500) & ~Q(status__in=[0, ANSWERED, 401, 403, 429])),
    "failed": ("对方系统或平台没有答上", Q(status__gte=500)),
    "left": ("调用方先断开", Q(status=0)),
}
TROUBLED = {"troubled": ("没有答复的全部", ~Q(status=ANSWERED))}
ASKED = {**OUTCOMES, **TROUBLED}  # what one may ask for
OUTCOME = Case(*[When(where, then=Value(name)) for name, (_, where) in OUTCOMES.items()])
WORDS = ("resource", "system", "provider")
DAY, HOUR = "%Y-%m-%d", "%Y-%m-%dT%H"  # how `at` is written


@dataclass(frozen=True)
class Question:
    """Which calls. Empty words narrow nothing; what is unknown finds nothing.

    `provider`: a credit code. `at`: one day or hour of the city, instead of the last `days`.
    """

    days: str = "1"
    resource: str = ""
    system: str = ""
    provider: str = ""
    outcome: str = ""
    at: str = ""
    page: str = "1"

    @property
    def since(self) -> datetime:
        if self.at:
            return _begin(self.at) or clock.now()
        first: date = clock.today() - timedelta(days=int(self.days) - 1)
        return clock.midnight(first)

    @property
    def until(self) -> datetime | None:
        """Exclusive; None where it goes on until now."""
        if not self.at:
            return None
        return self.since + (timedelta(hours=1) if self.is_hour else timedelta(days=1))

    @property
    def is_hour(self) -> bool:
        return "T" in self.at

    def query(self, **changed: str) -> str:
        told = replace(self, page="", **changed)
        pairs = {one.name: getattr(told, one.name) for one in fields(told)}
        return "?" + urlencode({name: value for name, value in pairs.items() if value})


def question_from(told: Mapping[str, str]) -> Question:
    days, at = told.get("days", "1"), told.get("at", "")
    clean = {name: told.get(name, "")[:80] for name in WORDS}
    return Question(
        days=days if days in SPANS else "1",
        outcome=told.get("outcome", "") if told.get("outcome") in ASKED else "",
        at=at if _begin(at) else "",
        page=told.get("page", "1"),
        **clean,
    )


@dataclass(frozen=True)
class AskedCalls:
    """Calls that a question narrows down to, as far as the reader may know of them.

    Made once for a page: what he may know of is asked of the database then, not for each figure.
    """

    question: Question
    where: Q  # in words that the book and its counts have in common

    def calls(self) -> QuerySet[Call]:
        calls = Call.objects.filter(self.where, at__gte=self.question.since)
        until = self.question.until
        return calls.filter(at__lt=until) if until else calls

    def days(self) -> QuerySet[CallTime]:
        """Of whole days, as all questions are but those about one hour."""
        days = CallTime.objects.filter(self.where, day__gte=self.question.since.date())
        until = self.question.until
        return days.filter(day__lt=until.date()) if until else days

    def hours(self) -> QuerySet[CallHour]:
        hours = CallHour.objects.filter(self.where, hour__gte=self.question.since)
        until = self.question.until
        return hours.filter(hour__lt=until) if until else hours

    def count(self) -> int:
        told: QuerySet[Any] = self.hours() if self.question.is_hour else self.days()
        return int(told.aggregate(of=Sum("calls", default=0))["of"])


def asked_calls(by: Actor, question: Question) -> AskedCalls:
    where = known_to(by)
    if question.resource:
        where &= Q(route=question.resource)
    if question.system:
        where &= Q(system=question.system)
    if question.provider:
        where &= Q(route__in=_provided_by(question.provider))
    if question.outcome:
        where &= ASKED[question.outcome][1]
    return AskedCalls(question, where)


def known_to(by: Actor) -> Q:
    """The authority knows of all; a department of what it provides and what its system calls."""
    if by.holds(Post.AUTHORITY):
        return Q()
    used = Grant.objects.filter(request__consumer__credit_code=by.department)
    return Q(route__in=_provided_by(by.department)) | Q(
        system__in=list(used.values_list("system", flat=True).distinct())
    )


def _provided_by(department: str) -> list[str]:
    requests = ShareRequest.objects.filter(resource__entry__provider__credit_code=department)
    return list(requests.values_list("resource__slug", flat=True).distinct())


def _begin(at: str) -> datetime | None:
    for shape in (DAY, HOUR):
        try:
            return datetime.strptime(at, shape).replace(tzinfo=clock.CITY_TIME)
        except ValueError:
            continue
    return None
