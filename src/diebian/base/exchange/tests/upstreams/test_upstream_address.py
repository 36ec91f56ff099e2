"""A node above moves: tried before it counts, no secret goes there unsaid, no call is lost."""

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from diebian.base.exchange.adapters.models import Level, Upstream, UpstreamAddress, UpstreamDay
from diebian.base.exchange.bench.prepare import prepare
from diebian.base.exchange.tests.books import notices
from diebian.base.exchange.tests.brokers import BODY, PURPOSE, SYSTEM, a_broker, called
from diebian.base.exchange.tests.people import BUREAU, department, who
from diebian.base.exchange.upstreams.actions import change_address, register_upstream
from diebian.base.exchange.upstreams.refusals import (
    AddressMoved,
    AddressRefused,
    AddressSame,
    AddressUnclear,
    AddressWeaker,
    MoveUnexplained,
    SecretsUnsaid,
)
from diebian.kernel.errors import DiebianError
from diebian.security.identity.public import PLATFORM, Actor, Post, Refused, register_official
from diebian.security.keys.public import held
from tests.browsing import browser

OLD_KEY, NEW_KEY = "city-1", "city-2"
CREDENTIAL = "stored-word"
CONTRACT: dict[str, Any] = {
    "system": "above",
    "path": "/ask",
    "headers": {"X-Key": CREDENTIAL},
    "success": {"field": "code", "value": "0"},
    "rows": "data.list",
    "fields": {"address": "a", "area": "b", "place": "c"},
}
GRANT = {"resource": "up", "system": SYSTEM, "tier": "bulk", "purpose": PURPOSE}
AUTHORITY = Actor(name="样例主管", key="chief", department="x", posts=(Post.AUTHORITY,))
GOOD = json.dumps({"code": "0", "data": {"list": [{"a": "x", "b": "y", "c": "z"}]}})
pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Node:
    """A server above; remembers which key and credential each question showed."""

    body: str = GOOD
    address: str = ""
    asked: list[tuple[str, str]] = field(default_factory=list)


@pytest.fixture
def old(settings: Any, tmp_path: Path) -> Iterator[Node]:
    settings.DIEBIAN_DATA = tmp_path
    with _a_node() as node:
        register_upstream(
            system="above", title="样例省平台", level=Level.PROVINCE, key_id=OLD_KEY,
            secret="sample-key-1", address=node.address, by=PLATFORM,
        )  # fmt: skip
        prepare([{**GRANT, "contract": CONTRACT}], ask=lambda told: set(told["fields"]))
        yield node


@pytest.fixture
def new() -> Iterator[Node]:
    with _a_node() as node:
        yield node


def test_it_is_asked_there_first_and_what_stays_unsaid_sends_nothing(old: Node, new: Node) -> None:
    told: dict[str, Any] = {"reason": "样例通知"}
    for secrets in (
        {},
        {"is_key_kept": True},  # and the credential in the interface?
        {"are_headers_sent": True},
        {"is_key_kept": True, "key_id": NEW_KEY, "secret": "sample-key-2"},
    ):
        with pytest.raises(SecretsUnsaid):
            _change(old, new.address, **told, **secrets)
    assert new.asked == []
    new.body = "<html>"
    said = {"is_key_kept": True, "are_headers_sent": True}
    with pytest.raises(AddressRefused):
        _change(old, new.address, **told, **said)
    assert Upstream.objects.get().address == old.address
    new.body = GOOD
    _change(old, new.address, **told, **said)
    assert Upstream.objects.get().address == new.address
    assert new.asked == [(OLD_KEY, CREDENTIAL)] * 2
    assert old.asked == []
    assert UpstreamDay.objects.get().used == 2  # trying counts as the node counts
    past = UpstreamAddress.objects.order_by("pk").values_list("address", "key_id", "reason")
    assert list(past) == [(old.address, OLD_KEY, "登记"), (new.address, OLD_KEY, "样例通知")]


def test_a_call_under_way_ends_where_it_began_with_the_key_it_began_with(
    old: Node, new: Node
) -> None:
    async def story() -> list[int]:
        async with a_broker() as broker:
            first = await called(broker, "up", BODY)
            await asyncio.to_thread(_change_aside, old, new.address, reason="样例", key_id=NEW_KEY,
                                    secret="sample-key-2", are_headers_sent=True)  # fmt: skip
            within_the_second = await called(broker, "up", BODY)
            broker.grants.forget()
            after = await called(broker, "up", BODY)
        return [status for status, _ in (first, within_the_second, after)]

    assert asyncio.run(story()) == [200, 200, 200]
    assert old.asked == [(OLD_KEY, CREDENTIAL)] * 2
    assert new.asked == [(NEW_KEY, CREDENTIAL)] * 2  # tried, then called
    assert held(Upstream.objects.get().held_as).key_id == NEW_KEY


def test_what_is_not_right_changes_nothing_and_asks_nobody(old: Node, new: Node) -> None:
    said = {"is_key_kept": True, "are_headers_sent": True}
    wrong: list[tuple[type[DiebianError], dict[str, Any]]] = [
        (AddressUnclear, {"address": "https://user:word@x"}),
        (AddressUnclear, {"address": "https://x:99999"}),
        (AddressSame, {"address": old.address}),
        (AddressMoved, {"instead_of": "http://elsewhere"}),
        (MoveUnexplained, {"reason": " "}),
        (Refused, {"by": who(Post.DATA_MANAGER, BUREAU)}),
    ]
    for refusal, changed in wrong:
        with pytest.raises(refusal):
            _change(old, **{"address": new.address, "reason": "样例", **said, **changed})
    Upstream.objects.update(address="https://safe.example")
    with pytest.raises(AddressWeaker):
        _change(old, new.address, reason="样例", instead_of="https://safe.example", **said)
    assert (new.asked, old.asked, UpstreamAddress.objects.count()) == ([], [], 1)


def test_by_page_with_the_reason_kept_and_the_colleagues_told(old: Node, new: Node) -> None:
    register_official(username="other", password="x", name="样例", posts=[Post.AUTHORITY],
                      department=department(BUREAU), by=PLATFORM)  # fmt: skip
    client, place = browser(AUTHORITY), "/exchange/upstreams/above/address"
    page = client.get(place).content.decode()
    assert f"仍用现在的 {OLD_KEY}" in page
    assert "样例接口 up" in page  # that keeps a credential
    assert CREDENTIAL not in page
    told = {"address": new.address, "instead_of": old.address, "reason": "样例通知第一号"}
    late = client.post(place, {**told, "key": "new", "key_id": NEW_KEY, "secret": "sample-key-2"})
    assert late.status_code == 422
    assert "这些接口里存着凭证" in late.content.decode()
    assert "sample-key-2" not in late.content.decode()
    assert client.post(place, {**told, "key": "kept", "are_headers_sent": "on"}).status_code == 302
    assert "样例通知第一号" in client.get(place).content.decode()
    [notice] = notices("other")
    assert new.address in notice
    assert "样例通知第一号" in notice
    assert browser(who(Post.DATA_HEAD, BUREAU)).get(place).status_code == 403


def _change(old: Node, address: str, **told: Any) -> None:
    change_address(**{"system": "above", "address": address, "instead_of": old.address,
                      "by": AUTHORITY, **told})  # fmt: skip


def _change_aside(old: Node, address: str, **told: Any) -> None:
    _change(old, address, **told)
    connections.close_all()


@contextmanager
def _a_node() -> Iterator[Node]:
    node = Node()

    class Above(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            node.asked.append((self.headers["x-node-key"], self.headers["x-key"]))
            told = node.body.encode()
            self.send_response(200)
            self.send_header("content-length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = HTTPServer(("127.0.0.1", 0), Above)
    thread = threading.Thread(target=server.serve_forever, args=[0.01])
    thread.start()
    node.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield node
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
