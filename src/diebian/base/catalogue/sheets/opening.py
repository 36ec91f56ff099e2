"""From a file that somebody sent to rows of cells. What is dangerous is refused before parsing."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from warnings import catch_warnings, simplefilter
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from diebian.base.catalogue.refusals import SheetUnreadable

from .columns import (
    ENTRIES,
    ITEMS,
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_PARTS,
    MOST_ROWS,
    MOST_UNPACKED,
)

ZIP, OLD_OFFICE = b"PK", b"\xd0\xcf\x11\xe0"
MEGABYTE = 1024**2
SAVE_AS = "请在表格软件里用“另存为”存成 .xlsx 再上传"
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+1:[A-Z]+\d+)"')


@dataclass(frozen=True)
class Cell:
    at: str  # as people say it: B3
    value: object
    is_formula: bool = False
    is_error: bool = False

    @property
    def is_empty(self) -> bool:
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())


Rows = Sequence[Sequence[Cell]]


SHEETS = (ENTRIES, ITEMS)


def opened(content: bytes, sheets: Sequence[str] = SHEETS) -> dict[str, Rows]:
    """Rows by name of the sheet, the first of them the header. Raises SheetUnreadable."""
    _look_at(content)
    try:
        return _read(content, sheets)
    except SheetUnreadable:
        raise
    except Exception as error:  # a foreign parser and a foreign file: whatever it stumbles over
        raise SheetUnreadable(f"文件损坏，读不下去。{SAVE_AS}") from error


def _look_at(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        raise SheetUnreadable(f"文件超过 {MOST_BYTES // MEGABYTE} MB，请分几次上传")
    if content.startswith(OLD_OFFICE):
        raise SheetUnreadable(f"这是旧格式的 .xls，或加了密码。请去掉密码，{SAVE_AS}")
    if not content.startswith(ZIP):
        raise SheetUnreadable(f"这不是 .xlsx 文件{_text_kind(content)}。{SAVE_AS}")
    try:
        with ZipFile(BytesIO(content)) as packed:
            parts = packed.infolist()
            _look_at_size([part.file_size for part in parts])
            for part in parts:
                _look_at_part(part.filename, packed.read(part))
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise SheetUnreadable(f"文件损坏，打不开。{SAVE_AS}") from error


def _look_at_size(sizes: Sequence[int]) -> None:
    """By what the archive declares; reading never gives more than was declared."""
    if len(sizes) > MOST_PARTS or sum(sizes) > MOST_UNPACKED:
        raise SheetUnreadable(
            f"文件解开后超过 {MOST_UNPACKED // MEGABYTE} MB，没有打开。请用模板重新填写"
        )


def _look_at_part(name: str, content: bytes) -> None:
    if b"<!DOCTYPE" in content and not name.startswith("xl/media/"):
        raise SheetUnreadable("文件里有不该有的定义，没有打开。请用模板重新填写")
    if name.startswith("xl/worksheets/") and (found := MERGED.search(content)):
        place = found[1].decode()
        raise SheetUnreadable(f"第一行的 {place} 是合并单元格。请取消合并，一格写一个列名")


def _text_kind(content: bytes) -> str:
    head = content[:4096]
    for encoding, name in (("utf-8-sig", "UTF-8"), ("gb18030", "GB18030")):
        try:
            head.decode(encoding)
        except UnicodeDecodeError as error:
            if error.start < len(head) - 4:  # a character cut in two at the end is no fault
                continue
        return f"，像是 {name} 编码的文本（例如 .csv）"
    return ""


def _read(content: bytes, sheets: Sequence[str]) -> dict[str, Rows]:
    with catch_warnings():  # what a parser wonders about is told as a fault of its cell
        simplefilter("ignore")
        return _sheets(content, sheets)


def _sheets(content: bytes, sheets: Sequence[str]) -> dict[str, Rows]:
    book = load_workbook(BytesIO(content), read_only=True, data_only=False, keep_links=False)
    try:
        found: dict[str, Rows] = {
            name: list(_rows(book[name])) for name in book.sheetnames if name in sheets
        }
    finally:
        book.close()
    if missing := [name for name in sheets if name not in found]:
        raise SheetUnreadable(f"没有名叫“{'”“'.join(missing)}”的工作表。请用模板填写")
    return found


def _rows(sheet: Any) -> Iterator[Sequence[Cell]]:
    """Empty rows in between are left out; each cell knows its address."""
    sheet.reset_dimensions()  # what a file says of its own size is not believed
    rows = sheet.iter_rows(max_col=MOST_COLUMNS)
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise SheetUnreadable(f"行数超过 {MOST_ROWS}，请分几次上传")
        if number > 1 and all(cell.value is None for cell in row):
            continue
        cells = [
            Cell(
                f"{get_column_letter(place)}{number}",
                cell.value,
                is_formula=cell.data_type == "f",
                is_error=cell.data_type == "e",
            )
            for place, cell in enumerate(row, start=1)
        ]
        if number == 1 or not all(cell.is_empty for cell in cells):
            yield cells
