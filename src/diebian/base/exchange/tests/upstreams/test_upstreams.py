"""A node above the city, as the province's sandbox plays it: its manners met, its calls counted."""

import asyncio
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import httpx
import psycopg
import pytest

from diebian.base.catalogue.public import resource
from diebian.base.exchange.adapters.models import Circuit, Level, Upstream, UpstreamDay
from diebian.base.exchange.adapters.probing import store_address
from diebian.base.exchange.bench.prepare import prepare
from diebian.base.exchange.tests.brokers import PURPOSE, SYSTEM, a_broker, called
from diebian.base.exchange.tests.people import PROVIDER, an_entry, who
from diebian.base.exchange.upstreams.actions import change_key, register_upstream
from diebian.base.exchange.upstreams.refusals import KeyRefused
from diebian.cloud.runtime.public import Ports
from diebian.security.identity.public import PLATFORM, Actor, Post, Refused
from diebian.security.keys.public import Mac, held, hold
from tests.browsing import browser

ROOT = Path(__file__).parents[6]
CONTRACT: dict[str, Any] = {
    "system": "province",
    "path": "/api/hydj/v1",
    "request": {"id_number": "sfzh"},
    "person": "id_number",
    "success": {"field": "code", "value": "200"},
    "none": {"field": "code", "value": "204"},
    "nested": "data",
    "rows": "data",
    "fields": {"address": "djjg", "area": "hyzk", "place": "xm"},
    "probe": {"id_number": "219902198803120029"},
    "quota": {"day": 1000, "says": {"field": "code", "value": "429"}},
    "repeatable": True,
}
FORM = {
    "title": "样例婚姻登记",
    "slug": "up",
    "path": "/api/hydj/v1",
    "format": "json",
    "encoding": "",
    "headers": "",
    "request": "id_number = sfzh",
    "fixed": "",
    "person": "id_number",
    "success": "code = 200",
    "none": "code = 204",
    "nested": "data",
    "rows": "data",
    "fields_": "owner = xm\narea = hyzk",
    "probe": "id_number = 219902198803120029",
    "quota_day": "40",
    "quota_says": "code = 429",
    "repeatable": "on",
}
BODY = {"id_number": "219902198803120029"}
AUTHORITY = Actor(name="样例", department="x", posts=(Post.AUTHORITY,))
PAGE_EVERY, EACH_DAY = 4, 60

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A process of its own, as `up` starts it: every fourth answer is an error page with 200."""
    book = Ports(tmp_path_factory.mktemp("ports") / "ports.json")
    port = book.choose("province", 8900)
    environment = {
        **os.environ,
        "SANDBOX_DATABASE_URL": os.environ["DATABASE_URL"],
        "SANDBOX_SEED": str(ROOT / "cities/tieling/sandbox.yaml"),
        "SANDBOX_PROVINCE_PAGE_EVERY": str(PAGE_EVERY),
        "SANDBOX_PROVINCE_SLOW_EVERY": "1000000",
        "SANDBOX_PROVINCE_EACH_DAY": str(EACH_DAY),
        "PYTHONPATH": str(ROOT),
    }
    words = [sys.executable, "-m", "sandbox.province", "--port", str(port)]
    process = subprocess.Popen(words, env=environment)  # noqa: S603  our own program
    try:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()
        book.release()


@pytest.fixture
def node(province: str, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Upstream:
    settings.DIEBIAN_DATA = tmp_path
    monkeypatch.setenv("DIEBIAN_SANDBOX_PROVINCE", province)
    with psycopg.connect(_own_database()) as connection:
        connection.execute("delete from dyl")
    made = register_upstream(
        system="province",
        title="样例省平台",
        level=Level.PROVINCE,
        key_id="city-1",
        secret="sample-province-key-1",
        by=PLATFORM,
    )
    Upstream.objects.update(opens_after=3, rests_seconds=1)
    return made


@pytest.mark.usefixtures("node")
def test_an_error_page_is_asked_again_and_every_question_is_counted_as_the_node_counts() -> None:
    _granted()
    statuses = asyncio.run(_calls(10))
    assert statuses == Counter({200: 10})
    [day] = UpstreamDay.objects.all()
    assert day.used == _asked_at_the_node() > 10


@pytest.mark.usefixtures("node")
def test_the_day_of_the_node_is_not_passed_however_many_ask_at_once() -> None:
    _granted(quota={"day": 5}, repeatable=False)
    statuses = asyncio.run(_calls(12, at_once=True))
    assert statuses[429] == 7
    assert (UpstreamDay.objects.get().used, _asked_at_the_node()) == (5, 5)


@pytest.mark.usefixtures("node")
def test_where_the_node_itself_says_that_the_day_is_used_up_it_is_not_asked_again() -> None:
    _granted()
    with psycopg.connect(_own_database()) as connection:
        connection.execute("insert into dyl values(%s, current_date, %s)", ["/api/hydj/v1", 10**6])
    statuses = asyncio.run(_calls(3))
    assert statuses == Counter({429: 3})
    day = UpstreamDay.objects.get()
    assert (day.used, day.told_out) == (1, True)


@pytest.mark.usefixtures("node")
def test_a_node_that_refuses_us_is_left_alone_then_tried_by_one_call() -> None:
    _granted()
    hold("upstream-province", Mac("city-1", "wrong-wrong"))

    async def story() -> None:
        async with a_broker() as broker:
            for _ in range(3):
                assert (await called(broker, "up", BODY))[0] == 502
            status, told = await called(broker, "up", BODY)
            assert (status, told["code"]) == (503, "exchange.circuit_open")
            assert told["retry_after"] == 1
            assert await asyncio.to_thread(_circuit, Circuit.OPEN)
            hold("upstream-province", Mac("city-1", "sample-province-key-1"))
            await asyncio.sleep(1)
            assert (await called(broker, "up", BODY))[0] == 200
            assert await asyncio.to_thread(_circuit, Circuit.CLOSED)

    asyncio.run(story())
    refused = 3 * 2  # each is asked twice; what met the open circuit never went
    assert UpstreamDay.objects.get().used == refused + _asked_at_the_node()


@pytest.mark.usefixtures("node")
def test_a_new_key_is_tried_at_the_node_before_the_old_one_goes() -> None:
    _granted()
    with pytest.raises(KeyRefused):
        change_key(system="province", key_id="city-2", secret="not the right one", by=AUTHORITY)
    assert held("upstream-province").key_id == "city-1"
    change_key(system="province", key_id="city-2", secret="sample-province-key-2", by=AUTHORITY)
    assert held("upstream-province").key_id == Upstream.objects.get().key_id == "city-2"
    assert UpstreamDay.objects.get().used == _asked_at_the_node() + 2  # refused ones count here too
    with pytest.raises(Refused):
        change_key(system="province", key_id="x", secret="y" * 8, by=Actor(name="样例"))


@pytest.mark.usefixtures("node")
def test_the_page_tells_quota_and_circuit_and_never_the_key() -> None:
    _granted()
    asyncio.run(_calls(2))
    page = browser(AUTHORITY).get("/exchange/upstreams/").content.decode()
    assert "样例省平台" in page
    assert f">{1000 - UpstreamDay.objects.get().used}<" in page
    assert "正常转发" in page
    assert "sample-province-key" not in page
    assert "sample-province-key" not in repr(held("upstream-province"))


def test_a_node_is_registered_by_page_its_interface_mounted_by_page_and_asked_where_it_is(
    province: str, settings: Any, tmp_path: Path
) -> None:
    settings.DIEBIAN_DATA = tmp_path
    told = {
        "title": "样例上级平台",
        "system": "above",
        "level": "province",
        "address": province,
        "key_id": "city-1",
        "secret": "sample-province-key-1",
    }
    client, asked_before = browser(AUTHORITY), _asked_at_the_node()
    assert client.post("/exchange/upstreams/", told).status_code == 302
    again = client.post("/exchange/upstreams/", told)
    assert again.status_code == 422
    page = again.content.decode()
    assert "这个代码的上级平台已经登记过" in page
    assert "sample-province-key" not in page
    assert held("upstream-above").key_id == "city-1"
    entry = an_entry()
    manager = browser(who(Post.DATA_MANAGER, PROVIDER))
    form = {**FORM, "system": "above"}
    tried = manager.post(f"/exchange/entries/{entry}/mount", {**form, "do": "try"})
    assert "试调成功，返回 1 行" in tried.content.decode()
    mounted = manager.post(f"/exchange/entries/{entry}/mount", {**form, "do": "mount"})
    assert mounted.status_code == 302
    contract = resource("up").contract
    assert contract["quota"] == {"day": 40, "says": {"field": "code", "value": "429"}}
    assert (contract["nested"], contract["repeatable"]) == ("data", True)
    assert UpstreamDay.objects.get().used == _asked_at_the_node() - asked_before >= 2
    page = manager.get(f"/exchange/entries/{entry}/mount?slug=up").content.decode()
    assert 'name="quota_day" value="40"' in page
    assert "code = 429" in page


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("address", "ftp://x", "写成 https://主机名:端口"),
        ("address", "https://user:word@x", "写成 https://主机名:端口"),
        ("address", "https://x/?a=1", "写成 https://主机名:端口"),
        ("system", "Above", "小写字母开头"),
        ("secret", "short", "8"),
        ("level", "county", "county"),
    ],
)
def test_a_node_that_is_unclear_is_not_registered(field: str, value: str, sentence: str) -> None:
    told = {"title": "样例", "system": "above", "level": "province", "address": "https://a.example",
            "key_id": "k", "secret": "long enough"}  # fmt: skip
    answer = browser(AUTHORITY).post("/exchange/upstreams/", {**told, field: value})
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert not Upstream.objects.exists()


def _granted(**changed: Any) -> None:
    told = {"resource": "up", "system": SYSTEM, "tier": "bulk", "purpose": PURPOSE}
    contract = {**CONTRACT, **changed}
    prepare([{**told, "contract": contract}], ask=lambda told: set(told["fields"]))


async def _calls(number: int, *, at_once: bool = False) -> Counter[int]:
    async with a_broker() as broker:
        if at_once:
            told = await asyncio.gather(*(called(broker, "up", BODY) for _ in range(number)))
        else:
            told = [await called(broker, "up", BODY) for _ in range(number)]
    return Counter(status for status, _ in told)


def _circuit(wanted: Circuit) -> bool:
    """It is written after the answer; a call does not wait for it. In a thread of its own."""
    end = time.monotonic() + 3
    with psycopg.connect(store_address(), autocommit=True) as connection:
        while time.monotonic() < end:
            if connection.execute("select circuit from exchange_upstream").fetchone() == (wanted,):
                return True
            time.sleep(0.02)
    return False


def _asked_at_the_node() -> int:
    with psycopg.connect(_own_database()) as connection:
        found = connection.execute("select coalesce(sum(cs), 0) from dyl").fetchone()
    return int(found[0]) if found else 0


def _own_database() -> str:
    parts = urlsplit(os.environ["DATABASE_URL"])
    own = parts.path.strip("/")
    name = "sandbox_province" if own in {"", "postgres"} else f"{own}_province"
    return urlunsplit(parts._replace(path=f"/{name}"))


def _wait_for(port: int) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=1)
        except httpx.HTTPError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the province does not start")
