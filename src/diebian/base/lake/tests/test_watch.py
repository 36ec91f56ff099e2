"""A source that hangs costs its own time and nobody else's; whoever asks to stop is heard there."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

import psycopg
import pytest
from django.db import connection, connections

from diebian.base.lake import databases, engine, watch
from diebian.base.lake.collecting import collect
from diebian.base.lake.models import Run, RunState, Source, SourceKind
from diebian.base.lake.readers import postgres
from diebian.base.lake.refusals import Overdue
from diebian.base.lake.run_actions import stop_run
from diebian.security.identity.public import PLATFORM
from tests.forwarding import own_server_by_tcp

from .people import (
    a_collection,
    database_words,
    file_source,
    other_source,
    run,
    source_database,
    who,
)

pytestmark = pytest.mark.usefixtures("lake_place")
ONE = b'{"rows": [{"id": 1}]}'
OPTIONS = {"rows": "rows"}


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table has two seconds."""
    monkeypatch.setattr(watch, "MINUTE", 2 / 30)


@pytest.mark.usefixtures("short")
def test_a_locked_table_is_given_up_and_the_others_are_collected() -> None:
    with source_database("create table people (id int); create table zebra (id int)") as source:
        a_collection("people", key=[])
        a_collection("zebra", key=[])
        a_file()
        with _locked("people"):
            told = _states("people", "zebra", "from-file")
            assert told == {"people": "failed", "zebra": "done", "from-file": "done"}
            assert "收得太久，已停下" in Run.objects.get(state=RunState.FAILED).sentence
            time.sleep(0.2)
            asked = "select count(*) from pg_locks where not granted"
            assert source.execute(asked).fetchone() == (0,)  # nobody waits there any more
        assert run("people").state == RunState.DONE


def test_a_lock_is_not_waited_for_as_long_as_a_table_may_take(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(postgres, "LOCK_SECONDS", 1)
    with source_database("create table people (id int)"):
        a_collection("people", key=[])
        with _locked("people"):
            began = time.monotonic()
            told = run()
            assert told.state == RunState.FAILED
            assert "lock timeout" in told.sentence
            assert time.monotonic() - began < 20


def test_whoever_stops_a_run_is_heard_while_it_waits_for_a_lock() -> None:
    with source_database("create table people (id int)"):
        a_collection("people", key=[])
        with _locked("people"), _stopped_soon():
            assert run().state == RunState.STOPPED


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize("part", ["head", "body"])
def test_a_byte_now_and_then_does_not_keep_a_reading_for_ever(part: str) -> None:
    with _trickling() as system:
        a_collection("people", source="other", table="list", options=OPTIONS)
        a_file()
        system.trickles = part
        began = time.monotonic()
        assert _states("people", "from-file") == {"people": "failed", "from-file": "done"}
        assert "收得太久" in Run.objects.get(state=RunState.FAILED).sentence
        assert time.monotonic() - began < 15


def test_a_look_while_a_person_waits_ends_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "LOOK_SECONDS", 1.0)
    with _trickling() as system:
        system.trickles = "head"
        with pytest.raises(Overdue):
            a_collection("people", source="other", table="list", options=OPTIONS)


def test_a_server_that_stops_answering_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """No polite word reaches it: its connections are ended here."""
    monkeypatch.setattr(watch, "PATIENCE", 1.0)
    monkeypatch.setattr(postgres, "ASIDE_SECONDS", 0.5)
    rows = "create table people (id int); insert into people select generate_series(1, 300000)"
    with source_database(rows), own_server_by_tcp() as way:
        a_collection("people", key=[])
        own = f"{connection.settings_dict['NAME']}_core"
        Source.objects.update(address={"url": way.url(own)})
        monkeypatch.setattr(databases, "_own_start", lambda: "of another server")
        assert run().taken == 300_000
        way.freezes_after = 1 << 20  # bytes: in the midst of the rows
        monkeypatch.setattr(watch, "MINUTE", 2 / 30)
        began = time.monotonic()
        told = run()
        assert (told.state, "收得太久" in told.sentence) == (RunState.FAILED, True)
        assert time.monotonic() - began < 30


def test_a_server_that_lets_in_and_then_says_nothing_is_left_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(watch, "LOOK_SECONDS", 1.0)
    monkeypatch.setattr(databases, "CONNECT_SECONDS", "2")
    monkeypatch.setattr(databases, "_own_start", lambda: "of another server")
    with source_database(), own_server_by_tcp() as way:
        own = f"{connection.settings_dict['NAME']}_core"
        other_source(SourceKind.POSTGRESQL, {"url": way.url(own)})
        way.freezes_after = 1e9
        with psycopg.connect(way.url(own)):
            # bytes: let in, then within a question
            way.freezes_after = 1e9 - way.freezes_after + 40
        with pytest.raises(Overdue):
            a_collection("people", source="other")


@pytest.mark.usefixtures("short")
def test_a_source_whose_tables_hang_is_not_asked_for_its_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each lane finds out once."""
    monkeypatch.setattr(engine, "MOST_SLOW", 1)
    monkeypatch.setattr(engine, "LANES", 2)
    names = ("a1", "a2", "a3")
    with source_database(";".join(f"create table {one} (id int)" for one in names)):
        for name in names:
            a_collection(name, key=[])
        with _locked("a1"), _locked("a2"), _locked("a3"):
            assert set(_states(*names).values()) == {"failed"}
            told = [one.sentence for one in Run.objects.filter(state=RunState.FAILED)]
            assert sorted(one[:4] for one in told) == ["收得太久", "收得太久", "这个来源"]
        with _locked("a1"):  # who was not tried comes before who hung
            assert _states(*names) == {"a1": "failed", "a2": "done", "a3": "done"}


def test_rows_of_a_database_are_seen_as_they_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "HEED_SECONDS", 0.1)
    slow = """create table plain (id int); insert into plain select generate_series(1, 800);
      create view people as select id, pg_sleep(0.001)::text as s from plain"""
    seen: set[int] = set()
    is_over = Event()

    def look() -> None:
        while not is_over.wait(0.1):
            seen.update(Run.objects.filter(state="running").values_list("read", flat=True))
        connections.close_all()

    with source_database(slow):
        a_collection("people", key=[])
        looking = Thread(target=look)
        looking.start()
        assert run().read == 800
        is_over.set()
        looking.join()
    assert any(0 < one < 800 for one in seen), seen


def a_file() -> None:
    (file_source() / "p.csv").write_text("id\n1\n")
    a_collection("from_file", source="files", table="p.csv")


def _states(*slugs: str) -> dict[str, str]:
    runs = collect(slugs=slugs, by=PLATFORM)
    return {one.collection.slug: one.state for one in runs}


@contextmanager
def _locked(table: str, slug: str = "core") -> Iterator[None]:
    own = f"{connection.settings_dict['NAME']}_{slug}"
    with psycopg.connect(**database_words(), dbname=own) as holder:
        holder.execute(f"lock table {table} in access exclusive mode".encode())
        yield
        holder.rollback()


@contextmanager
def _stopped_soon() -> Iterator[None]:
    def stop() -> None:
        while not (found := Run.objects.filter(state=RunState.RUNNING).first()):
            time.sleep(0.05)
        time.sleep(0.5)  # until it waits
        stop_run(run_id=found.pk, by=who())
        connections.close_all()

    stopping = Thread(target=stop)
    stopping.start()
    yield
    stopping.join()


class Trickling:
    """Answers well, until it is told to send the head or the body a byte at a time."""

    def __init__(self) -> None:
        self.ear = socket.create_server(("127.0.0.1", 0))
        self.trickles = ""
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                line = self.ear.accept()[0]
                threading.Thread(target=self._answer, args=[line], daemon=True).start()

    def _answer(self, line: socket.socket) -> None:
        with line, suppress(OSError):
            line.recv(65536)
            if self.trickles == "head":
                self._drip(line, b"HTTP/1.1 200 OK\r\nx: " + b"y" * 1000)
            head = b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\nconnection: close\r\n\r\n"
            if self.trickles == "body":
                line.sendall(head % 1000)
                self._drip(line, b" " * 1000)
            line.sendall(head % len(ONE) + ONE)

    def _drip(self, line: socket.socket, text: bytes) -> None:
        for one in text:
            line.sendall(bytes([one]))
            time.sleep(0.1)


@contextmanager
def _trickling() -> Iterator[Trickling]:
    made = Trickling()
    port = made.ear.getsockname()[1]
    other_source(SourceKind.HTTP, {"url": f"http://127.0.0.1:{port}"})
    yield made
    made.ear.close()


@pytest.mark.parametrize("is_followed", [False, True])
def test_a_connection_that_was_read_is_left_before_its_table_is_done(is_followed: bool) -> None:
    """The handle kept for cutting would hold it open; an interface makes one for each page."""
    (ours, theirs), (other, others) = socket.socketpair(), socket.socketpair()
    with theirs, other, others, watch.looking() as look:
        look.holds(ours.fileno())
        ours.close()
        theirs.settimeout(0.05)
        with pytest.raises(TimeoutError):
            theirs.recv(1)
        if is_followed:
            look.holds(other.fileno())
        else:
            look.lets_go()
        assert theirs.recv(1) == b""
