"""The first sheet of an XLSX file, line by line. Opened only when it is sure to stay small."""

import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from diebian.base.lake.refusals import FileUnsafe

LARGEST_OPEN = 400 << 20  # bytes, all parts together
MOST_TIMES = 300  # how much larger than packed, for a part of some size
SMALL = 10 << 20
MOST_PARTS = 2000
WIDEST = 1000


def xlsx_rows(place: Path) -> Iterator[Sequence[str | None]]:
    _check(place)
    from openpyxl import load_workbook

    try:
        book = load_workbook(place, read_only=True, data_only=True)
    except Exception as error:  # the library has no base class for what may be wrong in a file
        raise FileUnsafe(f"{place.name} 不是正常的 XLSX 文件") from error
    width = 0
    with closing(book):
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # else each row is made as wide as the file says it is
        for row in sheet.iter_rows(values_only=True):
            told = _without_tail([_text(value) for value in row[:WIDEST]])
            width = width or len(told)  # of the first line: the header
            yield [*told, *[None] * (width - len(told))]


def _check(place: Path) -> None:
    """Python's reader gives no more bytes of a part than are told here: what is told is enough."""
    try:
        with zipfile.ZipFile(place) as packed:
            parts = packed.infolist()
    except zipfile.BadZipFile as error:
        raise FileUnsafe(f"{place.name} 不是正常的 XLSX 文件") from error
    whole = sum(part.file_size for part in parts)
    if whole > LARGEST_OPEN or len(parts) > MOST_PARTS or any(map(_is_swollen, parts)):
        raise FileUnsafe(f"{place.name} 打开后有 {whole >> 20} MB，超过上限")


def _is_swollen(part: zipfile.ZipInfo) -> bool:
    return part.file_size > SMALL and part.file_size > MOST_TIMES * part.compress_size


def _without_tail(row: list[str | None]) -> list[str | None]:
    """Cells that were only coloured stand at the end of a line, with nothing in them."""
    while row and row[-1] is None:
        row.pop()
    return row


def _text(value: Any) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        is_day = value.time() == time()
        return value.date().isoformat() if is_day else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date | time) else str(value)
