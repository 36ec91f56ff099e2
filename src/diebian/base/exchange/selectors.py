from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import Max, Q, QuerySet, Sum

from diebian.kernel import clock
from diebian.security.identity.public import Actor, Post

from .models import LOG_LOST, Call, JournalLine, MeterPosition, ShareRequest


@dataclass(frozen=True)
class CallLine:
    at: datetime
    system: str
    resource: str
    status: int
    milliseconds: int


def calls_today() -> int:
    return _today().count()


def calls_of_today(limit: int = 200) -> list[CallLine]:
    rows = _today().order_by("-at", "-pk")[:limit]
    return [CallLine(row.at, row.system, row.route, row.status, row.milliseconds) for row in rows]


def last_call_at() -> datetime | None:
    """When the newest metered call was made; None before the first."""
    last: datetime | None = Call.objects.aggregate(last=Max("at"))["last"]
    return last


@dataclass(frozen=True)
class Metering:
    """What an operator must see of the books, besides the calls themselves."""

    calls: int  # today, of every status
    answered: int  # today, with 200
    unanswered: int  # today: the caller went before an answer
    from_journal: int  # today: the log line died with its gateway, the journal had the call
    waiting: int  # in the journal alone at this moment
    unreadable: int  # lines of any log so far that nobody could read


def metering() -> Metering:
    today = _today()
    return Metering(
        calls=today.count(),
        answered=today.filter(status=200).count(),
        unanswered=today.filter(status=0).count(),
        from_journal=today.filter(flags=LOG_LOST).count(),
        waiting=JournalLine.objects.count(),
        unreadable=MeterPosition.objects.aggregate(of=Sum("unreadable"))["of"] or 0,
    )


def requests_for(by: Actor) -> QuerySet[ShareRequest]:
    """What an official sees: requests of and to the own department; the authority sees all."""
    rows = ShareRequest.objects.select_related("consumer", "resource__entry__provider")
    if not by.holds(Post.AUTHORITY):
        own = Q(consumer__credit_code=by.department)
        rows = rows.filter(own | Q(resource__entry__provider__credit_code=by.department))
    return rows.order_by("-pk")


def is_asked(*, resource: str, consumer: str) -> bool:
    rows = ShareRequest.objects.filter(resource__slug=resource, consumer__credit_code=consumer)
    return rows.exists()


def _today() -> QuerySet[Call]:
    midnight = datetime.combine(clock.today(), time(), clock.CITY_TIME)
    return Call.objects.filter(at__gte=midnight)
