"""Everything that changes messages and notices."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import connection, transaction

from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused

from . import policy, refusals
from .delivery import deliver
from .message import check
from .models import LONGEST_BODY, LONGEST_TITLE, Notice, Outgoing, Undelivered
from .outbox import CHANNEL
from .subscriptions import subscriptions


def send(*, topic: str, key: str, body: Mapping[str, str], by: Actor) -> UUID:
    """Says a fact inside the transaction that makes it true; returns the message's id.

    Rolled back with it, nothing was said. The body holds keys and words to show, at most 8 KiB;
    ValueError for what no message may be, RuntimeError outside of a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a message is sent inside the transaction of its fact")
    check(topic, body)
    row = Outgoing.objects.create(
        topic=topic, key=key, body=dict(body), by=by.key or by.name, at=clock.now()
    )
    with connection.cursor() as cursor:
        cursor.execute("select pg_notify(%s, '')", [CHANNEL])  # heard when this commits
    return row.message_id


@transaction.atomic
def notify(*, key: str, title: str, body: str, link: str = "", by: Actor) -> Notice:
    """Tells a person or an official something: who does what now, what to do, until when.

    What is longer than a notice is cut.
    """
    if not policy.may_notify(by):
        raise Refused
    notice = Notice.objects.create(
        key=key, title=title[:LONGEST_TITLE], body=body[:LONGEST_BODY], link=link, at=clock.now()
    )
    audit.record(by=by, action="messages.notice.created", subject=f"notice:{notice.public_id}")
    return notice


@transaction.atomic
def notify_all(
    *, keys: Iterable[str], title: str, body: str, link: str = "", by: Actor
) -> list[Notice]:
    """The same to each of them, once however often a key is named."""
    return [
        notify(key=key, title=title, body=body, link=link, by=by) for key in dict.fromkeys(keys)
    ]


@transaction.atomic
def read_notice(*, public_id: UUID, by: Actor) -> Notice:
    """Opening it marks it read, once: the first moment stays."""
    notice = Notice.objects.select_for_update().filter(public_id=public_id).first()
    if notice is None or not policy.may_read(by, notice):
        raise NotFound  # another's notice does not exist for this one
    if notice.read_at is None:
        notice.read_at = clock.now()
        notice.save(update_fields=["read_at"])
        audit.record(by=by, action="messages.notice.read", subject=f"notice:{public_id}")
    return notice


@transaction.atomic
def read_all_notices(*, by: Actor) -> int:
    """全部标为已读; returns how many were unread."""
    if not by.key:
        return 0
    count = Notice.objects.filter(key=by.key, read_at=None).update(read_at=clock.now())
    if count:
        audit.record(by=by, action="messages.notices.read", subject=f"notices:{by.key}")
    return count


@transaction.atomic
def retry(*, ill_id: int, by: Actor) -> None:
    """Hands a message that was put aside to its handler once more, after the cause was mended."""
    if not policy.may_retry(by):
        raise Refused
    ill = Undelivered.objects.select_for_update().filter(pk=ill_id).first()
    if ill is None:
        raise NotFound(f"message: {ill_id}")
    if ill.settled_at is not None:
        raise refusals.SettledBefore
    row = Outgoing.objects.filter(message_id=ill.message_id).first()
    if row is None:
        raise refusals.NotOurs
    deliver(row.message, subscriptions.get(ill.handler))
    ill.settled_at = clock.now()
    ill.save(update_fields=["settled_at"])
    audit.record(by=by, action="messages.ill.retried", subject=f"message:{ill.message_id}")
