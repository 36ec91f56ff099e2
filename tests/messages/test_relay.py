"""Nothing is lost and nothing is done twice, whichever process is killed at whichever moment."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection, transaction

from diebian.base.messages.models import Inbox, Notice, Outgoing
from diebian.base.messages.public import backlog, ill_messages, send
from diebian.security.identity.public import PLATFORM
from tests.platform import installation

from .hearers import HOLD
from .processes import Nats, Relay

pytestmark = pytest.mark.django_db(transaction=True)
GOOD, SLOW, BAD = "sample.good.thing", "sample.slow.thing", "sample.bad.thing"


def wait_for(condition: Callable[[], bool], what: str) -> None:
    installation.wait_for(condition, what, seconds=120)  # a process starts slowly on a busy machine


def say(topic: str = GOOD, key: str = "1") -> str:
    with transaction.atomic():
        return str(send(topic=topic, key=key, body={"says": "好"}, by=PLATFORM))


def heard(count: int) -> None:
    """So many were handled, and after all is sent and quiet, not one more."""
    wait_for(lambda: Notice.objects.count() >= count and backlog().count == 0, f"{count} heard")
    assert Notice.objects.count() == count
    assert len(set(Notice.objects.values_list("body", flat=True))) == count


@contextmanager
def held(statement: str) -> Iterator[None]:
    """Another program's open transaction that stands in the way."""
    told = connection.get_connection_params()
    words = {word: told[word] for word in ("dbname", "user", "host", "port") if word in told}
    with psycopg.connect(**words) as other:
        other.execute(statement)
        yield


def somebody_waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_locks where not granted")
        return bool(cursor.fetchone()[0])


def end_whoever_waits() -> None:
    """The server would carry out what a dead client asked for last: as if killed a moment later."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_terminate_backend(pid) from pg_locks where not granted")
    wait_for(lambda: not somebody_waits_for_a_lock(), "it ended before the lock is let go")


def test_a_message_reaches_its_handler_and_a_rolled_back_one_does_not(
    relay: Relay, nats_server: Nats
) -> None:
    with transaction.atomic():
        send(topic=GOOD, key="1", body={}, by=PLATFORM)
        transaction.set_rollback(True)
    said = say()
    heard(1)
    assert Notice.objects.get().body == said
    assert nats_server.count() == 1
    assert relay.beat.exists()


def test_killed_between_publishing_and_marking_it_doubles_nothing(
    relay: Relay, nats_server: Nats
) -> None:
    say()
    heard(1)
    relay.kill()
    said = say()
    with held(f"select from messages_outgoing where message_id = '{said}' for update"):
        relay.start()
        wait_for(somebody_waits_for_a_lock, "published, and stuck before the mark")
        assert nats_server.count() == 2
        relay.kill()
        end_whoever_waits()
    assert Outgoing.objects.get(message_id=said).sent_at is None
    relay.start()
    heard(2)
    assert nats_server.count() == 2


def test_killed_inside_a_handler_it_is_handled_once_after_all(relay: Relay) -> None:
    with held(f"select pg_advisory_xact_lock({HOLD})"):
        say(SLOW)
        wait_for(somebody_waits_for_a_lock, "the handler is in the middle")
        relay.kill()
    assert not Notice.objects.exists()
    relay.start()
    heard(1)
    assert Inbox.objects.count() == 1


def test_a_relay_killed_again_and_again_loses_none_of_many(relay: Relay) -> None:
    for round_ in range(4):
        for number in range(25):
            say(key=f"{round_}-{number}")
        wait_for(Notice.objects.exists, "it has begun")
        relay.kill()
        relay.start()
    heard(100)


def test_while_nats_is_away_messages_wait(relay: Relay, nats_server: Nats) -> None:
    say()
    heard(1)
    nats_server.kill()
    say()
    wait_for(lambda: relay.log.count("暂时送不出去") > 1, "it tried more than once")
    assert backlog().count == 1
    nats_server.start()
    heard(2)
    assert relay.is_running


def test_a_lost_disk_of_nats_is_filled_again_and_nothing_is_done_twice(
    relay: Relay, nats_server: Nats
) -> None:
    for _ in range(3):
        say()
    heard(3)
    nats_server.kill()
    nats_server.lose_its_disk()
    say()
    nats_server.start()
    heard(4)
    assert nats_server.count() == 4
    assert relay.is_running


def test_a_second_delivery_is_harmless(relay: Relay, nats_server: Nats) -> None:
    said = say()
    heard(1)
    nats_server.publish(GOOD, Outgoing.objects.get(message_id=said).message.as_bytes())
    assert nats_server.count() == 2
    say()
    heard(2)
    assert relay.is_running


def test_what_fails_is_put_aside_with_its_reason_and_the_rest_goes_on(relay: Relay) -> None:
    say(BAD, key="样例 7")
    say()
    heard(1)
    wait_for(lambda: bool(ill_messages()), "put aside")
    [ill] = ill_messages()
    assert (ill.handler, ill.tries, ill.reason) == ("sample.fails", 3, "ArithmeticError: 样例 7")
    assert Notice.objects.count() == 1
    assert relay.is_running


def test_what_others_say_in_our_name_is_not_believed(relay: Relay, nats_server: Nats) -> None:
    said = say()
    heard(1)
    genuine = Outgoing.objects.get(message_id=said).message.as_bytes()
    nats_server.publish("sample.bad.thing", genuine.replace("好".encode(), "坏".encode()))
    nats_server.publish("sample.bad.thing", b"\xff")
    wait_for(lambda: len(ill_messages()) == 2, "both put aside")
    assert {"messages.not_ours", "读不出内容"} == {
        "messages.not_ours" if "messages.not_ours" in ill.reason else ill.reason
        for ill in ill_messages()
    }
    assert relay.is_running


def test_asked_to_end_it_ends(relay: Relay) -> None:
    wait_for(relay.beat.exists, "it works")
    assert relay.kill(signal.SIGTERM) == 0
