"""A workbook that is small when packed and without measure when opened ends its own reading."""

import resource
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook

from diebian.base.lake.readers import xlsx
from diebian.base.lake.readers.file import file_reader
from diebian.base.lake.readers.protocol import Window
from diebian.base.lake.refusals import FileUnsafe, Overdue
from diebian.base.lake.watch import Watch

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET, STRINGS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
MEMORY = 64 << 20  # less than for real files: sooner reached
PIECES = 1_500_000  # of what costs many times its length once it is opened


ALSO = b"""<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-\
officedocument.spreadsheetml.sharedStrings+xml"/></Types>"""


def many_strings() -> Iterator[bytes]:
    yield f"<sst {MAIN}>".encode()
    for block in range(20):
        yield "".join(f"<si><t>{block:04}{n:06}</t></si>" for n in range(10_000)).encode()
    yield b"</sst>"


def many_styles() -> Iterator[bytes]:
    yield f"<styleSheet {MAIN}><cellXfs>".encode()
    yield from _mixed("<xf/>")
    yield b"</cellXfs></styleSheet>"


def one_row() -> Iterator[bytes]:
    yield f"<worksheet {MAIN}><sheetData><row>".encode()
    yield from _mixed("<c><v>1</v></c>")
    yield b"</row></sheetData></worksheet>"


def far_row() -> Iterator[bytes]:
    cell = "<c t='inlineStr'><is><t>a</t></is></c>"
    told = f"<row r='1'>{cell}</row><row r='99999999999'>{cell}</row>"
    yield f"<worksheet {MAIN}><sheetData>{told}</sheetData></worksheet>".encode()


@pytest.mark.parametrize(
    ("part", "content"),
    [(STRINGS, many_strings), (STYLES, many_styles), (SHEET, one_row), (SHEET, far_row)],
)  # fmt: skip
def test_what_it_costs_is_bounded(
    part: str,
    content: Callable[[], Iterator[bytes]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(xlsx, "MEMORY", MEMORY)
    place = _hostile(tmp_path, part, content())
    assert place.stat().st_size < 10 << 20
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(FileUnsafe):
        _all(tmp_path, place.name)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) << 10
    assert grown < 64 << 20  # of whoever collects


def test_a_large_honest_workbook_is_read(tmp_path: Path) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["编号", "姓名", "金额"])
    for number in range(5_000):
        sheet.append([number, f"样例{number}", number / 4])
    book.save(tmp_path / "large.xlsx")
    rows = _all(tmp_path, "large.xlsx")
    assert len(rows) == 5_000
    assert rows[-1]["姓名"] == "样例4999"


def test_a_reading_of_a_workbook_ends_when_the_clock_says_so(tmp_path: Path) -> None:
    place = _hostile(tmp_path, SHEET, far_row())
    with pytest.raises(Overdue):
        _all(tmp_path, place.name, seconds=0.2)


def _all(folder: Path, name: str, seconds: float = 300) -> list[dict[str, object]]:
    with Watch(seconds) as watch:
        reader = file_reader(folder, name, watch)
        columns = [one.name for one in reader.shape().columns]
        return [row for one in reader.batches(columns, Window()) for row in one.to_pylist()]


def _hostile(folder: Path, part: str, content: Iterator[bytes]) -> Path:
    """A workbook of one cell, with one of its parts another."""
    book = Workbook()
    book.active.append(["a"]) if book.active else None
    book.save(folder / "plain.xlsx")
    place = folder / "hostile.xlsx"
    with (
        zipfile.ZipFile(folder / "plain.xlsx") as plain,
        zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed,
    ):
        for name in plain.namelist():
            if name != part:
                told = plain.read(name)
                is_also = part == STRINGS
                packed.writestr(name, told.replace(b"</Types>", ALSO) if is_also else told)
        with packed.open(part, "w") as file:
            for block in content:
                file.write(block)
    return place


def _mixed(piece: str) -> Iterator[bytes]:
    """Not so alike that the packing alone gives it away."""
    count = PIECES // 5
    for block in range(100):
        spaces = "\n" * (block % 7)
        yield ((piece + spaces) * (count // 100)).encode()
