"""试调: the department's system is really asked; of what it answers only the outline is shown."""

from dataclasses import dataclass
from typing import Any

from .deadline import PATIENCE
from .departments import UpstreamUnavailable, address, question, rows_in

MOST_STARS = 6


@dataclass(frozen=True)
class Trial:
    rows: int
    sample: dict[str, str]  # column to masked value, of the first row

    @property
    def columns(self) -> set[str]:
        return set(self.sample)


def try_out(contract: dict[str, Any]) -> Trial:
    """Asks once with the contract's sample. Real personal data never reaches the preview."""
    import httpx  # slow to load: not for every process that knows this component

    kind, body = question(contract, contract["probe"])
    try:
        answer = httpx.post(
            address(contract["system"]) + contract["path"],
            content=body,
            headers={**contract["headers"], "content-type": kind},
            timeout=PATIENCE.department,
        )
    except httpx.HTTPError as error:
        raise UpstreamUnavailable from error
    rows = rows_in(contract, answer.content)
    first = rows[0] if rows else {}
    return Trial(len(rows), {column: masked(value) for column, value in first.items()})


def masked(value: str) -> str:
    """王芳 → 王＊, 2199…0029 → 2＊＊＊＊＊＊9: enough to see that a column is the right one."""
    if not value:
        return "（空）"
    stars = "＊" * min(max(len(value) - 2, 1), MOST_STARS)
    return value[0] + stars + (value[-1] if len(value) > 2 else "")  # noqa: PLR2004
