"""A consumer's database that hangs costs its own delivery alone, and nothing is sent twice."""

import socket
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import psycopg
import pytest
from django.db import connection, connections
from procrastinate.contrib.django.models import ProcrastinateJob

from diebian.base.delivery import jobs, patience
from diebian.base.delivery.arranging import arrange, ask_sending
from diebian.base.delivery.jobs import send_due, send_now
from diebian.base.delivery.models import Delivery, DeliveryRun, Schedule, State, Target
from diebian.base.delivery.outgoing import Outgoing
from diebian.base.delivery.selectors import delivery_of
from diebian.base.delivery.sending import send
from diebian.base.exchange.public import Call
from diebian.base.lake.public import collect
from diebian.security.identity.public import PLATFORM, Post, register_official
from tests.browsing import browser
from tests.forwarding import Forwarded, own_server_by_tcp

from .people import (
    CONSUMER,
    PLACES,
    a_delivery,
    a_grant,
    a_table,
    an_entry,
    collected,
    consumer_database,
    department,
    rows_of,
    sent,
    who,
)

LOCKED = "lock table people in access exclusive mode"
ENDLESS = """(SELECT CAST(sum(a.range * b.range) AS VARCHAR)
FROM range(10000000) a, range(10000000) b) AS owner"""
WAITING = "select 1 from pg_locks where not granted"


@pytest.fixture
def house(lake_place: Path) -> Iterator[psycopg.Connection[Any]]:
    assert lake_place  # asked for
    collected(10)
    a_table(an_entry())
    with consumer_database() as opened:
        yield opened


def test_a_lock_is_given_up_told_once_in_plain_words_and_then_all_is_in_once(
    house: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "LOCK_SECONDS", 0.2)
    for post in (Post.DATA_MANAGER, Post.OPERATOR):
        register_official(username=post, password="x", name="样例", posts=[post],
                          department=department(CONSUMER), by=PLATFORM)  # fmt: skip
    delivery = a_delivery()
    sent(delivery)
    _altered()
    with _locked(house):
        for _ in range(2):
            run = _only(sent(delivery))
            assert (run.state, "被别的程序锁着" in run.sentence) == (State.FAILED, True)
    assert [one.tries for one in delivery.runs.filter(state=State.FAILED)] == [2]
    told = _notices()
    assert sorted(told) == [Post.DATA_MANAGER, Post.OPERATOR]
    assert all("不多送也不漏送" in body for body in told.values())
    page = browser(who(Post.APPLICANT, CONSUMER)).get(f"/delivery/{delivery.public_id}/")
    assert "接收库没有答应" in page.content.decode()
    assert "试了 2 次" in page.content.decode()
    assert _rows(house)[1] == "样例1"
    run = _only(sent(delivery))
    assert (run.state, run.is_whole, run.written) == (State.DONE, False, 10)
    assert _rows(house) == {number: f"新{number}" for number in range(10)}
    assert Call.objects.count() == 2
    assert delivery_of(delivery.grant_id).words == "正常"  # type: ignore[union-attr]


def test_other_consumers_are_served_meanwhile(house: psycopg.Connection[Any]) -> None:
    first = a_delivery()
    sent(first)
    _altered()
    other = arrange(grant_id=a_grant(purpose="别的"), target="house", table="others",
                    schedule=Schedule.FOLLOW, by=who(Post.APPLICANT, CONSUMER))  # fmt: skip
    hanging = Thread(target=_sent_aside, args=[first.pk])
    with _locked(house):
        hanging.start()
        while not house.execute(WAITING).fetchone():
            time.sleep(0.01)
        assert _only(sent(other)).state == State.DONE
        assert hanging.is_alive()
    hanging.join()
    assert [run.state for run in first.runs.order_by("pk")] == [State.DONE, State.DONE]


@pytest.mark.usefixtures("house")
def test_each_database_is_a_line_of_its_own_and_those_that_hang_stand_in_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _no_jobs()
    delivery = a_delivery()
    ask_sending(public_id=delivery.public_id, by=who(Post.APPLICANT, CONSUMER))  # it waits already
    assert _lines() == [f"delivery.send.{delivery.target_id}"]
    _no_jobs()
    Delivery.objects.update(stalled_at=delivery.arranged_at)
    send_due(timestamp=0)
    assert _lines() == [jobs.SLOW]
    _no_jobs()
    with _all_places_taken(monkeypatch):
        send_now(delivery_id=delivery.pk)
    assert not DeliveryRun.objects.exists()
    assert ProcrastinateJob.objects.get().scheduled_at is not None  # soon


@pytest.mark.usefixtures("house")
def test_a_server_that_lets_in_and_says_nothing_is_left_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("diebian.base.lake.databases.CONNECT_SECONDS", "2")  # no less is possible
    delivery = a_delivery()
    with closing(socket.create_server(("127.0.0.1", 0))) as ear:
        port = ear.getsockname()[1]
        Target.objects.update(address={"url": f"postgresql://x@127.0.0.1:{port}/x"})
        run = _only(sent(delivery))
    assert (run.state, "连不上" in run.sentence) == (State.FAILED, True)
    assert delivery_of(delivery.grant_id).words == "接收库没有答应"  # type: ignore[union-attr]


def test_a_server_that_stops_answering_is_cut_off_by_our_clock(
    house: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    with _by_tcp(monkeypatch) as way, monkeypatch.context() as changed:
        changed.setattr(patience, "SEND_SECONDS", 1.0)
        delivery = a_delivery()
        way.freezes_after = 2000  # bytes: let in, and then in the midst of it
        run = _only(sent(delivery))
        assert (run.state, "一直没有答完" in run.sentence) == (State.FAILED, True)
    _beside()
    assert _only(sent(delivery)).state == State.DONE
    assert len(_rows(house)) == 10


@pytest.mark.usefixtures("house")
def test_a_lake_that_takes_too_long_over_the_rows_is_ended_by_the_same_clock(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    delivery = a_delivery()
    with monkeypatch.context() as changed:
        changed.setattr(patience, "SEND_SECONDS", 1.0)
        changed.setattr(Outgoing, "_told", lambda *_: ENDLESS)
        run = _only(sent(delivery))
    assert (run.state, "一直没有答完" in run.sentence) == (State.FAILED, True)
    assert _only(sent(delivery)).state == State.DONE


@pytest.mark.parametrize(("passes", "is_in"), [(0, False), (20, True)])
def test_a_commit_without_an_answer_is_looked_up_and_never_made_twice(
    house: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch, passes: int, is_in: bool
) -> None:
    """Where the word did not arrive, and where only the answer to it did not."""
    monkeypatch.setattr(patience, "COMMIT_SECONDS", 0.3)
    with _by_tcp(monkeypatch) as way:
        delivery = a_delivery()

        def frozen(point: str) -> None:
            if point == "staged":
                way.freezes_after = passes

        run = _only(send(delivery_id=delivery.pk, by=PLATFORM, point=frozen))
        assert (run.state, "下次送以前先核对" in run.sentence) == (State.RUNNING, True)
    _beside()
    assert (sent(delivery) is None) == is_in
    states = [one.state for one in delivery.runs.order_by("pk")]
    assert states == ([State.DONE] if is_in else [State.FAILED, State.DONE])
    assert (len(_rows(house)), Call.objects.count()) == (10, 1)


def _notices() -> dict[str, str]:
    """Of this trouble: whom it was told, in the only one that each got."""
    with connection.cursor() as cursor:
        cursor.execute("select key, body from messages_notice where title like '%没有答应'")
        rows = cursor.fetchall()
    assert len(rows) == len(dict(rows))
    return dict(rows)


def _altered() -> None:
    rows_of((number, f"新{number}", 0, PLACES[0]) for number in range(10))
    collect("people")


def _sent_aside(delivery: int) -> None:
    send(delivery_id=delivery, by=PLATFORM)
    connections.close_all()


@contextmanager
def _locked(house: psycopg.Connection[Any]) -> Iterator[None]:
    with psycopg.connect(house.info.dsn) as holder:
        holder.execute(LOCKED)
        yield
        holder.rollback()


@contextmanager
def _by_tcp(monkeypatch: pytest.MonkeyPatch) -> Iterator[Forwarded]:
    """The consumer's database as one of another server, over a line that can freeze."""
    monkeypatch.setattr("diebian.base.lake.databases._own_start", lambda: "of another server")
    with own_server_by_tcp() as way:
        Target.objects.update(address={"url": way.url(f"{connection.settings_dict['NAME']}_house")})
        yield way


def _beside() -> None:
    Target.objects.update(address={"sandbox": "house"})


@contextmanager
def _all_places_taken(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as changed:
        changed.setattr(jobs.PLACES, "acquire", lambda *, blocking: blocking)
        yield


def _no_jobs() -> None:
    with connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_jobs")


def _lines() -> list[str]:
    jobs_ = ProcrastinateJob.objects.filter(task_name="delivery.send_now")
    return list(jobs_.values_list("lock", flat=True))


def _rows(house: psycopg.Connection[Any]) -> dict[int, str]:
    return dict(house.execute("select number, owner from people").fetchall())


def _only(run: DeliveryRun | None) -> DeliveryRun:
    assert run is not None
    return run
