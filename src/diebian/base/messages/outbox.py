"""The outbox as the relay sees it. Rows are read without a lock: a message that two relays publish
is one message by its id, first for the stream and then for every handler."""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from diebian.base.directory.public import city
from diebian.kernel import clock

from .models import Inbox, Outgoing, Stream

CHANNEL = "diebian_messages"
BATCH = 200
KEPT = timedelta(days=30)  # in the stream
REMEMBERED = timedelta(days=90)  # in the database; longer than KEPT, or old messages act twice
UNSURE = timedelta(minutes=10)  # NATS writes to disk within two minutes


def stream_name() -> str:
    told = city()
    name = f"diebian-{told.code if told else 'city'}-{secrets.token_hex(4)}"
    return Stream.objects.get_or_create(pk=1, defaults={"name": name})[0].name


def unsent() -> Sequence[Outgoing]:
    return list(Outgoing.objects.filter(sent_at=None).order_by("pk")[:BATCH])


def mark_sent(rows: Sequence[Outgoing]) -> None:
    keys = [row.pk for row in rows]
    Outgoing.objects.filter(pk__in=keys).update(sent_at=clock.now())


def send_again(*, is_stream_new: bool) -> int:
    """What a power cut may have taken from NATS although it said yes; all, if its disk was lost.

    What is still there is dropped by its id.
    """
    since = clock.now() - (KEPT if is_stream_new else UNSURE)
    return Outgoing.objects.filter(sent_at__gte=since).update(sent_at=None)


def forget_old() -> None:
    before = clock.now() - REMEMBERED
    Outgoing.objects.filter(sent_at__lt=before).delete()
    Inbox.objects.filter(at__lt=before).delete()
