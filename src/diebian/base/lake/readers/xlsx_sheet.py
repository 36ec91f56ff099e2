"""`python -m diebian.base.lake.readers.xlsx_sheet FILE BYTES`: rows of the first sheet as JSON.

A program of its own with little memory: the library keeps strings, styles and a sheet's lists
whole, and a file of some kilobytes can make these as large as it likes. Then this process ends, and
not the one that collects. It knows nothing of the platform.
"""

import json
import resource
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, time
from typing import Any

MOST_ROWS = 1_048_576  # what the format itself allows
WIDEST = 1000
OUT_OF_MEMORY, TOO_LONG, NOT_READ = 3, 4, 5


def main(place: str, memory: int) -> int:
    """`memory`: bytes of address space."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    try:
        for row in _rows(place):
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
    except MemoryError:
        return OUT_OF_MEMORY
    except TooLong:
        return TOO_LONG
    except Exception as error:  # the library has no base class for what may be wrong in a file
        sys.stderr.write(repr(error)[:500])
        return OUT_OF_MEMORY if "MemoryError" in repr(error) else NOT_READ
    return 0


class TooLong(Exception):
    pass


def _rows(place: str) -> Iterator[list[str | None]]:
    """Without lines in which nothing stands; the first is the header, whatever stands in it."""
    from openpyxl import load_workbook

    with closing(load_workbook(place, read_only=True, data_only=True, keep_links=False)) as book:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # else each row is made as wide as the file says it is
        for number, row in enumerate(sheet.iter_rows(values_only=True)):
            if number >= MOST_ROWS:
                raise TooLong
            told = _without_tail([_text(value) for value in row[:WIDEST]])
            if told or not number:
                yield told


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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
