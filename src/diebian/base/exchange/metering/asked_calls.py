"""Which calls somebody asks about, and which of them he may know of.

The same narrowing serves the book (`Call`) and what is counted of it (`CallHour`, `CallTime`): they
name route, system and status alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, Q, QuerySet, Sum, Value, When

from diebian.base.exchange.grants.models import Grant, ShareRequest
from diebian.kernel import clock
from diebian.security.identity.public import Actor, Post

from .models import Call, CallHour, CallTime

SPANS = {"1": "今天", "7": "近 7 天", "30": "近 30 天"}
OUTCOMES: Mapping[str, tuple[str, Q]] = {  # each status is one of them
    "answered": ("已答复", Q(status=200)),
    "refused": ("没有授权", Q(status__in=[401, 403])),
    "limited": ("超过额度", Q(status=429)),
    "wrong": ("请求不合约定", Q(status__lt=500) & ~Q(status__in=[0, 200, 401, 403, 429])),
    "failed": ("对方系统或平台没有答上", Q(status__gte=500)),
    "left": ("调用方先断开", Q(status=0)),
}
TROUBLED = {"troubled": ("没有答复的全部", ~Q(status=200))}
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
        return datetime.combine(first, time(), clock.CITY_TIME)

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
    clean = {name: told.get(name, "").replace("\0", "")[:80] for name in WORDS}
    return Question(
        days=days if days in SPANS else "1",
        outcome=told.get("outcome", "") if told.get("outcome") in ASKED else "",
        at=at if _begin(at) else "",
        page=told.get("page", "1"),
        **clean,
    )


def known_to(by: Actor) -> Q:
    """The authority knows of all; a department of what it provides and what its system calls."""
    if by.holds(Post.AUTHORITY):
        return Q()
    used = Grant.objects.filter(request__consumer__credit_code=by.department)
    return Q(route__in=_provided_by(by.department)) | Q(
        system__in=list(used.values_list("system", flat=True).distinct())
    )


def narrowed(rows: QuerySet[Any], question: Question) -> QuerySet[Any]:
    """By everything but the time, which each table tells in its own way."""
    if question.resource:
        rows = rows.filter(route=question.resource)
    if question.system:
        rows = rows.filter(system=question.system)
    if question.provider:
        rows = rows.filter(route__in=_provided_by(question.provider))
    return rows.filter(ASKED[question.outcome][1]) if question.outcome else rows


def calls_asked(by: Actor, question: Question) -> QuerySet[Call]:
    calls = narrowed(Call.objects.filter(known_to(by), at__gte=question.since), question)
    return calls.filter(at__lt=question.until) if question.until else calls


def days_counted(by: Actor, question: Question) -> QuerySet[CallTime]:
    """Of whole days, as all questions are but those about one hour."""
    told = CallTime.objects.filter(known_to(by), day__gte=question.since.date())
    until = question.until
    return narrowed(told.filter(day__lt=until.date()) if until else told, question)


def hours_counted(by: Actor, question: Question) -> QuerySet[CallHour]:
    told = CallHour.objects.filter(known_to(by), hour__gte=question.since)
    until = question.until
    return narrowed(told.filter(hour__lt=until) if until else told, question)


def count_asked(by: Actor, question: Question) -> int:
    told: Any = hours_counted if question.is_hour else days_counted
    return int(told(by, question).aggregate(of=Sum("calls", default=0))["of"])


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
