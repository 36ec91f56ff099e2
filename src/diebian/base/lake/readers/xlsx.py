"""The first sheet of an XLSX file, line by line, from a program of its own (`xlsx_sheet`).

What it may cost: a look at the file's own list of parts first, then the memory of that program, and
the time of whoever watches.
"""

import json
import subprocess
import sys
import zipfile
from collections.abc import Generator, Sequence
from pathlib import Path

from diebian.base.lake.refusals import FileUnsafe
from diebian.base.lake.watch import Watch

from . import xlsx_sheet

MEMORY = 256 << 20  # of that program; half a million different strings take 150
LARGEST_OPEN = 256 << 20  # bytes, all parts together
MOST_TIMES = 100  # how much larger than packed, for a part of some size
SMALL = 4 << 20
MOST_PARTS = 2000
LONGEST_LINE = 8 << 20
SAYS = {
    xlsx_sheet.OUT_OF_MEMORY: "打开后要用的内存超过上限；请另存为 CSV，或分成几个文件",
    xlsx_sheet.TOO_LONG: f"超过 {xlsx_sheet.MOST_ROWS} 行",
    xlsx_sheet.NOT_READ: "不是正常的 XLSX 文件",
}


def xlsx_rows(place: Path, watch: Watch) -> Generator[Sequence[str | None]]:
    _check(place)
    told = [sys.executable, "-P", "-m", xlsx_sheet.__name__, str(place), str(MEMORY)]
    reading = subprocess.Popen(  # noqa: S603  our own program
        told, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8"
    )
    watch.cuts(lambda _: reading.kill())
    width = 0
    try:
        while line := reading.stdout.readline(LONGEST_LINE) if reading.stdout else "":
            if not line.endswith("\n"):
                raise FileUnsafe(f"{place.name} 有一行太长")
            row = json.loads(line)
            width = width or len(row)  # of the first line: the header
            yield [*row, *[None] * (width - len(row))]
        code = reading.wait()
        watch.check()
        if code:
            raise FileUnsafe(f"{place.name} {SAYS.get(code, SAYS[xlsx_sheet.OUT_OF_MEMORY])}")
    finally:  # also where nobody wants the rest: a look at the header
        reading.kill()
        reading.wait()
        if reading.stdout:
            reading.stdout.close()


def _check(place: Path) -> None:
    """Python's reader gives no more bytes of a part than are told here."""
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
