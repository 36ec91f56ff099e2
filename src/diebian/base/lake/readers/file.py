"""A file that the department put into its folder here: CSV or XLSX, by what it is called."""

import csv
from codecs import getincrementaldecoder
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa

from diebian.base.lake.names import checked_names
from diebian.base.lake.refusals import (
    ColumnsUnclear,
    EncodingUnknown,
    FileUnsafe,
    SourceWrong,
    TableUnknown,
)
from diebian.base.lake.watch import Watch

from .protocol import BATCH_ROWS, Shape, SourceColumn, Window, text_batch

ENCODINGS = ("utf-8", "gb18030")  # the second reads nearly everything, so it comes last
READ_AS = {"utf-8": "utf-8-sig"}
BLOCK = 1 << 20
LARGEST_FILE = 4 << 30
LONGEST_FIELD = 1 << 20
Row = Sequence[str | None]


def file_reader(folder: Path, name: str, watch: Watch) -> "FileReader":
    place = (folder / name).resolve()
    if not place.is_relative_to(folder.resolve()) or not place.is_file():
        raise TableUnknown(f"文件“{name}”不在本源的文件夹里")
    if place.stat().st_size > LARGEST_FILE:
        raise FileUnsafe(f"文件超过 {LARGEST_FILE >> 30} GB")
    return FileReader(place, watch)


class FileReader:
    def __init__(self, place: Path, watch: Watch) -> None:
        self.place, self._watch = place, watch

    def shape(self) -> Shape:
        with closing(self._rows()) as rows:
            head = next(rows, None)
        return Shape(tuple(SourceColumn(name) for name in _header(head)))

    def batches(self, columns: Sequence[str], _: Window) -> Iterator[pa.RecordBatch]:
        """A file answers no question: what is outside a window is left out after reading."""
        kept: list[list[Any]] = []
        faults: list[str | None] = []
        with closing(self._rows()) as rows:
            head = _header(next(rows, None))
            places = [head.index(name) for name in columns]
            for row in rows:
                if any(value is not None for value in row):  # an empty line is no row
                    kept.append([row[at] if at < len(row) else None for at in places])
                    faults.append(_fault(row, len(head)))
                if len(kept) >= BATCH_ROWS:
                    yield text_batch(columns, kept, faults)
                    kept, faults = [], []
        yield text_batch(columns, kept, faults)

    def _rows(self) -> Generator[Row]:
        if self.place.suffix.lower() == ".xlsx":
            from .xlsx import xlsx_rows

            return xlsx_rows(self.place, self._watch)
        return _csv_rows(self.place)


def encoding_of(place: Path) -> str:
    """By reading it all: a file that is UTF-8 but for one byte is neither. UTF-8 is read without
    the mark that some begin with.
    """
    stopped = []
    for name in ENCODINGS:
        at = _first_fault(place, name)
        if at is None:
            return READ_AS.get(name, name)
        stopped.append(f"{name.upper()} 读到第 {at + 1} 个字节不通")
    raise EncodingUnknown(f"{place.name}：{'；'.join(stopped)}。请另存为 UTF-8 的 CSV 再送")


def _first_fault(place: Path, encoding: str) -> int | None:
    decoder, read = getincrementaldecoder(encoding)(), 0
    with place.open("rb") as file:
        while True:
            block = file.read(BLOCK)
            try:
                decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                return max(0, read + error.start)
            if not block:
                return None
            read += len(block)


def _csv_rows(place: Path) -> Generator[Row]:
    csv.field_size_limit(LONGEST_FIELD)
    with place.open(encoding=encoding_of(place), newline="") as file:
        lines = csv.reader(file, strict=True)
        try:
            for line in lines:
                yield [value if value != "" else None for value in line]
        except csv.Error as error:
            raise SourceWrong(f"第 {lines.line_num} 行起不是正常的 CSV：{error}") from error


def _header(row: Row | None) -> list[str]:
    if row is None:
        raise ColumnsUnclear("文件是空的，连表头也没有")
    names = [(name or "").strip() for name in row]
    empty = [number for number, name in enumerate(names, start=1) if not name]
    if empty:
        told = "、".join(str(number) for number in empty[:5])
        raise ColumnsUnclear(f"表头第 {told} 列是空的；合并的表头请拆成一行，每列一个名称")
    return checked_names(names)


def _fault(row: Row, width: int) -> str | None:
    return None if len(row) == width else f"这一行有 {len(row)} 个值，表头有 {width} 列"
