"""Rows as CSV that a spreadsheet opens and runs nothing of."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any

from diebian.kernel.cells import safe_text

MARK = "\ufeff"  # spreadsheets take UTF-8 for the local encoding without it


def csv_of(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    out = StringIO()
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow([guarded(name) for name in names])
    lines.writerows([guarded(value) for value in row] for row in rows)
    return (MARK + out.getvalue()).encode()


def guarded(value: Any) -> Any:
    """A text that begins like a formula gets a quote before it; numbers and dates stay."""
    if value is None:
        return ""
    if isinstance(value, bytes):
        return value.hex()
    return safe_text(value) if isinstance(value, str) else value
