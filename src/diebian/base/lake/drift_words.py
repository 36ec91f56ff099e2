"""A change of a source, in a sentence for whoever decides."""

from collections.abc import Mapping
from typing import Any

from .names import type_words


def in_words(found: Mapping[str, Any]) -> str:
    told = []
    if found.get("gone"):
        told.append(f"少了列：{'、'.join(found['gone'])}")
    for name, (was, now) in found.get("retyped", {}).items():
        told.append(f"列“{name}”原是{type_words(was)} {was}，现在是{type_words(now)} {now}")
    if found.get("new"):
        told.append(f"多了列：{'、'.join(found['new'])}")
    if found.get("shrunk"):
        held, now = found["shrunk"]
        told.append(f"原有 {held} 行，这次只给了 {now} 行，照收会删掉大半")
    return "；".join(told)
