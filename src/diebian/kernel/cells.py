"""Text that goes into a spreadsheet, and must stay text there."""

import re

LIKE_A_FORMULA = re.compile(r"\s*[=+\-@\t\r|%＝＋－＠]")
_NOT_ALLOWED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # in the XML of a workbook


def safe_text(text: str) -> str:
    """Whoever opens the file runs nothing: an apostrophe stands before what begins a formula."""
    told = _NOT_ALLOWED.sub("", text)
    return f"'{told}" if LIKE_A_FORMULA.match(told) else told
