"""No call is lost and none is doubled, whatever is killed. Exactly, and where not, why.

Exact: each 200 that a client saw is one `Call` of status 200 and one read in the tracker. Bounded:
a call whose connection broke may have been answered inside; it may be counted, once, or not at
all. Not covered by the second book: what Envoy alone refused in the last 20 ms before it was killed
(no data left), and what the broker could not write while the database was away (it refused).
"""

import asyncio
import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from diebian.base.exchange.instances import claim, log_of
from diebian.base.exchange.meter import take
from diebian.base.exchange.models import Call, JournalLine, MeterPosition
from diebian.base.exchange.reconcile import settle, settle_all

from .counting_client import CountingClient
from .gateway_rig import Gateway
from .installation import wait_for

KILLED = ("meter", "broker", "envoy", "postgres", "envoy", "meter", "envoy")
ENOUGH = 60


def kill_each(client: CountingClient) -> None:
    for name in KILLED:
        _more_answers(client)
        client.gateway.rig.kill(name)
    _more_answers(client)


def test_every_answer_is_counted_once_whatever_is_killed(gateway: Gateway) -> None:
    client = CountingClient(gateway, "/r/open")
    before = _all_answered(gateway, "open")  # other tests call other routes of the same rig
    seen = asyncio.run(client.run(during=kill_each))
    wait_for(lambda: _is_settled(gateway), "both books are read to their end")
    rows = gateway.rows(
        "select request_id, status from exchange_call where route = 'open' and system = 'alpha'"
    )
    counted = Counter(request_id for request_id, status in rows if status == 200)
    reads = dict(gateway.rows("select request_id, client_call_id from tracker_read"))
    assert [one for one in seen.answered if counted[one] != 1] == []
    assert [one for one, times in Counter(row[0] for row in rows).items() if times > 1] == []
    assert {one: reads.get(one) for one in seen.answered} == seen.answered
    own = [told for told in reads.values() if told.startswith(f"crash-{id(client)}")]
    assert len(seen.answered) <= len(own) == len(set(own)) <= seen.sent
    surplus = counted.total() - before - len(seen.answered)
    refused = seen.statuses[503] + seen.statuses[504]  # away, or too slow in coming back
    assert 0 <= surplus <= seen.broken + refused
    [(unreadable,)] = gateway.rows(
        "select coalesce(sum(unreadable), 0) from exchange_meterposition"
    )
    assert unreadable <= KILLED.count("envoy")  # half a line each, at the most
    assert set(seen.statuses) <= {200, 503, 504}


def test_quiet_counts_are_equal_to_the_last_call(gateway: Gateway) -> None:
    before = _all_answered(gateway)
    client = CountingClient(gateway, "/r/open")
    seen = asyncio.run(client.run(during=_more_answers))
    wait_for(lambda: _is_settled(gateway), "both books are read to their end")
    assert seen.broken == 0
    assert _all_answered(gateway) - before == seen.statuses[200]


def _more_answers(client: CountingClient) -> None:
    wanted = client.seen.statuses[200] + ENOUGH
    wait_for(lambda: client.seen.statuses[200] >= wanted, "the gateway answers again", 60)


def _all_answered(gateway: Gateway, route: str = "%") -> int:
    asked = "select count(*) from exchange_call where status = 200 and route like %s"
    return int(gateway.rows(asked, route)[0][0])


def _is_settled(gateway: Gateway) -> bool:
    """Each log is read to its end, a killed one's half line too, and the journal is empty."""
    read = {(row[0], row[1]): row[2] for row in gateway.rows(
        'select instance, inode, "offset" from exchange_meterposition')}  # fmt: skip
    logs = list((gateway.rig.home.data / "gateway" / "access").glob("*.log"))
    sizes = {(log.stem, log.stat().st_ino): log.stat().st_size for log in logs}
    left = gateway.rows("select count(*) from exchange_journalline")
    return left == [(0,)] and all(read.get(key, 0) == size for key, size in sizes.items())


@pytest.fixture
def dead(settings: Any, tmp_path: Path) -> str:
    """The name of an Envoy that has lived and died; its log is there."""
    settings.DIEBIAN_DATA = tmp_path
    (tmp_path / "gateway" / "access").mkdir(parents=True)
    return "envoy-1"


def _line(request_id: str) -> str:
    told = {"at": "2026-11-25T10:00:00.000Z", "request_id": request_id, "route": "open",
            "system": "alpha", "status": 200, "ms": 3}  # fmt: skip
    return f"{json.dumps(told)}\n"


def _journal(instance: str, *request_ids: str) -> None:
    JournalLine.objects.bulk_create(
        JournalLine(
            instance=instance,
            request_id=request_id,
            at=datetime(2026, 11, 25, 10, tzinfo=UTC),
            route="open",
            system="alpha",
            status=200,
            milliseconds=3,
        )
        for request_id in request_ids
    )


@pytest.mark.django_db
def test_what_the_log_of_a_dead_gateway_lost_is_taken_from_the_journal_once(dead: str) -> None:
    log_of(dead).write_text(_line("a") + _line("b") + _line("c")[:40])
    _journal(dead, "a", "b", "c", "d")
    assert settle_all() == 0  # its log is not read yet
    take(log_of(dead))
    assert settle_all() == 2
    assert settle_all() == 0
    flags = sorted(Call.objects.values_list("request_id", "flags"))
    assert flags == [("a", ""), ("b", ""), ("c", "LOGLOST"), ("d", "LOGLOST")]
    assert MeterPosition.objects.get().unreadable == 1


@pytest.mark.django_db
def test_a_journal_line_that_comes_late_is_not_a_second_call(dead: str) -> None:
    log_of(dead).write_text(_line("a"))
    take(log_of(dead))
    _journal(dead, "a")  # the broker committed after the gateway had given up
    assert settle(dead) == 0
    assert (Call.objects.count(), JournalLine.objects.count()) == (1, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("comes", ["before", "late", "alone"])
def test_why_a_call_was_refused_goes_from_the_journal_to_the_call(dead: str, comes: str) -> None:
    """Before its line in the log is read, after it, or where the line died with its gateway."""

    def writes() -> None:
        _journal(dead, "a")
        JournalLine.objects.update(status=403, code="exchange.not_granted")

    log_of(dead).write_text("" if comes == "alone" else _line("a"))
    if comes != "late":
        writes()
    if comes != "alone":
        take(log_of(dead))
    else:
        log_of(dead).unlink()
    if comes == "late":
        writes()
    settle_all()
    assert Call.objects.get().code == "exchange.not_granted"
    assert not JournalLine.objects.exists()


@pytest.mark.django_db
def test_a_living_gateway_keeps_its_unmatched_lines(settings: Any, tmp_path: Path) -> None:
    settings.DIEBIAN_DATA = tmp_path
    living = claim(port=1)
    _journal(living, "a")
    assert settle(living) == 0
    assert JournalLine.objects.count() == 1


@pytest.mark.django_db
def test_a_line_that_cannot_be_read_is_counted_and_stops_nothing(dead: str) -> None:
    strange = '{"at":"never"}\n' + "\x00\xff\n" + '[]\n"x"\n' + _line("\0" * 100)
    log_of(dead).write_text(strange + _line("a"))
    take(log_of(dead))
    assert MeterPosition.objects.get().unreadable == 4
    assert Call.objects.filter(request_id="a").count() == 1
