from datetime import UTC, datetime

from django.db.models import Max, Q, QuerySet

from diebian.security.identity.public import Actor, Post

from .gateway import folder
from .models import Call, ShareRequest


def calls() -> QuerySet[Call]:
    """Metered calls, to be narrowed, counted and cut by the reader."""
    return Call.objects.all()


def metered_until() -> datetime | None:
    """Until when every call of the gateway is a row; None where no meter has run."""
    beat = folder() / "meter.beat"
    return datetime.fromtimestamp(beat.stat().st_mtime, UTC) if beat.exists() else None


def last_call_at() -> datetime | None:
    """When the newest metered call was made; None before the first."""
    last: datetime | None = Call.objects.aggregate(last=Max("at"))["last"]
    return last


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
