"""Everything that reads messages and notices."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from diebian.kernel.worded import Told
from diebian.security.identity.public import Actor

from .models import Notice, Outgoing, Undelivered

SHOWN = 100


@dataclass(frozen=True)
class IllMessage:
    """A message that its handler could not deal with."""

    id: int
    topic: str
    key: str
    handler: str
    tries: int
    reason: str
    at: datetime


@dataclass(frozen=True)
class Backlog:
    """What waits to be published: a count that stays, or an old moment, means NATS is away."""

    count: int
    oldest: datetime | None


def notices_of(by: Actor) -> list[Notice]:
    """Newest first."""
    if not by.key:
        return []
    return list(Notice.objects.filter(key=by.key).order_by("-at", "-pk")[:SHOWN])


def unread(key: str | Told) -> QuerySet[Notice]:
    """To be counted in the frame of every page: one index, no rows."""
    return Notice.objects.filter(key=key, read_at=None)


def ill_messages() -> list[IllMessage]:
    """What was put aside and is not settled yet, oldest first."""
    rows = Undelivered.objects.filter(settled_at=None).order_by("pk")[:SHOWN]
    return [
        IllMessage(row.pk, row.topic, row.key, row.handler, row.tries, row.reason, row.at)
        for row in rows
    ]


def backlog() -> Backlog:
    rows = Outgoing.objects.filter(sent_at=None).order_by("pk")
    return Backlog(rows.count(), rows.values_list("at", flat=True).first())
