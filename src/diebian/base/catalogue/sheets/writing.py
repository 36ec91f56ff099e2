"""From entries to a workbook, in the shape that is read back; and the empty one to start from.

A text that begins like a formula is written as text: whoever opens the file runs nothing.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from diebian.base.catalogue.facts import EntryFacts, ItemFacts
from diebian.kernel.cells import LIKE_A_FORMULA

from .columns import (
    CLOSED,
    ELEMENT,
    ENTRIES,
    ENTRY_COLUMNS,
    HELP,
    ITEM_CLOSED,
    ITEM_COLUMNS,
    ITEMS,
    MOST_ENTRIES,
    NEEDED,
    NUMBER,
)

BOLD = Font(bold=True)
WIDTH, WIDE = 16, 40


def workbook_of(entries: Iterable[EntryFacts | tuple[EntryFacts, str]]) -> bytes:
    """An entry that is there already comes with its number."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # noqa: S101  a new workbook has one, for mypy
    sheet.title = ENTRIES
    items = book.create_sheet(ITEMS)
    _header(sheet, (*ENTRY_COLUMNS, NUMBER))
    _header(items, ITEM_COLUMNS)
    item_line = 1
    for line, one in enumerate(entries, start=2):
        entry, number = one if isinstance(one, tuple) else (one, "")
        _write(sheet.cell(line, len(ENTRY_COLUMNS) + 1), number)
        for place, name in enumerate(ENTRY_COLUMNS.values(), start=1):
            _write(sheet.cell(line, place), _shown(getattr(entry, name)))
        for item in entry.items:
            item_line += 1
            for place, value in enumerate((entry.title, *_parts(item)), start=1):
                _write(items.cell(item_line, place), value)
    _offer_choices(sheet, items)
    _help(book.create_sheet(HELP))
    packed = BytesIO()
    book.save(packed)
    return packed.getvalue()


def sheet_of(name: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """One sheet of text, for components above."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # noqa: S101  a new workbook has one, for mypy
    sheet.title = name
    _header(sheet, header)
    for line, row in enumerate(rows, start=2):
        for place, text in enumerate(row, start=1):
            _write(sheet.cell(line, place), text)
    packed = BytesIO()
    book.save(packed)
    return packed.getvalue()


def _parts(item: ItemFacts) -> Sequence[str]:
    sharing = item.sharing.label if item.sharing else ""
    labels = (item.privacy.label, item.column, sharing, item.element)
    return (item.name, item.type.label, item.length, str(item.level), *labels)


def _shown(value: Any) -> Any:
    if isinstance(value, date):
        return value
    if isinstance(value, int):
        return str(value)
    return str(getattr(value, "label", value or ""))


def _write(cell: Any, value: Any) -> None:
    if isinstance(value, date):
        cell.value, cell.number_format = value, "yyyy-mm-dd"
        return
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    if not text:
        return
    cell.value = text
    cell.data_type = "s"
    cell.number_format = "@"
    if LIKE_A_FORMULA.match(text):
        cell.quotePrefix = True  # also text when somebody edits the cell and leaves it


def _header(sheet: Worksheet, names: Sequence[str]) -> None:
    for place, name in enumerate(names, start=1):
        cell = sheet.cell(1, place, name)
        assert isinstance(cell, Cell)  # noqa: S101  nothing is merged here, for mypy
        cell.font = BOLD
        wide = name in {"名称", "摘要", ITEM_COLUMNS[0], ITEM_COLUMNS[1]}
        sheet.column_dimensions[cell.column_letter].width = WIDE if wide else WIDTH
    sheet.freeze_panes = "B2"


def _offer_choices(sheet: Worksheet, items: Worksheet) -> None:
    """Drop-down lists: short ones only, Excel takes 255 characters; the rest is in the help."""
    offered = [
        (sheet, place, CLOSED[name])
        for place, name in enumerate(ENTRY_COLUMNS.values(), start=1)
        if name in CLOSED and name != "theme"
    ]
    offered += [
        (items, place, ITEM_CLOSED[name])
        for place, name in enumerate(ITEM_COLUMNS, start=1)
        if name in ITEM_CLOSED
    ]
    for of, place, choices in offered:
        listed = ",".join(str(label) for label in choices.labels)
        validation = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
        letter = get_column_letter(place)
        validation.add(f"{letter}2:{letter}{MOST_ENTRIES * 10}")
        of.add_data_validation(validation)


def _help(sheet: Worksheet) -> None:
    lines = [
        ("怎么填", "“目录”表一行一条；“信息项”表一行一项，用目录名称对上"),
        ("第一行", "是列名，不要改、不要合并"),
        ("必填", "、".join((*NEEDED, *ITEM_COLUMNS[:2]))),
        ("复核期限", "到这一天还没有复核、也没有部门在用的，目录自动撤销；写成 2027-01-31"),
        (NUMBER, "平台给的，不要改；新的一条不填。有编号的改了什么，上传后先给您看，再由您决定"),
        ("信息项的共享类型", "和整条目录不同的才写"),
        (f"信息项的{ELEMENT}", "数据元的标识符，例 DE0001；类型、长度要和它一致。不写也可以"),
        *((label, "、".join(map(str, CLOSED[name].labels)))
          for label, name in ENTRY_COLUMNS.items() if name in CLOSED),
        *((f"信息项的{label}", "、".join(map(str, choices.labels)))
          for label, choices in ITEM_CLOSED.items()),
    ]  # fmt: skip
    for number, (what, says) in enumerate(lines, start=1):
        sheet.cell(number, 1, what)
        sheet.cell(number, 2, says)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = WIDTH, 3 * WIDE
