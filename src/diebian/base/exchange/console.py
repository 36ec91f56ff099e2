"""调用情况: what went through the gateway, as far as the reader may know it. One query per table.

Every figure is a count of metered calls and leads to those calls: the same narrowing, as a list.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Aggregate, Case, Count, FloatField, Max, Q, QuerySet, Value, When

from diebian.kernel import clock
from diebian.security.identity.public import Actor, Post, system_names

from . import policy
from .models import Call, Grant, GrantDay, ShareRequest, Standing

A_PAGE = 50
SPANS = {"1": "今天", "7": "近 7 天", "30": "近 30 天"}
OUTCOMES: Mapping[str, tuple[str, Q]] = {
    "answered": ("已答复", Q(status=200)),
    "refused": ("没有授权", Q(status__in=[401, 403])),
    "limited": ("超过额度", Q(status=429)),
    "wrong": ("请求不合约定", Q(status__gte=400, status__lt=500) & ~Q(status__in=[401, 403, 429])),
    "failed": ("对方系统或平台没有答上", Q(status__gte=500)),
    "left": ("调用方先断开", Q(status=0)),
}


DELIVERED = {"TABLE": "库表已送到", "FILE": "文件已下载"}  # the flags of `uses`
OUTCOME_TITLE = Case(
    *[When(where, then=Value(title)) for title, where in OUTCOMES.values()],
    default=Value(OUTCOMES["wrong"][0]),
)


class Percentile(Aggregate):
    function = "percentile_disc"
    template = "%(function)s(%(share)s) within group (order by %(expressions)s)"
    output_field = FloatField()


@dataclass(frozen=True)
class Question:
    """Which calls. Empty words narrow nothing; what is unknown finds nothing."""

    days: str = "1"
    resource: str = ""
    system: str = ""
    outcome: str = ""
    page: str = "1"

    @property
    def since(self) -> datetime:
        first: date = clock.today() - timedelta(days=int(self.days) - 1)
        return datetime.combine(first, time(), clock.CITY_TIME)

    def query(self, **changed: str) -> str:
        told = replace(self, page="", **changed)
        pairs = {name: getattr(told, name) for name in ("days", "resource", "system", "outcome")}
        return "?" + urlencode({name: value for name, value in pairs.items() if value})


@dataclass(frozen=True)
class Figure:
    title: str
    count: int
    query: str  # of the calls that it counts


@dataclass(frozen=True)
class Line:
    """One interface or one caller."""

    name: str
    calls: int
    answered: int
    troubled: int
    p95: int  # milliseconds
    last: datetime
    query: str


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
    by_resource: list[Line]
    by_system: list[Line]
    quotas: list[Quota]
    is_all: bool


@dataclass(frozen=True)
class CallRow:
    call: Call
    resource: str
    system: str
    outcome: str


@dataclass(frozen=True)
class CallList:
    question: Question
    page: Page[Any]
    rows: list[CallRow]


def question_from(told: Mapping[str, str]) -> Question:
    days = told.get("days", "1")
    clean = {name: told.get(name, "").replace("\0", "")[:80] for name in ("resource", "system")}
    return Question(
        days=days if days in SPANS else "1",
        outcome=told.get("outcome", "") if told.get("outcome") in OUTCOMES else "",
        page=told.get("page", "1"),
        **clean,
    )


def console(by: Actor, question: Question) -> Console:
    calls = _narrowed(calls_for(by), question)
    counts = {name: Count("pk", filter=where) for name, (_, where) in OUTCOMES.items()}
    told = calls.aggregate(all=Count("pk"), **counts)
    figures = [Figure("调用", told["all"], question.query(outcome=""))]
    figures += [
        Figure(title, told[name], question.query(outcome=name))
        for name, (title, _) in OUTCOMES.items()
        if told[name] or name == "answered"
    ]
    return Console(
        question=question,
        figures=figures,
        by_resource=_lines(calls, "route", titles(), question, "resource"),
        by_system=_lines(calls, "system", callers(), question, "system"),
        quotas=_quotas(by),
        is_all=by.holds(Post.AUTHORITY),
    )


def call_list(by: Actor, question: Question) -> CallList:
    rows = _narrowed(calls_for(by), question).annotate(outcome=OUTCOME_TITLE)
    page: Page[Any] = Paginator(rows.order_by("-at", "-pk"), A_PAGE).get_page(question.page)
    resources, systems = titles(), callers()
    shown = [
        CallRow(
            call,
            resources.get(call.route, call.route),
            systems.get(call.system, call.system),
            DELIVERED.get(call.flags, call.outcome),
        )
        for call in page
    ]
    return CallList(question, page, shown)


def calls_for(by: Actor) -> QuerySet[Call]:
    """The authority sees all; a department what it provides and what its system calls."""
    if by.holds(Post.AUTHORITY):
        return Call.objects.all()
    requests = ShareRequest.objects.all()
    provided = requests.filter(resource__entry__provider__credit_code=by.department)
    used = Grant.objects.filter(request__consumer__credit_code=by.department)
    return Call.objects.filter(
        Q(route__in=list(provided.values_list("resource__slug", flat=True).distinct()))
        | Q(system__in=list(used.values_list("system", flat=True).distinct()))
    )


def _narrowed(calls: QuerySet[Call], question: Question) -> QuerySet[Call]:
    calls = calls.filter(at__gte=question.since)
    if question.resource:
        calls = calls.filter(route=question.resource)
    if question.system:
        calls = calls.filter(system=question.system)
    return calls.filter(OUTCOMES[question.outcome][1]) if question.outcome else calls


def _lines(
    calls: QuerySet[Call], field: str, names: Mapping[str, str], question: Question, word: str
) -> list[Line]:
    rows: Sequence[dict[str, Any]] = list(
        calls.values(field)
        .annotate(
            calls=Count("pk"),
            answered=Count("pk", filter=Q(status=200)),
            p95=Percentile("milliseconds", share=0.95),
            last=Max("at"),
        )
        .order_by("-calls", field)
    )
    return [
        Line(
            name=names.get(row[field], row[field]) or "没有表明",
            calls=row["calls"],
            answered=row["answered"],
            troubled=row["calls"] - row["answered"],
            p95=int(row["p95"]),
            last=row["last"],
            query=question.query(**{word: row[field]}),
        )
        for row in rows
    ]


def titles() -> dict[str, str]:
    rows = ShareRequest.objects.values_list("resource__slug", "resource__title")
    return dict(rows.distinct())


def callers() -> dict[str, str]:
    """A department of its own name where it has no system: it was delivered to."""
    rows = ShareRequest.objects.values_list("consumer__credit_code", "consumer__name")
    return {**dict(rows.distinct()), **system_names()}


def _quotas(by: Actor) -> list[Quota]:
    """Grants with a daily limit, the fullest first."""
    grants = Grant.objects.filter(standing=Standing.ACTIVE, request__daily_limit__isnull=False)
    related = grants.select_related("request__consumer", "request__resource__entry__provider")
    seen = [grant for grant in related if policy.may_see(by, grant.request)]
    days = GrantDay.objects.filter(day=clock.today(), grant__in=seen)
    used = dict(days.values_list("grant_id", "used"))
    told = [Quota(grant, used.get(grant.pk, 0)) for grant in seen]
    return sorted(told, key=lambda one: -one.percent)
