"""What departments really send. Each case: a clear sentence, nothing lost, nobody else affected."""

import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from diebian.base.lake.collecting import collect
from diebian.base.lake.models import Mode, RunState, SourceKind
from diebian.base.lake.readers import http as interface
from diebian.base.lake.refusals import (
    AddressWrong,
    ColumnsUnclear,
    EncodingUnknown,
    FileUnsafe,
    SourceUnreachable,
    SourceWrong,
    TableUnknown,
)
from diebian.base.lake.sources import Readers, SourcePlace
from diebian.base.lake.watch import Watch
from diebian.security.identity.public import PLATFORM

from .people import (
    a_collection,
    file_source,
    other_source,
    reasons,
    rows,
    run,
    source_database,
)

pytestmark = pytest.mark.usefixtures("lake_place")
Answer = Callable[[dict[str, list[str]]], bytes]


def from_file(name: str, **changed: object) -> None:
    a_collection("people", source="files", table=name, **changed)


def test_a_file_in_the_old_encoding_is_read_as_such() -> None:
    folder = file_source()
    (folder / "p.csv").write_bytes("id,name\n1,镕堃\n".encode("gb18030"))
    from_file("p.csv")
    assert run().taken == 1
    assert rows() == [("1", "镕堃")]


def test_a_file_in_no_encoding_says_at_which_byte() -> None:
    folder = file_source()
    (folder / "p.csv").write_bytes("id,name\n1,王芳\n".encode() + b"2,\xff\xfe\n")
    with pytest.raises(EncodingUnknown, match="UTF-8 读到第 20 个字节不通；GB18030"):
        from_file("p.csv")


def test_impossible_dates_are_set_aside_row_by_row() -> None:
    folder = file_source()
    (folder / "p.csv").write_text(
        "id,born\n1,2026-02-30\n2,20260918\n3,1988.03.12\n4,昨天\n5,2000-02-29\n6,\n"
    )
    from_file("p.csv", types={"id": "BIGINT", "born": "DATE"})
    told = run()
    assert reasons(told) == [(1, "“born”的值不是日期"), (4, "“born”的值不是日期")]
    assert [row[0] for row in rows()] == [2, 3, 5, 6]
    assert told.bad_rows.get(number=4).row == {"id": "4", "born": "昨天", "_fault": None}


def test_a_value_with_an_empty_sign_is_set_aside_and_stops_nobody() -> None:
    """The book keeps bad rows in PostgreSQL, which has no place for it: a whole session ended."""
    folder = file_source()
    (folder / "p.csv").write_text("id,born\n1,2000-01-01\n2,\0昨天\n3,2000-01\0\n")
    (folder / "q.csv").write_text("id\n1\n")
    from_file("p.csv", types={"id": "BIGINT", "born": "VARCHAR"})
    a_collection("quiet", source="files", table="q.csv")
    told = {one.collection.slug: one for one in collect(slugs=["people", "quiet"], by=PLATFORM)}
    assert (told["people"].taken, told["quiet"].taken) == (1, 1)
    assert reasons(told["people"]) == [(number, "“born”的值里有空字符") for number in (2, 3)]
    assert told["people"].bad_rows.get(number=2).row["born"] == "␀昨天"


def test_of_doubled_keys_the_first_is_taken_and_the_rest_are_set_aside() -> None:
    folder = file_source()
    (folder / "p.csv").write_text("id,name\n1,a\n2,b\n1,c\n,d\n")
    from_file("p.csv")
    assert reasons(run()) == [(3, "主键和另一行相同（id）"), (4, "主键“id”是空的")]
    assert rows() == [("1", "a"), ("2", "b")]


def test_of_doubled_keys_with_a_watermark_the_newest_is_taken() -> None:
    folder = file_source()
    (folder / "p.csv").write_text("id,name,at\n1,old,2026-01-01\n1,new,2026-01-02\n")
    from_file("p.csv", mode=Mode.WATERMARK, watermark_column="at", types={"at": "DATE"})
    run()
    assert [row[1] for row in rows()] == ["new"]


def test_a_row_with_too_many_values_is_set_aside() -> None:
    folder = file_source()
    (folder / "p.csv").write_text("id,name\n1,a\n2,b,c\n3\n")
    from_file("p.csv")
    told = [why for _, why in reasons(run())]
    assert told == ["这一行有 3 个值，表头有 2 列", "这一行有 1 个值，表头有 2 列"]


def test_a_column_that_vanished_from_a_file_is_held() -> None:
    folder = file_source()
    (folder / "p.csv").write_text("id,name\n1,a\n")
    from_file("p.csv")
    run()
    (folder / "p.csv").write_text("id,title\n1,a\n")
    told = run()
    assert told.state == RunState.HELD
    assert "少了列：name；多了列：title" in told.sentence
    assert rows() == [("1", "a")]


def test_a_merged_header_is_refused_with_its_place() -> None:
    from openpyxl import Workbook

    folder, book = file_source(), Workbook(write_only=False)
    sheet = book.create_sheet(index=0)
    book.active = 0
    for row in (["人员", None, "单位"], ["姓名", "证件", "名称"], ["王芳", "1", "样例"]):
        sheet.append(row)
    sheet.merge_cells("A1:B1")
    book.save(folder / "p.xlsx")
    with pytest.raises(ColumnsUnclear, match="表头第 2 列是空的；合并的表头请拆成一行"):
        from_file("p.xlsx")


def test_a_zip_bomb_is_not_opened() -> None:
    folder = file_source()
    with zipfile.ZipFile(folder / "p.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"<row/>" * (40 << 20 >> 2))
    with pytest.raises(FileUnsafe, match="打开后有 60 MB"):
        from_file("p.xlsx")
    (folder / "p.xlsx").write_bytes(b"not a zip at all")
    with pytest.raises(FileUnsafe, match="不是正常的 XLSX 文件"):
        from_file("p.xlsx")


def test_a_file_outside_the_departments_folder_is_not_there() -> None:
    folder = file_source()
    (folder.parent / "other.csv").write_text("id\n1\n")
    for name in ("../other.csv", "/etc/hostname", "missing.csv"):
        with pytest.raises(TableUnknown):
            from_file(name)


def test_an_error_page_with_200_is_told_as_what_it_is() -> None:
    answers = {"first": b'{"rows": [{"id": 1, "name": "a"}]}'}
    with department_interface(lambda _: answers["first"]):
        a_collection("people", source="other", table="list", options={"rows": "rows"})
        assert run().taken == 1
        answers["first"] = "<html><h1>系统维护中".encode()
        told = run()
        assert told.state == RunState.FAILED
        assert "答复 200，但内容不是JSON，开头是：<html><h1>系统维护中" in told.sentence
        answers["first"] = b'{"code": 500, "rows": null}'
        assert run().state == RunState.HELD  # no rows at all would have emptied the lake
        assert rows() == [("1", "a")]


def test_a_failure_told_in_the_answer_is_a_failure() -> None:
    options = {"rows": "rows", "success": {"field": "code", "value": "0"}}
    answers = [b'{"code": "0", "rows": [{"id": 1}]}', b'{"code": "E7", "rows": []}']
    with department_interface(lambda _: answers[0]):
        a_collection("people", source="other", table="list", options=options)
        answers.pop(0)
        assert "对方没有表示成功，code 是 E7" in run().sentence


@pytest.mark.parametrize("encoding", ["GBK", "GB2312", "GB18030"])
def test_xml_in_the_old_encodings_is_read(encoding: str) -> None:
    told = "<r><row><id>1</id><name>王镕</name></row></r>"
    body = f'<?xml version="1.0" encoding="{encoding}"?>{told}'.encode("gb18030")
    with department_interface(lambda _: body):
        a_collection("people", source="other", table="list",
                     options={"format": "xml", "rows": "row"})  # fmt: skip
        assert run().taken == 1
    assert rows() == [("1", "王镕")]


def test_json_in_the_old_encoding_is_read_as_told_and_else_told_as_such() -> None:
    body = '{"rows": [{"id": 1, "name": "王镕"}]}'.encode("gb18030")
    with department_interface(lambda _: body):
        with pytest.raises(SourceWrong, match="请在“其他约定”里写 encoding = gb18030"):
            a_collection("people", source="other", table="list", options={"rows": "rows"})
        a_collection("people", source="other", table="list",
                     options={"rows": "rows", "encoding": "gb18030"})  # fmt: skip
        assert run().taken == 1
    assert rows() == [("1", "王镕")]


def test_pages_that_never_end_are_noticed() -> None:
    page = b'{"rows": [{"id": 1}]}'
    options = {"rows": "rows", "page": "page"}
    with department_interface(lambda _: page):
        a_collection("people", source="other", table="list", options=options)
        assert "翻页没有起作用" in run().sentence


def test_an_answer_that_never_ends_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interface, "LARGEST_ANSWER", 1 << 20)
    size = {"bytes": 10}

    def answer(_: dict[str, list[str]]) -> bytes:
        return b'{"rows": [{"id": "' + b"x" * size["bytes"] + b'"}]}'

    with department_interface(answer):
        a_collection("people", source="other", table="list", options={"rows": "rows"})
        size["bytes"] = 64 << 20
        assert "一次答复超过 1 MB" in run().sentence


def test_a_page_that_lacks_a_column_stops_the_batch() -> None:
    def answer(asked: dict[str, list[str]]) -> bytes:
        number = int(asked["page"][0])
        row = b'{"id": %d, "name": "a"}' % number if number == 1 else b'{"id": %d}' % number
        return b'{"rows": [%b]}' % row

    options = {"rows": "rows", "page": "page"}
    with department_interface(answer):
        a_collection("people", source="other", table="list", options=options)
        assert "第 2 页里没有列：name" in run().sentence


def test_an_address_leads_only_to_its_own_system() -> None:
    other_source(SourceKind.HTTP, {"url": "http://127.0.0.1:8"})
    with pytest.raises(AddressWrong):
        a_collection("people", source="other", table="http://127.0.0.1:9/else")
    address = {"url": "postgresql://u:secret@127.0.0.1/x"}
    with pytest.raises(AddressWrong, match="不要写口令"):
        other_source(SourceKind.POSTGRESQL, address, slug="p")
    with pytest.raises(AddressWrong):
        other_source(SourceKind.HTTP, {"url": "file:///etc/passwd"}, slug="f")


def test_a_system_that_is_down_fails_alone() -> None:
    other_source(SourceKind.POSTGRESQL, {"url": "postgresql://u@127.0.0.1:9/x"})
    with pytest.raises(SourceUnreachable):
        a_collection("gone", source="other")
    with source_database():
        a_collection()
        folder = file_source()
        (folder / "p.csv").write_text("id\n1\n")
        a_collection("from_file", source="files", table="p.csv")
        (folder / "p.csv").unlink()
        told = collect(slugs=["people", "from-file"], by=PLATFORM)
        assert {one.collection.slug: one.state for one in told} == {
            "people": "done",
            "from-file": "failed",
        }


def test_far_too_many_bad_rows_take_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("diebian.base.lake.staging.MOST_BAD", 3)
    folder = file_source()
    (folder / "p.csv").write_text("id,n\n" + "".join(f"{n},x\n" for n in range(9)))
    from_file("p.csv", types={"n": "BIGINT"})
    told = run()
    assert "9 行收不进来，超过 3 行。例如第 1 行：“n”的值不是整数" in told.sentence


def test_readers_for_makers_without_a_driver_say_so() -> None:
    from diebian.base.lake.refusals import DriverMissing

    for kind, url in (("dm", "dm://u@127.0.0.1"), ("kingbase", "kingbase://u@127.0.0.1/x")):
        place = SourcePlace(kind, {"url": url}, secret="", department="", slug="s")
        with pytest.raises(DriverMissing):
            Readers().open(place, table="t", options={}, watch=Watch(60))


@contextmanager
def department_interface(answer: Answer) -> Iterator[None]:
    class System(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = answer(parse_qs(urlsplit(self.path).query))
            self.send_response(200)
            self.end_headers()
            try:
                self.wfile.write(body)
            except ConnectionError:
                self.close_connection = True  # the reader had enough

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), System)
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    other_source(SourceKind.HTTP, {"url": f"http://127.0.0.1:{server.server_port}"})
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
