"""试调: the department's system is really asked; of what it answers only the outline is shown."""

from dataclasses import dataclass
from typing import Any

from diebian.base.exchange.adapters.probing import sample_rows

MOST_STARS = 6


@dataclass(frozen=True)
class Trial:
    rows: int
    sample: dict[str, str]  # column to masked value, of the first row


def try_out(contract: dict[str, Any]) -> Trial:
    """Asks once with the contract's sample. Real personal data never reaches the preview."""
    rows = sample_rows(contract)
    first = rows[0] if rows else {}
    return Trial(len(rows), {column: masked(value) for column, value in first.items()})


def masked(value: str) -> str:
    """王芳 → 王＊, 2199…0029 → 2＊＊＊＊＊＊9: enough to see that a column is the right one."""
    if not value:
        return "（空）"
    stars = "＊" * min(max(len(value) - 2, 1), MOST_STARS)
    return value[0] + stars + (value[-1] if len(value) > 2 else "")  # noqa: PLR2004
