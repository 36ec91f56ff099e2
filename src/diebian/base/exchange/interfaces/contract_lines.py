"""A contract's mappings as lines of `ours = theirs`, for a text area."""

import re
from collections.abc import Mapping

from django.core.exceptions import ValidationError

MOST_LINES = 300
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")


def pairs_in(text: str, *, theirs_is_name: bool = True) -> dict[str, str]:
    """Raises `ValidationError` with a sentence for each line that is wrong."""
    found: dict[str, str] = {}
    faults: list[str] = []
    for number, line in enumerate(text.replace("＝", "=").splitlines(), start=1):
        if not line.strip():
            continue
        ours, sign, theirs = (part.strip() for part in line.partition("="))
        if fault := _fault(ours, sign, theirs, found, theirs_is_name=theirs_is_name):
            faults.append(f"第 {number} 行：{fault}")
        found[ours] = theirs
    if len(found) > MOST_LINES:
        faults.append(f"最多 {MOST_LINES} 行，现在有 {len(found)} 行")
    if faults:
        raise ValidationError(faults)
    return found


def lines_of(pairs: Mapping[str, str]) -> str:
    return "\n".join(f"{ours} = {theirs}" for ours, theirs in pairs.items())


def _fault(
    ours: str, sign: str, theirs: str, found: Mapping[str, str], *, theirs_is_name: bool
) -> str:
    if not sign or not theirs:
        return "应写成“左边 = 右边”"
    if not NAME.fullmatch(ours):
        return f"“{ours}”只能用字母、数字、点、横线和下划线，并以字母开头"
    if theirs_is_name and not NAME.fullmatch(theirs):
        return f"“{theirs}”只能用字母、数字、点、横线和下划线，并以字母开头"
    return f"“{ours}”写了两次" if ours in found else ""
