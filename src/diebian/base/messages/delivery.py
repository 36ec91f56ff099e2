"""A message meets its handler: once, and in one transaction with the note that it did."""

from django.db import InterfaceError, OperationalError, connection, transaction

from diebian.kernel import clock
from diebian.kernel.errors import DiebianError

from .message import Message
from .models import Inbox, Outgoing, Undelivered
from .refusals import NotOurs
from .subscriptions import Subscription

LONGEST_REASON = 500


@transaction.atomic
def deliver(message: Message, subscription: Subscription) -> bool:
    """False when this handler had dealt with it before. Whatever the handler raises comes out."""
    said = Outgoing.objects.filter(message_id=message.id).first()
    if said is None or said.message != message:
        raise NotOurs
    _, is_new = Inbox.objects.get_or_create(
        message_id=message.id, handler=subscription.slug, defaults={"at": clock.now()}
    )
    if is_new:
        subscription.handle(message)
    return is_new


def attempt(message: Message, subscription: Subscription) -> str:
    """Why it failed; empty when it is done. Raises when the database is away: nobody's failure."""
    try:
        deliver(message, subscription)
    except Exception as error:  # a handler may fail in any way, and the line must go on
        if not _database_answers():
            raise
        return _reason(error)
    return ""


@transaction.atomic
def put_aside(message: Message, subscription: Subscription, *, tries: int, reason: str) -> None:
    """The dead letter: it waits here, with the reason, until a person has seen to it."""
    Undelivered.objects.get_or_create(
        message_id=message.id[:60],
        handler=subscription.slug,
        defaults={
            "topic": message.topic[:200],
            "key": message.key[:100],
            "tries": tries,
            "reason": reason[:LONGEST_REASON],
            "at": clock.now(),
        },
    )


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except (OperationalError, InterfaceError):
        connection.close()
        return False
    return True


def _reason(error: Exception) -> str:
    if isinstance(error, DiebianError):
        return f"{error.title}：{error}（{error.code}）"
    return f"{type(error).__name__}: {error}"
