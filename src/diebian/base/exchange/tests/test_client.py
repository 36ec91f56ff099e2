"""What the platform's own calls are refused with reaches the caller as the refusal it is."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar

import pytest

from diebian.base.exchange.client import Errand, call
from diebian.base.exchange.protocol.refusals import (
    ColumnsGone,
    GatewayUnavailable,
    NoValidToken,
    UpstreamWrong,
)
from diebian.kernel.errors import DiebianError

ERRAND = Errand(system="alpha", purpose="样例用途", case_no="A-1", subject="s", reader="样例")


class _Gateway(BaseHTTPRequestHandler):
    code: ClassVar[str] = ""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        body = json.dumps({"code": self.code}).encode()
        self.send_response(502)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture(autouse=True)
def _gateway(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with HTTPServer(("127.0.0.1", 0), _Gateway) as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.01])
        thread.start()
        monkeypatch.setenv("DIEBIAN_GATEWAY", f"http://127.0.0.1:{server.server_port}")
        yield
        server.shutdown()
        thread.join()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "kind", "is_also"),
    [
        ("exchange.columns_gone", ColumnsGone, UpstreamWrong),  # the caller's case waits
        ("exchange.no_valid_token", NoValidToken, GatewayUnavailable),
        ("exchange.of_a_later_version", GatewayUnavailable, GatewayUnavailable),
    ],
)
def test_each_refusal_reaches_the_caller_as_itself(
    code: str,
    kind: type[DiebianError],
    is_also: type[DiebianError],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(_Gateway, "code", code)
    with pytest.raises(is_also) as caught:
        call(errand=ERRAND, resource="any", parameters={})
    assert type(caught.value) is kind
