"""An interface that answers page by page, JSON, XML or lines. It is believed nothing: see limits.

`options` of the collection: format, rows (dotted place of the list), page (name of the parameter),
first (number of the first page), size (name) and size_value, since (name), success {field, value},
none {field, value} (there is nothing more), method (get, post: the question as a web form),
encoding (of JSON and lines, and of XML that names none).

Lines: `KEY=value` (separator), a head, then each row behind a line of its own (between, `--`).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

import httpx
import pyarrow as pa

from diebian.base.lake.addresses import origin_of
from diebian.base.lake.refusals import AddressWrong, SourceEndless, SourceUnreachable, SourceWrong
from diebian.base.lake.watch import Watch
from diebian.kernel.foreign_xml import ParseError, read_xml, text_of
from diebian.kernel.trust import trusted

from .protocol import MOST_ROWS, Shape, SourceColumn, Window, text_batch

LARGEST_ANSWER = 32 << 20
MOST_PAGES = 100_000
SECONDS = 30.0
PAGE_ROWS = 500
ROWS = "_rows"  # where the rows of lines stand
Record = Mapping[str, Any]


class HttpReader:
    def __init__(
        self, base: str, path: str, options: Mapping[str, Any], secret: str, watch: Watch
    ) -> None:
        self._watch = watch
        self.url = _under(base, path)
        # What stands in the path is asked on each page: the client would put its own in its place.
        self._fixed = dict(parse_qsl(urlsplit(self.url).query))
        self.url = urlsplit(self.url)._replace(query="").geturl()
        self.options = options
        self._headers = {"authorization": f"Bearer {secret}"} if secret else {}

    def shape(self) -> Shape:
        with self._client() as client:
            rows = self._page(client, 0, Window())[0]
        names = dict.fromkeys(name for row in rows for name in row)
        return Shape(tuple(SourceColumn(name) for name in names), is_known=bool(rows))

    def batches(self, columns: Sequence[str], window: Window) -> Iterator[pa.RecordBatch]:
        count, before = 0, b""
        with self._client() as client:
            for number in range(MOST_PAGES):
                rows, digest = self._page(client, number, window)
                if not rows:
                    return
                if digest == before:
                    raise SourceEndless(f"第 {number + 1} 页和前一页一模一样，看来翻页没有起作用")
                self._check(rows, columns, number)
                yield text_batch(columns, [[_text(row.get(name)) for name in columns]
                                           for row in rows])  # fmt: skip
                count, before = count + len(rows), digest
                if "page" not in self.options:  # all in one answer
                    return
                if count > MOST_ROWS:
                    break
        raise SourceEndless(f"已经读了 {count} 行，仍没有到头")

    @contextmanager
    def _client(self) -> Iterator[httpx.Client]:
        told: dict[str, Any] = {"headers": self._headers, "follow_redirects": False}
        try:
            with httpx.Client(**told, verify=trusted()) as client:
                yield client
        finally:
            self._watch.lets_go()

    def _heard(self, name: str, told: Mapping[str, Any]) -> None:
        """Of the client's own steps. A connection is held as soon as it is there: a byte now and
        then would keep one reading for ever, also within the head of an answer.
        """
        if name == "connection.connect_tcp.complete":
            self._watch.holds(told["return_value"].get_extra_info("socket").fileno())

    def _page(
        self, client: httpx.Client, number: int, window: Window
    ) -> tuple[list[Record], bytes]:
        body = self._body(client, self._question(number, window))
        told = self._read(body)
        none = self.options.get("none")
        if none and str(_at(told, none["field"])) == str(none["value"]):
            return [], b""
        success = self.options.get("success")
        if success and str(_at(told, success["field"])) != str(success["value"]):
            raise SourceWrong(
                f"对方没有表示成功，{success['field']} 是 {_at(told, success['field'])}"
            )
        rows = _at(
            told, self.options.get("rows", ROWS if self.options.get("format") == "lines" else "")
        )
        if isinstance(rows, Mapping):  # one row in XML looks like no list
            rows = [rows]
        if rows in (None, ""):
            rows = []
        if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
            raise SourceWrong(f"答复里的 {self.options.get('rows', '最外层')} 不是一行行的记录")
        return rows, sha256(body).digest()

    def _question(self, number: int, window: Window) -> dict[str, str]:
        told, asked = self.options, dict(self._fixed)
        if "page" in told:
            asked[told["page"]] = str(number + int(told.get("first", 1)))
        if "size" in told:
            asked[told["size"]] = str(told.get("size_value", PAGE_ROWS))
        if "since" in told and window.since:
            asked[told["since"]] = window.since
        return asked

    def _body(self, client: httpx.Client, asked: dict[str, str]) -> bytes:
        body = bytearray()
        try:
            with client.stream(
                **self._sent(asked),
                timeout=min(SECONDS, self._watch.left),
                extensions={"trace": self._heard},
            ) as answer:
                if answer.status_code != httpx.codes.OK:
                    raise SourceUnreachable(f"对方答复 {answer.status_code}")
                for part in answer.iter_bytes():
                    self._watch.check()
                    body += part
                    if len(body) > LARGEST_ANSWER:
                        raise SourceEndless(f"一次答复超过 {LARGEST_ANSWER >> 20} MB")
        except httpx.HTTPError as error:
            raise SourceUnreachable(type(error).__name__) from error
        return bytes(body)

    def _sent(self, asked: dict[str, str]) -> dict[str, Any]:
        if self.options.get("method") == "post":
            return {"method": "POST", "url": self.url, "data": asked}
        return {"method": "GET", "url": self.url, "params": asked}

    def _read(self, body: bytes) -> Any:
        if self.options.get("format") == "lines":
            return self._lines(body)
        is_xml = self.options.get("format") == "xml"
        kind, encoding = "XML" if is_xml else "JSON", str(self.options.get("encoding", "utf-8"))
        try:
            if is_xml:
                return _tree(read_xml(body, otherwise=encoding))
            return json.loads(text_of(body, encoding))
        except (UnicodeDecodeError, LookupError) as error:
            raise SourceWrong(
                f"答复不是 {encoding.upper()} 编码的{kind}；对方用 GB18030、GBK 的，"
                "请在“其他约定”里写 encoding = gb18030"
            ) from error
        except (ValueError, ParseError, RecursionError) as error:
            start = body[:60].decode("utf-8", "replace").strip()
            raise SourceWrong(f"答复 200，但内容不是{kind}，开头是：{start}") from error

    def _lines(self, body: bytes) -> Any:
        mark, between = self.options.get("separator", "="), self.options.get("between", "--")
        blocks: list[dict[str, str]] = [{}]
        try:
            for line in text_of(body, str(self.options.get("encoding", "utf-8"))).splitlines():
                if line.strip() == between:
                    blocks.append({})
                elif line.strip():
                    name, found, value = line.partition(mark)
                    if not found:
                        raise SourceWrong(f"有一行不是“名称{mark}值”：{line[:40]}")
                    blocks[-1][name.strip()] = value.strip()
        except (UnicodeDecodeError, LookupError) as error:
            raise SourceWrong("答复的编码和约定的不一样") from error
        return {**blocks[0], ROWS: blocks[1:]}

    def _check(self, rows: list[Record], columns: Sequence[str], number: int) -> None:
        gone = [name for name in columns if not any(name in row for row in rows)]
        if gone:
            raise SourceWrong(f"第 {number + 1} 页里没有列：{'、'.join(gone)}")


def _under(base: str, path: str) -> str:
    """Whole origins are compared: `http://host.evil.example` begins with `http://host`, too."""
    within = base.rstrip("/") + "/"
    try:
        url = urljoin(within, path.lstrip("/"))
        is_http = urlsplit(url).scheme in {"http", "https"}
        is_there = is_http and origin_of({"url": url}) == origin_of({"url": base})
    except ValueError:  # a port or brackets that are none
        is_there = False
    if not is_there or not urlsplit(url).path.startswith(urlsplit(within).path):
        raise AddressWrong("路径只能在登记的地址之下")
    return url


def _at(told: Any, place: str) -> Any:
    for name in place.split(".") if place else ():
        told = told.get(name) if isinstance(told, Mapping) else None
    return told


def _tree(element: Any) -> Any:
    """XML as JSON would say it: children by name, a list where a name comes again."""
    if len(element) == 0:
        return element.text
    told: dict[str, Any] = {}
    for child in element:
        name, value = child.tag.rpartition("}")[2], _tree(child)
        if name in told:
            kept = told[name]
            told[name] = [*kept, value] if isinstance(kept, list) else [kept, value]
        else:
            told[name] = value
    return told


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value or None
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else json.dumps(value, ensure_ascii=False)
