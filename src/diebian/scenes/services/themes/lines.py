"""Members of a theme as lines that a person writes, and back."""

from collections.abc import Mapping, Sequence
from typing import Any

from diebian.scenes.services.refusals import ThemeFaulty

BAR, AND = "|", "、"
MOST = 60  # members of one theme


def lines_of(places: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> str:
    """One a line: code and name, then the codes of what must be granted before."""
    return "\n".join(
        f"{one['code']} {names.get(one['code'], '')}".strip()
        + (f" {BAR} {AND.join(one['after'])}" if one["after"] else "")
        for one in places
    )


def places_in(text: str) -> list[dict[str, Any]]:
    """Full-width bars and commas are meant as plain ones. Raises `ThemeFaulty`."""
    plain = text.replace("｜", BAR)
    lines = [line.strip() for line in plain.splitlines() if line.strip()]
    if len(lines) > MOST:
        raise ThemeFaulty(f"一件事最多 {MOST} 个事项")
    return [_place(number, line) for number, line in enumerate(lines, start=1)]


def _place(number: int, line: str) -> dict[str, Any]:
    own, _, before = line.partition(BAR)
    words = own.split()
    if not words or BAR in before:
        raise ThemeFaulty(f"第 {number} 行要写成：事项编码 | 要等的事项编码")
    for sign in "，,；;":
        before = before.replace(sign, AND)
    after = [one.split()[0] for one in before.split(AND) if one.strip()]
    return {"code": words[0], "after": after}
