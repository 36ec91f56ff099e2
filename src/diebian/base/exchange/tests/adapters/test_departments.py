"""Every format is asked and read; every nasty answer is refused, none guessed, none a fault."""

import asyncio
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import httpx
import pytest

from diebian.base.exchange.adapters.departments import ask
from diebian.base.exchange.adapters.formats import question, rows_in
from diebian.base.exchange.protocol.refusals import (
    CallIncomplete,
    UpstreamUnavailable,
    UpstreamWrong,
)

COMMON: dict[str, Any] = {
    "system": "planted",
    "path": "/q",
    "headers": {},
    "request": {"id_number": "zjhm"},
    "fixed": {"kind": "1"},
    "fields": {"owner": "name", "place": "zl"},
}
SUCCESS = {"field": "code", "value": "0"}
JSON = {**COMMON, "format": "json", "success": SUCCESS, "rows": "data.list"}
XML = {**COMMON, "format": "xml", "success": SUCCESS, "rows": "acct"}
LINES = {
    **COMMON,
    "format": "lines",
    "encoding": "gbk",
    "success": SUCCESS,
    "none": {"field": "code", "value": "1"},
}
FORM = {**COMMON, "format": "form", "success": SUCCESS}
ASKED = {"id_number": "1 & <2>", "unused": "x"}
ROW = [{"owner": "王芳", "place": "一号楼"}]


@pytest.mark.parametrize(
    ("contract", "kind", "body"),
    [
        (JSON, "application/json; charset=utf-8", b'{"kind": "1", "zjhm": "1 & <2>"}'),
        (
            XML,
            "text/xml; charset=utf-8",
            b"<request><kind>1</kind><zjhm>1 &amp; &lt;2&gt;</zjhm></request>",
        ),
        (LINES, "text/plain; charset=gbk", b"kind|1\r\nzjhm|1 & <2>\r\n"),
        (
            FORM,
            "application/x-www-form-urlencoded; charset=utf-8",
            b"kind=1&zjhm=1+%26+%3C2%3E",
        ),
    ],
    ids=["json", "xml", "lines", "form"],
)
def test_a_question_is_written_as_the_department_reads_it(
    contract: dict[str, Any], kind: str, body: bytes
) -> None:
    assert question(contract, ASKED) == (kind, body)


@pytest.mark.parametrize(
    ("contract", "body"),
    [
        (JSON, '{"code":"0","data":{"list":[{"name":"王芳","zl":"一号楼"}]}}'.encode()),
        (
            XML,
            "<r><code>0</code><acct><name>王芳</name><zl>一号楼</zl></acct></r>".encode(),
        ),
        (LINES, "code|0\r\nname|王芳\r\nzl|一号楼\r\nCY|甲\r\nCY|乙\r\n".encode("gbk")),
        (FORM, "code=0\nname=王芳\nzl=一号楼\n".encode()),
    ],
    ids=["json", "xml", "lines", "form"],
)
def test_an_answer_comes_back_in_our_words(contract: dict[str, Any], body: bytes) -> None:
    assert rows_in(contract, body) == ROW


def test_nobody_found_is_no_row() -> None:
    assert rows_in(LINES, b"code|1\r\n") == []


def test_two_elements_of_one_name_are_two_rows() -> None:
    one = "<acct><name>王芳</name><zl>一号楼</zl></acct>"
    assert len(rows_in(XML, f"<r><code>0</code>{one}{one}</r>".encode())) == 2


def test_a_null_is_an_empty_text() -> None:
    row = rows_in(JSON, b'{"code":"0","data":{"list":[{"name":null,"zl":1.5}]}}')
    assert row == [{"owner": "", "place": "1.5"}]


BOMB = b'<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><r><code>0</code>&b;</r>'
FILE = b'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><r><code>&a;</code></r>'


@pytest.mark.parametrize("encoding", ["GBK", "GB2312", "GB18030"])
def test_xml_says_itself_how_its_letters_are_written(encoding: str) -> None:
    told = "<r><code>0</code><acct><name>王镕</name><zl>一</zl></acct></r>"
    body = f'<?xml version="1.0" encoding="{encoding}"?>{told}'.encode("gb18030")
    assert rows_in(XML, body)[0]["owner"] == "王镕"


def test_xml_that_names_no_encoding_is_read_as_the_contract_says() -> None:
    body = "<r><code>0</code><acct><name>王芳</name><zl>一</zl></acct></r>".encode("gbk")
    assert rows_in({**XML, "encoding": "gbk"}, body)[0]["owner"] == "王芳"
    with pytest.raises(UpstreamWrong):
        rows_in(XML, body)


def _json(name: str) -> bytes:
    return f'{{"code":"0","data":{{"list":[{{"name":{name},"zl":"x"}}]}}}}'.encode()


@pytest.mark.parametrize(
    ("contract", "body"),
    [
        (JSON, b""),
        (JSON, b"<<<%%%"),
        (JSON, b"null"),
        (JSON, b"[1, 2]"),
        (JSON, b'{"code":"9001","msg":"no"}'),
        (JSON, b'{"code":0,"data":{"list":[]}}'),
        (JSON, b'{"code":"0","data":null}'),
        (JSON, b'{"code":"0","data":{"list":["text"]}}'),
        (JSON, b'{"code":"0","data":{"list":[{"name":"without the other"}]}}'),
        (JSON, b"[" * 200_000),
        (JSON, "王".encode("gbk")),
        (JSON, _json('{"a": 1}')),
        (JSON, _json('["a"]')),
        (JSON, _json("NaN")),
        (JSON, _json("9" * 5000)),
        (JSON, _json(r'"\ud800"')),
        (JSON, _json(r'"\u0000"')),
        (JSON, _json('"' + "long" * 2000 + '"')),
        (JSON, b'{"code":"0","data":{"list":[' + b",".join([b'{"name":1,"zl":1}'] * 501) + b"]}}"),
        (XML, b"<r><code>0</code>"),
        (XML, BOMB),
        (XML, FILE),
        (XML, b"<?xml version='1.0' encoding='GBK'?>" + BOMB),
        (XML, b"<?xml version='1.0' encoding='GBK'?>" + FILE),
        (XML, b"<?xml version='1.0' encoding='GBK'?><r>\xff\xff</r>"),
        ({**XML, "encoding": "no-such"}, b"<r/>"),
        (XML, b"<r><code>0</code></r>"),
        (XML, b"<r><code>0</code><code>0</code><acct><name>a</name><zl>b</zl></acct></r>"),
        (XML, b"<r><code>0</code><acct><name>a</name><name>b</name><zl>c</zl></acct></r>"),
        (XML, b"<r>" + b"<a>" * 50_000 + b"</a>" * 50_000 + b"</r>"),
        (LINES, b""),
        (LINES, b"code|7\r\nMS|no\r\n"),
        (LINES, b"code|0\r\nno mark at all\r\n"),
        (LINES, b"code|0\r\nname|a\r\n"),
        (LINES, b"code|0\r\nname|a\r\nname|b\r\nzl|c\r\n"),
        (LINES, b"code|0\r\ncode|1\r\nname|a\r\nzl|c\r\n"),
        (LINES, "code|0\r\nname|王芳\r\nzl|一\r\n".encode()),
        (LINES, b"code|0\r\nname|a\0b\r\nzl|c\r\n"),
        (FORM, b"code=CLOSED\n"),
        (FORM, b"code=0\nname=\xff\xfe\nzl=x\n"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused(contract: dict[str, Any], body: bytes) -> None:
    with pytest.raises(UpstreamWrong):
        rows_in(contract, body)


@pytest.mark.parametrize("end", ["\n", "\r", "\r\nTOKEN|mine", "\u2028x", "\x85x"])
def test_a_parameter_cannot_add_a_line_of_its_own(end: str) -> None:
    with pytest.raises(CallIncomplete):
        question(LINES, {"id_number": f"1{end}"})


def test_a_letter_that_the_department_cannot_write_is_refused() -> None:
    with pytest.raises(CallIncomplete):
        question(LINES, {"id_number": "😀"})


class Endless(BaseHTTPRequestHandler):
    """A department that answers as the path says."""

    protocol_version = "HTTP/1.0"
    part: ClassVar[bytes] = b"x" * 65536

    def do_POST(self) -> None:
        status = 500 if self.path == "/broken" else 200
        self.send_response(status)
        self.end_headers()
        try:
            for _ in range(4096 if self.path == "/endless" else 0):
                self.wfile.write(self.part)
        except OSError:
            pass

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def department(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Endless)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    monkeypatch.setenv("DIEBIAN_SANDBOX_PLANTED", address)
    yield
    server.shutdown()
    server.server_close()


def _ask(path: str) -> None:
    async def once() -> None:
        async with httpx.AsyncClient() as client:
            await ask(client, {**JSON, "path": path}, ASKED, seconds=4)

    asyncio.run(once())


@pytest.mark.usefixtures("department")
def test_an_answer_without_end_is_cut_off_and_refused() -> None:
    with pytest.raises(UpstreamWrong):
        _ask("/endless")


@pytest.mark.usefixtures("department")
def test_a_fault_there_is_told_as_unavailable() -> None:
    with pytest.raises(UpstreamUnavailable):
        _ask("/broken")


def test_a_department_that_is_not_there_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIEBIAN_SANDBOX_PLANTED", "http://127.0.0.1:9")
    with pytest.raises(UpstreamUnavailable):
        _ask("/")
