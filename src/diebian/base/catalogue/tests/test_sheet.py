"""Whole workbooks: what is wrong is told at its cell, what is right comes back as it went out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from diebian.base.catalogue.facts import EntryFacts, ItemFacts
from diebian.base.catalogue.models import Entry, SheetUpload
from diebian.base.catalogue.refusals import AlreadyTaken, SheetUnreadable
from diebian.base.catalogue.sheets.columns import (
    ENTRIES,
    ENTRY_COLUMNS,
    ITEM_COLUMNS,
    ITEMS,
    NUMBER,
)
from diebian.base.catalogue.sheets.opening import opened
from diebian.base.catalogue.sheets.reading import Reading, read
from diebian.base.catalogue.sheets.writing import workbook_of
from diebian.base.catalogue.snapshot import facts_of
from diebian.base.catalogue.uploading import receive_sheet, take_right, workbook_for
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import Refused
from diebian.standards.metadata import DataClass, ItemType, Privacy, UpdateCycle
from diebian.standards.sharing import OpenType, SharingType
from diebian.standards.themes import Theme
from tests.browsing import browser

from .factories import (
    OURS,
    THEIRS,
    a_draft,
    a_head,
    a_manager,
    a_published_entry,
    a_submitted_entry,
    told,
)

FULL = EntryFacts(
    title="样例户表信息",
    sharing=SharingType.NEVER,
    review_due=date(2027, 3, 31),
    sharing_basis="样例条例第三条",
    share_condition="样例条件",
    summary="第一行\n第二行",
    data_class=DataClass.IMPORTANT,
    level=3,
    update_cycle=UpdateCycle.TERM,
    responsible="样例甲",
    theme=Theme.HOUSING,
    open_type=OpenType.CONDITIONAL,
    items=(
        ItemFacts("户号", length="20", level=2, column="hh"),
        ItemFacts("面积", ItemType.NUMBER, "12,2", 3, Privacy.PERSONAL, "mj", SharingType.NEVER),
    ),
)
WORDS = st.text(
    st.characters(min_codepoint=33, max_codepoint=0x9FFF, exclude_categories=["C", "Z"]),
    min_size=1,
    max_size=30,
)
ENTRIES_OF = st.lists(
    st.builds(
        EntryFacts,
        title=WORDS,
        sharing=st.just(SharingType.CONDITIONAL),
        review_due=st.dates(date(2000, 1, 1), date(2100, 12, 31)),
        summary=WORDS | st.just(""),
        theme=st.sampled_from([None, *Theme]),
        update_cycle=st.sampled_from(UpdateCycle),
        level=st.integers(1, 4),
        items=st.lists(
            st.builds(ItemFacts, name=WORDS, type=st.sampled_from(ItemType)),
            max_size=3,
            unique_by=lambda item: item.name,
        ).map(tuple),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda entry: entry.title,
)


def test_everything_that_an_entry_says_comes_back() -> None:
    assert _facts(_read(workbook_of([FULL]))) == [FULL]


@settings(max_examples=40)
@given(ENTRIES_OF)
def test_what_was_written_out_is_read_back_equal(entries: list[EntryFacts]) -> None:
    found = _read(workbook_of(entries))
    assert (found.faults, _facts(found)) == ([], entries)


@pytest.mark.parametrize("text", ["=1+1", "+86", "-户号", "@cmd", '=HYPERLINK("a")'])
def test_what_looks_like_a_formula_goes_out_as_text(text: str) -> None:
    made = workbook_of([replace(FULL, title=text, summary=text)])
    sheet = load_workbook(BytesIO(made))[ENTRIES]
    cell: Any = sheet["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)
    with ZipFile(BytesIO(made)) as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")
    assert _facts(_read(made))[0].title == text


@pytest.mark.parametrize(
    ("edit", "fault"),
    [
        ({"A2": ""}, "目录 A2 名称必填"),
        ({"A2": True}, "目录 A2 应是文字，不是是或否"),
        ({"A2": "=1+1"}, "目录 A2 是公式，请改成它算出来的值"),
        ({"A2": "字" * 201}, "目录 A2 最多 200 个字，现在有 201 个"),
        ({"D2": "共享"}, "目录 D2 “共享”应是无条件共享、有条件共享、不予共享之一"),
        ({"E2": ""}, "目录 E2 不予共享须说明依据"),
        ({"I2": 9}, "目录 I2 “9”应是1 级、2 级、3 级、4 级之一"),
        ({"L2": "2027-02-30"}, "目录 L2 没有“2027-02-30”这一天"),
        ({"L2": "明年"}, "目录 L2 “明年”应写成 2027-01-31 这样的日期"),
        ({"L2": 20270131}, "目录 L2 是错误值 #VALUE!"),
        ({"L2": 3.5}, "目录 L2 1900-01-03 的年份不对"),
        ({"L2": date(1900, 1, 1)}, "目录 L2 1900-01-01 的年份不对，应在 2000 到 2100 年"),
        ({"A3": "样例户表信息", "D3": "有条件共享", "L3": "2027-01-31"}, "目录 A3 和 A2 重名"),
        ({"M2": "=A1"}, "目录 M2 是公式，请改成它算出来的值"),
        ({"A1": "=1+1"}, "目录 A1 是公式，请改成它算出来的值"),
        ({"A1": "题目"}, "目录 A1 不认识的列“题目”"),
        ({"L1": None}, "目录 1:1 第一行缺少列：复核期限"),
        ({"B1": "名称"}, "目录 B1 列名“名称”写了两次"),
    ],
)  # fmt: skip
def test_each_wrong_cell_of_an_entry_is_told(edit: dict[str, object], fault: str) -> None:
    found = _read(_edited(ENTRIES, edit))
    assert any(line.startswith(fault) for line in _lines(found)), _lines(found)
    assert len(found.lines) == ("A3" in edit)


@pytest.mark.parametrize(
    ("edit", "fault"),
    [
        ({"A2": "没有的"}, "信息项 A2 “目录”表里没有这条目录：没有的"),
        ({"C2": "整数"}, "信息项 C2 “整数”应是字符、数值"),
        ({"D2": "=1+1"}, "信息项 D2 是公式，请改成它算出来的值"),
        ({"D2": "很长"}, "信息项 D2 长度“很长”应是数字"),
        ({"G2": "列"}, "信息项 G2 接口列名“列”只能用字母、数字和下划线"),
        ({"B2": None}, "信息项 B2 名称应有 1 到 100 个字"),
        ({"B3": "户号"}, "目录 A2 名称“户号”写了两次"),
    ],
)
def test_each_wrong_cell_of_an_item_is_told(edit: dict[str, object], fault: str) -> None:
    found = _read(_edited(ITEMS, edit))
    assert any(line.startswith(fault) for line in _lines(found)), _lines(found)


def test_numbers_as_people_type_them_are_taken() -> None:
    found = _read(_edited(ITEMS, {"D2": 20, "E2": 2}))
    assert _facts(found) == [FULL]


def _bomb() -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (30 * 1024**2))
    return packed.getvalue()


def _merged() -> bytes:
    def merge(book: Workbook) -> None:
        book[ENTRIES].merge_cells("A1:C1")

    return _changed(merge)


def _without_items() -> bytes:
    return _changed(lambda book: book.remove(book[ITEMS]))


def _entities() -> bytes:
    """A workbook with a sheet of entities that unfold: a billion laughs, in small."""
    laughs = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]><sst>&c;</sst>'
    packed = BytesIO()
    with ZipFile(BytesIO(workbook_of([FULL]))) as was, ZipFile(packed, "w") as will:
        for part in was.infolist():
            is_sheet = part.filename == "xl/worksheets/sheet1.xml"
            will.writestr(part.filename, laughs if is_sheet else was.read(part))
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (lambda: "名称,共享类型\n户表,有条件共享\n".encode("gb18030"), "像是 GB18030 编码的文本"),
        ("名称,共享类型".encode, "像是 UTF-8 编码的文本"),
        (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 99, "旧格式的 .xls，或加了密码"),
        (lambda: b"PK\x03\x04" + b"\0" * 99, "文件损坏"),
        (lambda: b"", "不是 .xlsx"),
        (_bomb, "解开后超过 20 MB"),
        (lambda: b"PK" + b"\0" * 6 * 1024**2, "超过 5 MB"),
        (_merged, "A1:C1 是合并单元格"),
        (_without_items, "没有名叫“信息项”的工作表"),
        (_entities, "有不该有的定义"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_sheet_is_refused_with_a_sentence(
    content: Callable[[], bytes], sentence: str
) -> None:
    with pytest.raises(SheetUnreadable, match=sentence):
        opened(content())


def test_too_many_rows_are_refused() -> None:
    def fill(book: Workbook) -> None:
        book[ENTRIES].cell(60_000, 1, "远")

    with pytest.raises(SheetUnreadable, match="行数超过 50000"):
        opened(_changed(fill))
    many = workbook_of([replace(FULL, title=f"样例{n}", items=()) for n in range(1001)])
    assert "一次最多 1000 条，现在 1001 条" in _read(many).faults[0].sentence


@pytest.mark.django_db
def test_three_hundred_entries_become_drafts_of_the_department() -> None:
    entries = [replace(FULL, title=f"样例{n:03}") for n in range(300)]
    upload = receive_sheet(content=workbook_of(entries), name="样例.xlsx", by=a_manager())
    assert (upload.taken, upload.faults) == (300, [])
    assert set(Entry.objects.values_list("state", "provider__name")) == {("draft", OURS)}
    assert facts_of(Entry.objects.get(title="样例007")) == entries[7]


@pytest.mark.django_db
def test_with_a_fault_nothing_is_saved_until_somebody_takes_the_right_ones() -> None:
    content = workbook_of([FULL, replace(FULL, title="样例供热站点")])
    a_submitted_entry()
    upload = receive_sheet(content=content, name="样例.xlsx", by=a_manager())
    assert Entry.objects.count() == 1
    assert [fault[1] for fault in upload.faults] == ["A3"]
    for nobody in (a_head(), a_manager(THEIRS)):
        with pytest.raises(Refused):
            take_right(upload_id=upload.public_id, by=nobody)
    taken = take_right(upload_id=upload.public_id, by=a_manager())
    assert (taken.taken, taken.wrong, Entry.objects.count()) == (1, 1, 2)
    with pytest.raises(AlreadyTaken):
        take_right(upload_id=upload.public_id, by=a_manager())


@pytest.mark.django_db
def test_the_departments_entries_go_out_as_they_would_come_in() -> None:
    a_published_entry()
    a_draft(a_manager(), "样例草稿")
    a_draft(a_manager(THEIRS), "别人的")
    found = _read(workbook_for(a_manager()))
    assert [facts.title for facts in _facts(found)] == ["样例供热站点", "样例草稿"]
    assert _facts(found)[0] == told()


@pytest.mark.django_db
def test_the_pages_lead_from_template_to_drafts() -> None:
    client = browser(a_manager())
    template = client.get("/catalogue/sheet/template.xlsx").content
    assert _lines(_read(template)) == ["目录 A2 还没有填写目录，第二行起一行一条"]
    for content, status, sentence in [
        (b"a,b", 422, "请在表格软件里用“另存为”存成 .xlsx 再上传"),
        (b"", 422, "什么都没有保存"),
    ]:
        answer = client.post("/catalogue/sheet", {"sheet": SimpleUploadedFile("a.csv", content)})
        assert answer.status_code == status
        assert sentence in answer.content.decode()
    sent = SimpleUploadedFile("样例.xlsx", _edited(ENTRIES, {"A3": "又一条"}))
    answer = client.post("/catalogue/sheet", {"sheet": sent}, follow=True)
    page = answer.content.decode()
    assert '<th scope="row">D3</th><td>共享类型必填</td>' in page
    assert "只收写对的 1 条" in page
    upload = SheetUpload.objects.get()
    answer = client.post(f"/catalogue/sheet/{upload.public_id}/take", follow=True)
    assert "已收 1 条草稿" in answer.content.decode()
    assert client.get("/catalogue/sheet/entries.xlsx").content.startswith(b"PK")


@pytest.mark.django_db
def test_what_was_typed_on_the_page_goes_out_and_comes_back_equal() -> None:
    client = browser(a_manager())
    typed = {"title": "样例", "sharing": "conditional", "review_due": "2027-01-01"}
    client.post(
        "/catalogue/draft", {**typed, "summary": "第一行\r\n第二行", "items": "项\r\n又一项"}
    )
    [back] = _facts(_read(client.get("/catalogue/sheet/entries.xlsx").content))
    assert back == facts_of(Entry.objects.get())
    assert back.summary == "第一行\n第二行"


@pytest.mark.django_db
def test_an_upload_is_its_departments_own() -> None:
    upload = receive_sheet(content=workbook_of([FULL]), name="a.xlsx", by=a_manager())
    client = browser(a_manager(THEIRS))
    assert client.get(f"/catalogue/sheet/{upload.public_id}/").status_code == 404
    with pytest.raises(NotFound):
        take_right(upload_id=FULL_ID, by=a_manager())


FULL_ID = SheetUpload().public_id


def _read(content: bytes) -> Reading:
    return read(opened(content))


def _facts(found: Reading) -> list[EntryFacts]:
    return [line.facts for line in found.lines]


def _lines(found: Reading) -> list[str]:
    return [f"{fault.sheet} {fault.cell} {fault.sentence}" for fault in found.faults]


def _edited(sheet: str, edit: dict[str, Any]) -> bytes:
    def write(book: Workbook) -> None:
        for at, value in edit.items():
            book[sheet][at] = value

    return _changed(write)


def _changed(change: Callable[[Workbook], object]) -> bytes:
    book = load_workbook(BytesIO(workbook_of([FULL])))
    assert [cell.value for cell in book[ENTRIES][1]] == [*ENTRY_COLUMNS, NUMBER]
    assert [cell.value for cell in book[ITEMS][1]] == list(ITEM_COLUMNS)
    change(book)
    packed = BytesIO()
    book.save(packed)
    return packed.getvalue()
