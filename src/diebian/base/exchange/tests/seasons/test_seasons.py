"""In a season nobody fails: who cannot be answered at once is told when, and keeps his place."""

import asyncio
import socket
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from diebian.base.exchange.bench.prepare import prepare
from diebian.base.exchange.broker.app import Broker
from diebian.base.exchange.gateway import publishing
from diebian.base.exchange.protocol.deadline import Patience
from diebian.base.exchange.seasons.actions import end_season, open_season
from diebian.base.exchange.seasons.refusals import SeasonOpen, SeasonOver, SeasonUnclear
from diebian.base.exchange.tests.brokers import PURPOSE, SYSTEM, a_broker, called
from diebian.base.exchange.tests.department_system import department_system
from diebian.base.exchange.waiting_line.models import Season, SeasonPulse
from diebian.base.exchange.waiting_line.tickets import ticket_in
from diebian.kernel import clock
from diebian.security.identity.public import Actor, Post, Refused
from tests.browsing import browser

SLUG = "scores"
AUTHORITY = Actor(name="样例", department="x", posts=(Post.AUTHORITY,))
CONTRACT = {
    "system": "sample",
    "person": "",  # who stands in line is what the header says
    "success": {"field": "code", "value": "0"},
    "rows": "data.list",
    "fields": {"address": "qlr", "area": "mj", "place": "xzq"},
}
ROWS = [{"qlr": "样例", "mj": "689", "xzq": "880101"}]
Told = tuple[int, dict[str, Any]]


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.DIEBIAN_DATA = tmp_path


@pytest.fixture
def scores() -> None:
    told = {"resource": SLUG, "system": SYSTEM, "tier": "trial", "purpose": PURPOSE}
    prepare([{**told, "contract": CONTRACT}], ask=lambda contract: set(contract["fields"]))


def opened(**changed: Any) -> Season:
    told: dict[str, Any] = {
        "resource": SLUG,
        "title": "样例高峰期",
        "starts_at": clock.now() - timedelta(minutes=1),
        "ends_at": clock.now() + timedelta(hours=2),
        "each_second": 1000,
        "waiting_most": 1000,
        "kept_minutes": 0,
        "by": AUTHORITY,
    }
    return open_season(**{**told, **changed})


@pytest.mark.usefixtures("scores")
@pytest.mark.django_db(transaction=True)
def test_who_cannot_be_answered_in_time_gets_a_ticket_and_with_it_the_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two a second: of eight at once four or five are answered within two seconds."""
    opened(each_second=2)

    async def story() -> tuple[list[Told], Told, Told]:
        async with a_broker() as broker:
            await called(broker, SLUG, x_subject="first")  # the grant is fetched now
            asked = [called(broker, SLUG, x_subject=f"p{number}") for number in range(8)]
            told = await asyncio.gather(*asked)
            mine = next(answer for status, answer in told if status == 503)
            await asyncio.sleep(max(0.0, ticket_in(mine["ticket"]).turn - clock.now().timestamp()))
            holder = next(n for n, (_, answer) in enumerate(told) if answer is mine)
            other = await called(broker, SLUG, x_subject="other", x_ticket=mine["ticket"])
            back = await called(broker, SLUG, x_subject=f"p{holder}", x_ticket=mine["ticket"])
            beating = asyncio.create_task(broker.asking.seasons.beat())
            await asyncio.sleep(1.2)
            beating.cancel()
            return told, other, back

    with department_system(ROWS) as (address, asked):
        monkeypatch.setenv("DIEBIAN_SANDBOX_SAMPLE", address)
        told, other, back = asyncio.run(story())
    statuses = [status for status, _ in told]
    answered = statuses.count(200)
    assert 4 <= answered <= 5
    assert statuses == [200] * answered + [503] * (8 - answered)  # in the order of coming
    waiting = [answer for status, answer in told if status == 503]
    assert [one["code"] for one in waiting] == ["exchange.in_line"] * len(waiting)
    places = [one["place"] for one in waiting]
    assert places == list(range(places[0], places[0] + len(waiting)))
    assert all(one["retry_after"] == one["expected_seconds"] for one in waiting)
    assert back[0] == 200
    assert other[0] in {200, 503}  # another's ticket is none: its own place, at the end
    assert other[1].get("ticket") != waiting[0]["ticket"]
    pulse = SeasonPulse.objects.get(system=SYSTEM)
    assert pulse.share == 1000  # the only consumer
    assert pulse.admitted == len(asked) == 1 + [*statuses, other[0], back[0]].count(200)
    assert pulse.told_to_wait == [*statuses, other[0]].count(503)


@pytest.mark.django_db(transaction=True)
def test_who_was_let_in_and_found_no_place_comes_next_and_is_not_refused() -> None:
    told = {"resource": SLUG, "system": SYSTEM, "tier": "bulk", "purpose": PURPOSE}
    contract = {**CONTRACT, "at_once": 1}
    prepare([{**told, "contract": contract}], ask=lambda contract: set(contract["fields"]))
    opened()

    async def story() -> list[Told]:
        async with a_broker(Patience(place=0.2, department=1)) as broker:
            asked = [called(broker, SLUG, x_subject=f"p{number}") for number in range(3)]
            return await asyncio.gather(*asked)

    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.MonkeyPatch.context() as patch:
        where = f"http://127.0.0.1:{silent.getsockname()[1]}"
        patch.setenv("DIEBIAN_SANDBOX_SAMPLE", where)
        told_of = asyncio.run(story())
    codes = sorted(answer["code"] for _, answer in told_of)
    assert codes == ["exchange.in_line"] * 2 + ["exchange.upstream_unavailable"]
    assert all(one["expected_seconds"] == 2 for _, one in told_of if "ticket" in one)


@pytest.mark.usefixtures("scores")
@pytest.mark.django_db(transaction=True)
def test_a_persons_answer_is_kept_for_that_person_and_that_season_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    season = opened(kept_minutes=30)
    first, second = {"id_number": "1", "name": "甲"}, {"id_number": "2", "name": "乙"}

    async def asks(broker: Broker, *bodies: dict[str, str]) -> None:
        for body in bodies:
            assert (await called(broker, SLUG, body))[0] == 200

    def ends() -> None:
        end_season(season_id=season.pk, by=AUTHORITY)
        connections.close_all()  # of this thread

    async def story() -> None:
        async with a_broker() as broker:
            await asks(broker, first, first, second, first, second)
            assert len(asked) == 2
            await asyncio.to_thread(ends)
            broker.grants.forget()  # as after its second
            await asks(broker, first)
            assert len(asked) == 3

    with department_system(ROWS) as (address, asked):
        monkeypatch.setenv("DIEBIAN_SANDBOX_SAMPLE", address)
        asyncio.run(story())


@pytest.mark.usefixtures("scores")
@pytest.mark.django_db
def test_in_its_time_a_season_has_a_tier_of_its_own_and_before_and_after_not() -> None:
    season = opened(starts_at=clock.now() + timedelta(hours=1), ends_at=clock.now() + timedelta(2))
    assert publishing.granted()[SLUG][SYSTEM] == "trial"
    with clock.held_at(clock.now() + timedelta(hours=2)):
        assert publishing.granted()[SLUG][SYSTEM] == "season"
        end_season(season_id=season.pk, by=AUTHORITY)
        assert publishing.granted()[SLUG][SYSTEM] == "trial"
        with pytest.raises(SeasonOver):
            end_season(season_id=season.pk, by=AUTHORITY)


@pytest.mark.usefixtures("scores")
@pytest.mark.django_db
def test_one_season_at_a_time_with_an_end_and_only_by_the_authority() -> None:
    with pytest.raises(Refused):
        opened(by=Actor(name="样例", department="x", posts=(Post.DATA_HEAD,)))
    for wrong in ({"ends_at": clock.now() - timedelta(2)}, {"each_second": 0}):
        with pytest.raises(SeasonUnclear):
            opened(**wrong)
    opened()
    with pytest.raises(SeasonOpen):
        opened()
    with clock.held_at(clock.now() + timedelta(hours=3)):
        opened(title="第二次", ends_at=clock.now() + timedelta(hours=1))
    assert Season.objects.filter(ended_at=None).count() == 1


@pytest.mark.usefixtures("scores")
@pytest.mark.django_db
def test_the_pages_of_the_watch_and_of_the_line_tell_how_it_stands() -> None:
    season = opened()
    until = clock.now() + timedelta(seconds=30)
    told = {"admitted": 7, "kept": 5, "told_to_wait": 3, "turned_away": 1}
    pulse = {"season": season, "at": clock.now(), "line_until": until}
    SeasonPulse.objects.create(**pulse, broker="b", system=SYSTEM, waiting=4, share=500, **told)
    SeasonPulse.objects.create(**pulse, broker="b", system="other", share=500, turned_away=9)
    page = browser(AUTHORITY).get(f"/exchange/seasons/{season.pk}/").content.decode()
    assert "正在高峰期" in page
    assert "<dd>7 次</dd>" in page
    assert "<dd>10 次</dd>" in page  # turned away, of both
    assert '<td class="r">4</td><td class="r">500</td><td class="r">7</td>' in page
    assert page.index("system=other") < page.index(f"system={SYSTEM}")
    assert 'http-equiv="refresh"' in page
    provider = Actor(name="样例", department="y", posts=(Post.DATA_HEAD,))
    assert browser(provider).get(f"/exchange/seasons/{season.pk}/").status_code == 404


@pytest.mark.usefixtures("scores")
@pytest.mark.django_db
def test_whoever_is_in_line_sees_place_and_time_and_nothing_of_anybody() -> None:
    from diebian.base.exchange.waiting_line.tickets import new_ticket

    season = opened(each_second=2)
    text = new_ticket(season.pk, clock.now().timestamp() + 90, "blind").text
    answer = browser(None).get("/exchange/line/", {"ticket": text})
    page = answer.content.decode()
    assert "<dd>2 分钟</dd>" in page
    assert "您的位置已经留好" in page
    with clock.held_at(clock.now() + timedelta(seconds=91)):
        assert "轮到您了" in browser(None).get("/exchange/line/", {"ticket": text}).content.decode()
    assert browser(None).get("/exchange/line/", {"ticket": "1-1.x.y.z"}).status_code == 422


@pytest.mark.usefixtures("scores")
@pytest.mark.django_db
def test_a_season_is_opened_by_the_form_or_told_what_is_missing() -> None:
    at = clock.now().astimezone(clock.CITY_TIME)
    told = {
        "resource": SLUG,
        "title": "样例",
        "starts_at": f"{at:%Y-%m-%dT%H:%M}",
        "ends_at": f"{at + timedelta(days=3):%Y-%m-%dT%H:%M}",
        "each_second": "300",
        "waiting_most": "50000",
        "kept_minutes": "600",
    }
    client = browser(AUTHORITY)
    wrong = client.post("/exchange/seasons/", {**told, "resource": "none"})
    assert wrong.status_code == 422
    assert "没有挂载这个代码的接口" in wrong.content.decode()
    assert client.post("/exchange/seasons/", told).status_code == 302
    made = Season.objects.get()
    assert made.starts_at == at.replace(second=0, microsecond=0)
