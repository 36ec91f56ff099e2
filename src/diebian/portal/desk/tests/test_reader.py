"""What a reader's service answers is foreign: a card, no card, nonsense, nobody there."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

from diebian.portal.desk.public import Card, CardMissing, ReaderAway, read_card

NUMBER = "11010519491231002X"
WRONG = {"resultFlag": "0", "resultContent": {"certNumber": "1", "partyName": "样例"}}
GOOD = {"resultFlag": "0", "resultContent": {"certNumber": NUMBER, "partyName": " 样例 "}}


class Service(BaseHTTPRequestHandler):
    says = b""
    asked = ""

    def do_GET(self) -> None:
        Service.asked = self.path
        self.send_response(200)
        self.end_headers()
        self.wfile.write(Service.says)

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@pytest.fixture
def reader(settings: Any) -> Iterator[None]:
    server = HTTPServer(("127.0.0.1", 0), Service)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    settings.CARD_READER = f"http://127.0.0.1:{server.server_port}/reader"
    yield
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.usefixtures("reader")
def test_a_card_on_the_reader_of_this_window_is_read() -> None:
    Service.says = json.dumps(GOOD).encode()
    assert read_card(place="H1-3") == Card(NUMBER, "样例")
    assert Service.asked == "/reader?device=H1-3"


@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize(
    ("says", "refusal"),
    [
        ({"resultFlag": "1", "errorMsg": "未放卡"}, CardMissing),
        (WRONG, CardMissing),
        ({"resultFlag": "0", "resultContent": {"certNumber": NUMBER}}, CardMissing),
        ({"resultFlag": "0", "resultContent": "moon"}, ReaderAway),
        ([], ReaderAway),
        ("<<<%%%", ReaderAway),
    ],
)
def test_what_is_no_card_is_told(says: object, refusal: type[Exception]) -> None:
    Service.says = says.encode() if isinstance(says, str) else json.dumps(says).encode()
    with pytest.raises(refusal):
        read_card(place="H1-3")


def test_nobody_there_is_told(settings: Any) -> None:
    for address in ("", "http://127.0.0.1:9/"):
        settings.CARD_READER = address
        with pytest.raises(ReaderAway):
            read_card(place="H1-3")
