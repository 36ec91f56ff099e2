"""Handlers that count, that fail, and that can be held in the middle of their transaction."""

from django.apps import AppConfig
from django.db import connection

from diebian.base.messages.message import Message

HOLD = 77  # the number of the advisory lock that holds the slow one


class HearersConfig(AppConfig):
    name, label = "tests.messages", "hearers"

    def ready(self) -> None:
        from diebian.base.messages.public import Subscription, subscriptions

        for heard in (
            Subscription(slug="sample.counts", topics="sample.good.*", handle=count),
            Subscription(slug="sample.slow", topics="sample.slow.*", handle=count_slowly),
            Subscription(
                slug="sample.fails",
                topics="sample.bad.*",
                handle=fail,
                most_tries=3,
                first_pause=0.05,
            ),
        ):
            subscriptions.register(heard)


def count(message: Message) -> None:
    """A row for each call: done twice, it shows."""
    from diebian.base.messages.public import notify
    from diebian.security.identity.public import PLATFORM

    notify(key=message.key, title=message.topic, body=message.id, by=PLATFORM)


def count_slowly(message: Message) -> None:
    count(message)
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock_shared(%s)", [HOLD])


def fail(message: Message) -> None:
    count(message)
    raise ArithmeticError(message.key)
