"""How much of a grant's volume goes: exactly so much, also after a kill and with two at once."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import psycopg
import pytest
from django.db import connections

from diebian.base.delivery import volume
from diebian.base.delivery.downloading import download
from diebian.base.delivery.models import Download, State
from diebian.base.delivery.refusals import VolumeUsed
from diebian.base.delivery.selectors import due
from diebian.base.exchange.public import Mode, Per, Quantity, Unit, Volume, terms_of
from diebian.base.lake.public import collect
from diebian.kernel import clock
from diebian.security.identity.public import Post
from tests.browsing import browser
from tests.killed import killed_at

from .people import (
    BUREAU,
    CONSUMER,
    FILE,
    PLACES,
    TABLE,
    a_delivery,
    a_file,
    a_grant,
    a_table,
    an_entry,
    collected,
    consumer_database,
    rows_of,
    sent,
    who,
)
from .test_sending import WORK

CONTENT = b"a,b\n1,2\n"


@pytest.fixture
def house(lake_place: Path) -> Iterator[psycopg.Connection[Any]]:
    assert lake_place  # asked for
    collected(40)
    a_table(an_entry())
    with consumer_database() as opened:
        yield opened


def test_a_batch_that_does_not_fit_waits_whole_until_there_is_some_again(
    house: psycopg.Connection[Any],
) -> None:
    delivery = a_delivery(volume=Quantity(50, Per.DAY))
    first = sent(delivery)
    assert first is not None
    assert (first.state, first.written) == (State.DONE, 40)
    _altered(15)
    late = sent(delivery)
    assert late is not None
    assert late.state == State.FAILED
    for word in ("每天最多 50 行", "已用 40 行", "还剩 10 行", "这次要 15 行", "零点起重新计"):
        assert word in late.sentence, word
    assert _changed_rows(house) == 0
    assert due() == []
    page = browser(who(Post.APPLICANT, CONSUMER)).get(f"/delivery/{delivery.public_id}/")
    assert "还剩 10 行" in page.content.decode()
    assert "等下一个时段" in page.content.decode()
    shown = browser(who(Post.AUTHORITY, BUREAU)).get("/exchange/console/").content.decode()
    assert "每天最多 50 行" in shown
    assert ">80%<" in shown
    with clock.held_at(clock.now() + timedelta(days=1)):
        assert due() == [delivery.pk]
        again = sent(delivery)
        assert again is not None
        assert (again.state, again.is_whole, again.written) == (State.DONE, False, 15)
        assert volume.used(terms_of(delivery.grant_id)) == 15
    assert _changed_rows(house) == 15


def test_what_a_killed_sending_took_counts_once_or_not_at_all(
    house: psycopg.Connection[Any], lake_place: Path
) -> None:
    delivery = a_delivery(volume=Quantity(60, Per.TERM))
    terms = terms_of(delivery.grant_id)
    killed_at("staged", WORK.format(delivery.pk), data=lake_place)
    assert volume.used(terms) == 40  # nobody knows yet: it is kept back
    killed_at("committed", WORK.format(delivery.pk), data=lake_place)
    assert (volume.used(terms), sent(delivery)) == (40, None)
    assert volume.used(terms) == 40
    _altered(20)
    last = sent(delivery)
    assert last is not None
    assert (last.state, volume.used(terms)) == (State.DONE, 60)
    _altered(21)
    late = sent(delivery)
    assert late is not None
    assert "请重新申请" in late.sentence
    assert _changed_rows(house) == 20


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_on_the_last_of_it_one_gets_it(folder: Path) -> None:
    assert folder  # asked for
    a_file(an_entry(), CONTENT)
    size = len(CONTENT)
    grant = a_grant(FILE, columns=["file"], mode=Mode.FILE, volume=Quantity(2 * size, Per.MONTH))
    _download(grant)
    told: list[str] = []
    both = Barrier(2)

    def take() -> None:
        both.wait()
        try:
            _download(grant)
            told.append("got")
        except VolumeUsed as error:
            told.append(error.detail)
        connections.close_all()

    threads = [Thread(target=take) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert Download.objects.count() == 2
    assert (len(told), "got" in told) == (2, True)
    refused = browser(who(Post.APPLICANT, CONSUMER)).post(
        f"/delivery/grants/{grant}/download", {"purpose": "样例"}
    )
    assert refused.status_code == 429
    assert (
        f"每月最多 {2 * size} 字节，已用 {2 * size} 字节，还剩 0 字节" in refused.content.decode()
    )


@pytest.mark.usefixtures("lake_place")
def test_the_form_asks_in_plain_words_and_the_call_tells_how_much() -> None:
    collected(4)
    a_table(an_entry())
    applicant = browser(who(Post.APPLICANT, CONSUMER))
    page = applicant.get(f"/exchange/resources/{TABLE}/").content.decode()
    assert "最多给多少行" in page
    assert "一天最多多少次" not in page
    grant = a_grant(mode=Mode.FILE, volume=Quantity(4, Per.DAY))
    request = f"/exchange/requests/{terms_of(grant).request}/"
    assert "还剩 4 行" in applicant.get(request).content.decode()
    _download(grant)
    assert "还剩 0 行" in applicant.get(request).content.decode()
    call = browser(who(Post.DATA_HEAD)).get(f"/exchange/calls/file-{Download.objects.get().pk}/")
    for word in ("4 行", "样例核对；这一次：样例", "编号、姓名"):
        assert word in call.content.decode(), word


@pytest.mark.parametrize(
    ("per", "at", "begins", "ends"),
    [
        (Per.DAY, "2026-12-31T15:59", "2026-12-30T16:00", "2026-12-31T16:00"),
        (Per.MONTH, "2026-12-31T15:59", "2026-11-30T16:00", "2026-12-31T16:00"),
        (Per.MONTH, "2026-12-31T16:00", "2026-12-31T16:00", "2027-01-31T16:00"),
    ],
)
def test_a_period_is_of_the_city(per: Per, at: str, begins: str, ends: str) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    told = [one.astimezone(UTC) for one in (per.begins(moment), per.ends(moment)) if one]
    assert [f"{one:%Y-%m-%dT%H:%M}" for one in told] == [begins, ends]


def test_an_amount_is_told_exactly() -> None:
    one = Volume(3 * 1024**2, Unit.BYTES, Per.TERM, date(2026, 12, 31))
    assert one.words == "授权期内一共最多 3 MB"
    assert one.amount(3 * 1024**2 - 1) == "3145727 字节"


def _download(grant: int) -> None:
    download(grant_id=grant, purpose="样例", by=who(Post.APPLICANT, CONSUMER))


def _altered(count: int) -> None:
    """So many of the rows are others than they were first."""
    rows_of(
        (number, f"{'新' if number < count else '样例'}{number}", number / 4, PLACES[number % 2])
        for number in range(40)
    )
    collect("people")


def _changed_rows(house: psycopg.Connection[Any]) -> int:
    row = house.execute("select count(*) from people where owner like '新%'").fetchone()
    return int(row[0]) if row else -1
