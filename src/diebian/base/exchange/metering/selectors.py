"""What stands in the book of calls, counted for whoever runs the platform or shows its figures."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Max, QuerySet, Sum

from diebian.base.exchange.broker.models import JournalLine
from diebian.base.exchange.gateway.instances import folder
from diebian.kernel import clock

from .models import ANSWERED, DELIVERY, LOG_LOST, Call, MeterPosition


def calls() -> QuerySet[Call]:
    """Calls of the gateway, to be narrowed, counted and cut by the reader."""
    return Call.objects.exclude(instance=DELIVERY)


def metered_until() -> datetime | None:
    """Until when every call of the gateway is a row; None where no meter has run."""
    beat = folder() / "meter.beat"
    return datetime.fromtimestamp(beat.stat().st_mtime, UTC) if beat.exists() else None


def last_call_at() -> datetime | None:
    """When the newest metered call was made; None before the first."""
    last: datetime | None = calls().aggregate(last=Max("at"))["last"]
    return last


@dataclass(frozen=True)
class Metering:
    """What an operator must see of the books, besides the calls themselves."""

    calls: int  # today, of every status
    answered: int  # today
    unanswered: int  # today: the caller went before an answer
    from_journal: int  # today: the log line died with its gateway, the journal had the call
    waiting: int  # in the journal alone at this moment
    unreadable: int  # lines of any log so far that nobody could read


def metering() -> Metering:
    today = calls_today().exclude(instance=DELIVERY)
    return Metering(
        calls=today.count(),
        answered=today.filter(status=ANSWERED).count(),
        unanswered=today.filter(status=0).count(),
        from_journal=today.filter(flags=LOG_LOST).count(),
        waiting=JournalLine.objects.count(),
        unreadable=MeterPosition.objects.aggregate(of=Sum("unreadable"))["of"] or 0,
    )


def calls_today() -> QuerySet[Call]:
    """Of the gateway, and deliveries."""
    return Call.objects.filter(at__gte=clock.midnight())
