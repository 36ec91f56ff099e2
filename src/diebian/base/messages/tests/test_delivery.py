"""A message meets its handler once; what fails is kept with the reason."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from diebian.base.messages import outbox
from diebian.base.messages.delivery import attempt, deliver, put_aside
from diebian.base.messages.message import Message
from diebian.base.messages.models import Inbox, Notice, Outgoing
from diebian.base.messages.public import (
    Subscription,
    ill_messages,
    notify,
    retry,
    send,
    subscriptions,
)
from diebian.base.messages.refusals import NotOurs, SettledBefore
from diebian.kernel import clock
from diebian.security.identity.public import PLATFORM, Actor, Refused

pytestmark = pytest.mark.django_db


def a_message() -> Message:
    said = send(topic="sample.thing.done", key="1", body={"says": "好"}, by=PLATFORM)
    return Outgoing.objects.get(message_id=said).message


def tell(message: Message) -> None:
    notify(key=message.key, title="样例", body=message.body["says"], by=PLATFORM)


def fail(message: Message) -> None:
    tell(message)
    raise ArithmeticError(message.topic)


def hearing(handle: Callable[[Message], None]) -> Subscription:
    return Subscription(slug="sample.hears", topics="sample.>", handle=handle)


def test_a_message_survives_the_journey_as_bytes() -> None:
    message = a_message()
    assert Message.from_bytes(message.as_bytes()) == message
    for raw in (b"{}", b"[]", b"\xff", b'{"at": 1}'):
        with pytest.raises(ValueError):  # noqa: PT011  any unreadable bytes
            Message.from_bytes(raw)


def test_a_second_delivery_does_nothing() -> None:
    message = a_message()
    assert deliver(message, hearing(tell))
    assert not deliver(message, hearing(tell))
    assert Notice.objects.count() == 1


def test_what_a_failing_handler_wrote_is_rolled_back_and_it_may_try_again() -> None:
    message = a_message()
    assert "ArithmeticError: sample.thing.done" in attempt(message, hearing(fail))
    assert not Notice.objects.exists()
    assert not Inbox.objects.exists()
    assert attempt(message, hearing(tell)) == ""
    assert Notice.objects.count() == 1


def test_what_was_not_said_by_us_is_not_believed() -> None:
    message = a_message()
    with pytest.raises(NotOurs):
        deliver(replace(message, body={"says": "改过"}), hearing(tell))
    with pytest.raises(NotOurs):
        deliver(replace(message, id="6b1b36cb-0000-4000-8000-000000000000"), hearing(tell))
    assert "messages.not_ours" in attempt(replace(message, key="2"), hearing(tell))
    assert not Notice.objects.exists()


def test_a_message_put_aside_is_shown_and_can_be_retried_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    message = a_message()
    subscription = hearing(tell)
    monkeypatch.setitem(subscriptions._items, subscription.slug, subscription)
    for _ in range(2):  # the relay may be killed between the row and the stream's answer
        put_aside(message, subscription, tries=8, reason="样例原因")
    [ill] = ill_messages()
    assert (ill.topic, ill.key, ill.tries, ill.reason) == (message.topic, "1", 8, "样例原因")
    with pytest.raises(Refused):
        retry(ill_id=ill.id, by=Actor(name="样例", key="sample"))
    retry(ill_id=ill.id, by=PLATFORM)
    assert ill_messages() == []
    assert Notice.objects.count() == 1
    with pytest.raises(SettledBefore):
        retry(ill_id=ill.id, by=PLATFORM)


def test_pauses_grow_and_end_somewhere() -> None:
    pauses = [hearing(tell).pause_after(tries) for tries in (1, 2, 3, 30)]
    assert pauses == [1, 2, 4, 300]


@pytest.mark.parametrize("topics", ["", "sample..x", ">", "sample.>.x", "sample.X"])
def test_a_pattern_that_is_none_stops_the_start(topics: str) -> None:
    with pytest.raises(ValueError, match="pattern"):
        Subscription(slug="sample.hears", topics=topics, handle=tell)


def test_what_nats_may_have_lost_is_sent_again() -> None:
    a_message()
    outbox.mark_sent(outbox.unsent())
    assert outbox.unsent() == []
    assert outbox.send_again(is_stream_new=False) == 1
    outbox.mark_sent(outbox.unsent())
    with clock.held_at(clock.now() + timedelta(hours=1)):
        assert outbox.send_again(is_stream_new=False) == 0
        assert outbox.send_again(is_stream_new=True) == 1


def test_old_messages_are_forgotten_and_unsent_ones_never() -> None:
    a_message()
    outbox.mark_sent(outbox.unsent())
    waiting = a_message()
    with clock.held_at(clock.now() + timedelta(days=91)):
        outbox.forget_old()
    assert [row.message for row in Outgoing.objects.all()] == [waiting]
