"""Workbooks for components above: opened with the same care, written with the same care."""

from collections.abc import Mapping, Sequence
from typing import Any


def opened_workbook(content: bytes, sheets: Sequence[str]) -> Mapping[str, Sequence[Sequence[Any]]]:
    """Rows of cells by name of the sheet. Raises SheetUnreadable with a sentence."""
    from .sheets.opening import opened  # slow to load: not for every process

    return opened(content, sheets)


def workbook_with(sheet: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """One sheet of text. What begins like a formula stays text."""
    from .sheets.writing import sheet_of  # slow to load: not for every process

    return sheet_of(sheet, header, rows)
