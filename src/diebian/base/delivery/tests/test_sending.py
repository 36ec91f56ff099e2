"""The consumer has what the lake has: by changes, exactly once, and only while it is granted."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import connection

from diebian.base.delivery.arranging import arrange, keep_target
from diebian.base.delivery.consumer import Consumer
from diebian.base.delivery.models import Delivery, DeliveryRun, Schedule, State
from diebian.base.delivery.outgoing import Cut, Outgoing
from diebian.base.delivery.refusals import AlreadyArranged, GrantOver, TargetWrong
from diebian.base.delivery.selectors import due
from diebian.base.delivery.sending import send
from diebian.base.exchange.public import Call, resume, revoke, suspend
from diebian.base.lake.public import AddressWrong, collect, open_lake
from diebian.security.identity.public import PLATFORM, Post, Refused
from diebian.standards.masking import masked
from tests.forwarding import own_server_by_tcp
from tests.killed import database_url, killed_at

from .people import (
    CONSUMER,
    OTHER,
    PLACES,
    a_delivery,
    a_grant,
    a_table,
    an_entry,
    collected,
    consumer_database,
    rows_of,
    sent,
    who,
)

pytestmark = pytest.mark.usefixtures("lake_place")
WORK = """
from diebian.base.delivery.sending import send
from diebian.security.identity.public import PLATFORM
send(delivery_id={}, by=PLATFORM, point=point)
"""


@pytest.fixture
def house() -> Iterator[psycopg.Connection[Any]]:
    collected(40)
    a_table(an_entry(), fields={"number": "id", "owner": "name", "place": "place"},
            items={"number": "编号", "owner": "姓名"}, region="place")  # fmt: skip
    with consumer_database() as opened:
        yield opened


def test_first_all_then_only_what_changed(house: psycopg.Connection[Any]) -> None:
    delivery = a_delivery(masked=["owner"])
    first = sent(delivery)
    assert first is not None
    assert (first.state, first.is_whole, first.written, first.total) == (State.DONE, True, 40, 40)
    assert set(_rows(house).values()) == {"***", "****"}  # too short to show even the ends
    assert sent(delivery) is None  # nothing is new
    lines = [(number, f"样例{number}", 0, PLACES[0]) for number in range(5, 40)]
    rows_of([*lines, (3, "改名的人某某某某某", 0, PLACES[0]), (100, "新来的人", 0, PLACES[0])])
    collect("people")
    with open_lake() as lake:
        lake.compact("people")  # the lake may number its rows anew
    second = sent(delivery)
    assert second is not None
    assert (second.is_whole, second.removed, second.total) == (False, 4, 37)
    assert len(second.checksum) == 64
    assert set(_rows(house)) == {3, *range(5, 40), 100}
    _heals(house, delivery)
    uses = Call.objects.filter(route="sample-people")
    assert (uses.count(), set(uses.values_list("system", flat=True))) == (
        3,
        {who(Post.APPLICANT, CONSUMER).department},
    )


def _heals(house: psycopg.Connection[Any], delivery: Delivery) -> None:
    """Who takes rows away from the consumer's table gets all of them anew, in the same table."""
    house.execute("create view theirs as select * from people")  # it is not dropped under them
    house.execute("delete from people where number = 7")
    rows_of((number, f"样例{number}", 0, PLACES[0]) for number in range(5, 40))
    collect("people")
    again = _only(sent(delivery))
    assert (again.is_whole, again.written, "不符" in again.sentence) == (True, 35, True)
    assert set(_rows(house)) == set(range(5, 40))


def test_only_what_was_granted_goes_and_nothing_when_it_is_over(
    house: psycopg.Connection[Any],
) -> None:
    delivery = a_delivery(region=PLACES[1], columns=["owner"])
    assert _only(sent(delivery)).total == 20
    told = house.execute("select * from people").fetchall()
    assert {len(row) for row in told} == {2}  # its name, and the one column
    odd = {f"样例{number}" for number in range(1, 40, 2)}
    assert {row[1] for row in told} == odd
    rows_of((number, f"样例{number}", 0, PLACES[0]) for number in range(40))  # all move away
    collect("people")
    head = who(Post.DATA_HEAD)

    def suspended_meanwhile(point: str) -> None:
        if point == "staged":
            suspend(grant_id=delivery.grant_id, reason="样例", by=head)

    run = _only(send(delivery_id=delivery.pk, by=PLATFORM, point=suspended_meanwhile))
    assert (run.state, "授权已暂停" in run.sentence) == (State.FAILED, True)
    assert {row[0] for row in house.execute("select owner from people").fetchall()} == odd
    assert due() == []
    with pytest.raises(GrantOver):
        sent(delivery)
    resume(grant_id=delivery.grant_id, by=head)
    assert due() == [delivery.pk]
    after = _only(sent(delivery))
    assert (after.removed, after.total) == (20, 0)
    revoke(grant_id=delivery.grant_id, reason="样例", by=head)
    with pytest.raises(GrantOver):
        sent(delivery)


def test_only_the_consumer_arranges_and_not_over_what_is_not_ours(
    house: psycopg.Connection[Any],
) -> None:
    grant = a_grant()
    told: dict[str, Any] = {"grant_id": grant, "target": "house", "table": "people"}
    for nobody in (who(), who(Post.APPLICANT, OTHER), who(Post.DATA_HEAD, CONSUMER)):
        with pytest.raises(Refused):
            arrange(**told, schedule=Schedule.DAILY, by=nobody)
    applicant = who(Post.APPLICANT, CONSUMER)
    made = arrange(**told, schedule=Schedule.DAILY, by=applicant)
    with pytest.raises(AlreadyArranged):
        arrange(**told, schedule=Schedule.DAILY, by=applicant)
    house.execute("create table people (mine int); insert into people values (1)")
    run = _only(sent(made))
    assert (run.state, "不是平台建的" in run.sentence) == (State.FAILED, True)
    assert house.execute("select mine from people").fetchall() == [(1,)]
    own = str(connection.settings_dict["NAME"])
    with own_server_by_tcp() as way:
        for database in (own, "postgres", f"{own}_house"):
            with pytest.raises(TargetWrong, match="平台自己的数据库服务"):
                keep_target(slug="own", title="甲", address={"url": way.url(database)},
                            by=applicant)  # fmt: skip
    with pytest.raises(AddressWrong):
        keep_target(slug="own", title="甲", address={"url": database_url()}, by=applicant)


def test_killed_before_and_after_the_commit(
    house: psycopg.Connection[Any], lake_place: Path
) -> None:
    """Two increments, each broken by kill -9: each is in once, and the book and the uses say so."""
    delivery = a_delivery()
    sent(delivery)
    rows_of((number, f"新{number}", 0, PLACES[0]) for number in range(1, 41))
    collect("people")
    killed_at("staged", WORK.format(delivery.pk), data=lake_place)
    assert _rows(house)[1] == "样例1"  # nothing of it is in
    killed_at("committed", WORK.format(delivery.pk), data=lake_place)
    told = {number: f"新{number}" for number in range(1, 41)}
    assert _rows(house) == told
    assert sent(delivery) is None  # what is in is not sent again
    assert _rows(house) == told
    states = list(DeliveryRun.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["done", "failed", "done"]
    assert Call.objects.count() == 2
    reached = house.execute("select batch, total from diebian_delivery").fetchall()
    assert reached == [(DeliveryRun.objects.order_by("-pk")[0].batch, 40)]


def test_every_kind_of_value_arrives_as_it_was(house: psycopg.Connection[Any]) -> None:
    """Straight from the lake: what a file cannot hold is there, too."""
    long = "21990219880312002X"
    told = f"""SELECT 1::BIGINT AS n, 'a"b,\n样例\\N' AS s, NULL::VARCHAR AS none, '' AS empty,
      DATE '2026-02-28' AS d, TIMESTAMP '2026-01-02 03:04:05.123456' AS t,
      TIMESTAMPTZ '2026-01-02 03:04:05+08' AS z, 12345678901234.56::DECIMAL(18,2) AS money,
      1.5e300::DOUBLE AS f, true AS yes, '\\x00\\xFF'::BLOB AS raw, 2::HUGEINT AS huge,
      TIME '23:59:59' AS clock, '{long}' AS whole, '{long}' AS ends"""
    with open_lake() as lake:
        with lake.writing(batch="b", message="m", note={}):
            types = {row[0]: row[1] for row in lake.duck.execute(f"DESCRIBE {told}").fetchall()}
            lake.create("kinds", types, told)
        cut = Cut("kinds", ("n",), "salt", {one: one for one in types},
                  {**types, "ends": "VARCHAR"}, frozenset({"ends"}), "", "")  # fmt: skip
        going = Outgoing(lake, cut, lake.snapshot())
        with closing(
            Consumer(psycopg.connect(house.info.dsn), "public", "kinds", uuid4())
        ) as consumer:
            consumer.begin_anew(cut.types)
            assert consumer.fill(list(types), going.rows(is_followed=False)) == 1
            consumer.commit()
        expected = lake.read("kinds").project("* EXCLUDE z").fetchone()
    [zoned] = house.execute("select z from kinds").fetchone() or [None]
    assert zoned == datetime(2026, 1, 1, 19, 4, 5, tzinfo=UTC)
    house.execute("alter table kinds drop column z")
    arrived = house.execute("select * from kinds").fetchone()
    assert expected is not None
    assert arrived is not None
    assert arrived[1:-1] == expected[:-1]
    assert arrived[-1] == masked(long)


def _rows(house: psycopg.Connection[Any]) -> dict[int, str]:
    return dict(house.execute("select number, owner from people").fetchall())


def _only(run: DeliveryRun | None) -> DeliveryRun:
    assert run is not None
    return run
