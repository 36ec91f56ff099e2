"""A base as a table: granted columns of its records into a consumer's database, build by build."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.sql import SQL

from diebian.base.catalogue.public import resource
from diebian.base.delivery import patience
from diebian.base.delivery.arranging import arrange
from diebian.base.delivery.downloading import download
from diebian.base.delivery.models import Delivery, DeliveryRun, Schedule, State
from diebian.base.delivery.public import SourceEnded
from diebian.base.delivery.selectors import due
from diebian.base.delivery.sending import send
from diebian.base.delivery.tests.people import CONSUMER, consumer_database
from diebian.base.exchange.public import (
    Call,
    Mode,
    Per,
    Quantity,
    agree,
    approve_request,
    provision,
    request_share,
    resume,
    suspend,
)
from diebian.base.masterdata.delivering import Records
from diebian.base.masterdata.looking import records_now
from diebian.base.masterdata.models import Base, GoldenRecord, Leave
from diebian.base.masterdata.tests.sample import (
    ANNA,
    CARLA,
    EMIL,
    HEALTH,
    HOUSES,
    INSURED,
    JOBS,
    PLAN,
    ROWS,
    an_entry_of_the_base,
    built,
    collected_again,
    ready,
    who,
)
from diebian.base.masterdata.using import USER
from diebian.kernel import clock
from diebian.security.identity.public import PLATFORM, Post
from diebian.standards.masking import masked
from tests.browsing import browser
from tests.killed import killed_at

SLUG = "sample-people-table"
COLUMNS = ("id_number", "name", "name_source", "born", "phone")
FOREVER = date(2099, 1, 1)
HOUSE_SOURCE = PLAN["sources"][-1]
WORK = """
from diebian.base.delivery.sending import send
from diebian.security.identity.public import PLATFORM
send(delivery_id={}, by=PLATFORM, point=point)
"""


@pytest.fixture
def house(lake_place: Path) -> Iterator[psycopg.Connection[Any]]:
    """Built once, mounted as a table; the consumer's own database."""
    assert lake_place.is_dir()
    ready()
    entry = an_entry_of_the_base(COLUMNS)
    keeper = browser(who(Post.DATA_MANAGER))
    told = {"base": "people", "title": "样例人口表", "slug": SLUG}
    early = keeper.post(f"/bases/mount-table/{entry}/", told)
    assert "还没有建成过" in early.content.decode()
    built()
    mounted = keeper.post(f"/bases/mount-table/{entry}/", told)
    assert mounted["Location"] == f"/exchange/resources/{SLUG}/"
    assert f"/bases/mount-table/{entry}/?slug={SLUG}" in keeper.get(mounted["Location"]).text
    with consumer_database() as opened:
        yield opened


def test_all_records_then_what_a_build_changed_each_value_with_its_source(
    house: psycopg.Connection[Any], lake_place: Path
) -> None:
    delivery = _delivery(*COLUMNS, masked=["phone"])
    killed_at("committed", WORK.format(delivery.pk), data=lake_place)  # in, and not in our book
    assert send(delivery_id=delivery.pk, by=PLATFORM) is None  # finds it there, sends nothing
    first, there = DeliveryRun.objects.get(), records_now(Base.objects.get()).count()
    assert (first.state, first.written, first.total) == (State.DONE, there, there)
    assert Call.objects.filter(route=SLUG).count() == 1
    anna = _rows(house)[ANNA]
    health = f"样例保障局：样例表 {INSURED}"
    assert anna == ("周晚晴", health, date(1991, 6, 14), masked("13800000001"))
    assert due() == []

    collected_again(JOBS, [ROWS[JOBS][0], ROWS[JOBS][1], ("5", EMIL, "赵强", "", "2026-06-02")])
    again = built()
    assert due() == [delivery.pk]
    second = send(delivery_id=delivery.pk, by=PLATFORM)
    assert second is not None
    assert (second.is_whole, second.snapshot_to) == (False, again.number)
    assert 0 < second.written < second.total
    assert second.removed > 0  # the row whose number was wrong stands nowhere any more
    _is_as_the_base(house)

    Base.objects.update(forgotten=again.number + 1)  # what was before is not told any more
    whole = send(delivery_id=delivery.pk, by=PLATFORM)
    assert whole is not None
    assert whole.is_whole
    _is_as_the_base(house)
    page = browser(who(Post.DATA_MANAGER)).get("/bases/people/").text
    assert "样例人口表" in page
    told = {one.words: one.names for one in USER.uses(JOBS)}
    assert told["库表：样例人口表（经样例人口库）"]["xm"] == "样例 name"
    assert told[f"库表交付：样例人口表送到{CONSUMER}"] == {"sfz": "id_number", "xm": "name",
                                                    "tel": "phone"}  # fmt: skip


def test_without_the_leave_of_every_source_nothing_goes_until_it_is_built_without_it(
    house: psycopg.Connection[Any],
) -> None:
    delivery = _delivery("id_number", "born")
    grant = Leave.objects.get(collection__slug=INSURED).request.grant.pk
    head = who(Post.DATA_HEAD, of=HEALTH)

    def ended(point: str) -> None:
        if point == "staged":
            suspend(grant_id=grant, reason="样例", by=head)

    first = send(delivery_id=delivery.pk, by=PLATFORM, point=ended)
    assert first is not None
    assert (first.state, SourceEnded.title in first.sentence) == (State.FAILED, True)
    there = house.execute("select to_regclass('people') is not null").fetchone()
    assert there == (False,)
    again = send(delivery_id=delivery.pk, by=PLATFORM)
    assert again is not None
    assert again.state == State.FAILED
    file = _granted("id_number", "born", mode=Mode.FILE)
    consumer = who(Post.DATA_MANAGER, of=CONSUMER)
    with pytest.raises(SourceEnded):
        download(grant_id=file, purpose="样例", by=consumer)

    built()  # the next build leaves that table out
    third = send(delivery_id=delivery.pk, by=PLATFORM)
    assert third is not None
    assert third.state == State.DONE
    assert dict(_table(house, "id_number, born"))[CARLA] is None  # the insurance alone knew the day
    lines = download(grant_id=file, purpose="样例", by=consumer).content.decode("utf-8-sig")
    assert lines.splitlines()[0] == "样例 id_number,样例 born"
    assert len(lines.splitlines()) == 1 + third.total
    resume(grant_id=grant, by=head)
    built()
    send(delivery_id=delivery.pk, by=PLATFORM)
    assert dict(_table(house, "id_number, born"))[CARLA] == date(1956, 11, 2)


def test_of_a_base_no_more_goes_than_the_grant_gives(house: psycopg.Connection[Any]) -> None:
    there = records_now(Base.objects.get()).count()
    delivery = _delivery("id_number", volume=Quantity(there, Per.DAY))
    send(delivery_id=delivery.pk, by=PLATFORM)
    collected_again(JOBS, [ROWS[JOBS][0], ROWS[JOBS][1], ("5", EMIL, "赵强", "", "2026-06-02")])
    built()
    late = send(delivery_id=delivery.pk, by=PLATFORM)
    assert late is not None
    assert late.state == State.FAILED
    assert f"每天最多 {there} 行，已用 {there} 行，还剩 0 行" in late.sentence
    assert (due(), len(_table(house, "id_number"))) == ([], there)
    with clock.held_at(clock.now() + timedelta(days=1)):
        again = send(delivery_id=delivery.pk, by=PLATFORM)
    assert again is not None
    assert (again.state, again.is_whole) == (State.DONE, False)
    assert f"这次要 {again.written} 行" in late.sentence  # only what changed


def test_of_a_region_only_whom_the_base_places_there_goes_and_who_moves_away_is_taken_out(
    lake_place: Path,
) -> None:
    """The digits of a house's number stand for its division."""
    assert lake_place.is_dir()
    place = {"name": "place", "title": "区划", "kind": "division", "rule": "longest"}
    own = {**HOUSE_SOURCE, "columns": {**HOUSE_SOURCE["columns"], "place": "no"}}
    ready(columns=[*PLAN["columns"], place], sources=[*PLAN["sources"][:-1], own])
    entry = an_entry_of_the_base(("id_number", "name", "place"))
    built()
    told = {"base": "people", "title": "样例人口表", "slug": SLUG}
    browser(who(Post.DATA_MANAGER)).post(f"/bases/mount-table/{entry}/", told)
    with consumer_database() as house:
        delivery = _delivery("name", region="1")
        send(delivery_id=delivery.pk, by=PLATFORM)
        assert _table(house, "name") == [("周晚晴",)]
        moved, come = ("H2", *ROWS[HOUSES][1][1:]), ("H1", *ROWS[HOUSES][3][1:])
        collected_again(HOUSES, [ROWS[HOUSES][0], moved, come])
        built()
        second = send(delivery_id=delivery.pk, by=PLATFORM)
        assert second is not None
        assert (second.state, second.removed, second.is_whole) == (State.DONE, 1, False)
        assert _table(house, "name") == [("孙丽",)]
        assert second.total == 1


def test_a_base_that_takes_too_long_to_read_is_ended_by_the_clock_of_the_sending(
    house: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = _delivery("id_number")
    with monkeypatch.context() as changed:
        changed.setattr(patience, "SEND_SECONDS", 1.0)
        changed.setattr(Records, "_told", lambda *_: SQL("pg_sleep(60)"))
        late = send(delivery_id=delivery.pk, by=PLATFORM)
    assert late is not None
    assert (late.state, "一直没有答完" in late.sentence) == (State.FAILED, True)
    assert late.ended_at is not None
    assert late.ended_at - late.started_at < timedelta(seconds=20)
    assert house.execute("select to_regclass('people') is null").fetchone() == (True,)


def _granted(*columns: str, mode: Mode = Mode.TABLE, **changed: Any) -> int:
    made = request_share(
        resource=SLUG, purpose="样例核对", legal_basis="样例条例", scene="样例", tier="standard",
        columns=columns, mode=mode, valid_to=FOREVER, by=who(Post.APPLICANT, of=CONSUMER),
        **changed,
    ).pk  # fmt: skip
    approve_request(request_id=made, by=who(Post.DATA_HEAD, of=CONSUMER))
    agree(request_id=made, by=who(Post.DATA_HEAD))
    return provision(request_id=made, by=PLATFORM).pk


def _delivery(*columns: str, **changed: Any) -> Delivery:
    assert resource(SLUG).kind == "table"
    return arrange(
        grant_id=_granted(*columns, **changed),
        target="house",
        table="people",
        schedule=Schedule.FOLLOW,
        by=who(Post.APPLICANT, of=CONSUMER),
    )


def _table(house: psycopg.Connection[Any], columns: str) -> list[tuple[Any, ...]]:
    return house.execute(f"select {columns} from people".encode()).fetchall()  # noqa: S608


def _rows(house: psycopg.Connection[Any]) -> dict[str, tuple[Any, ...]]:
    return {row[0]: row[1:] for row in _table(house, ", ".join(COLUMNS))}


def _is_as_the_base(house: psycopg.Connection[Any]) -> None:
    """Of every record that is read, also of those without a number."""
    base = Base.objects.get()

    def told(one: GoldenRecord) -> tuple[str, ...]:
        return tuple(one.values[name] or "" for name in ("id_number", "name", "born"))

    arrived = [tuple(str(value or "") for value in row)
               for row in _table(house, "id_number, name, born")]  # fmt: skip
    assert sorted(arrived) == sorted(told(one) for one in records_now(base))
