"""A change of a source, in a sentence for whoever decides."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from diebian.base.elements.public import DataElement

from .names import item_type, type_words

NOTHING: Mapping[str, DataElement] = MappingProxyType({})


def in_words(found: Mapping[str, Any], elements: Mapping[str, DataElement] = NOTHING) -> str:
    """`elements`: the 数据元 of each column that has one; a type that leaves it is told."""
    told = []
    if found.get("gone"):
        told.append(f"少了列：{'、'.join(found['gone'])}")
    for name, (was, now) in found.get("retyped", {}).items():
        change = f"列“{name}”原是{type_words(was)} {was}，现在是{type_words(now)} {now}"
        told.append(f"{change}{_against(elements.get(name), now)}")
    if found.get("new"):
        told.append(f"多了列：{'、'.join(found['new'])}")
    if found.get("shrunk"):
        held, now = found["shrunk"]
        told.append(f"原有 {held} 行，这次只给了 {now} 行，照收会删掉大半")
    return "；".join(told)


def _against(element: DataElement | None, type_: str) -> str:
    if element is None or not element.differs_from_type(item_type(type_)):
        return ""
    return f"，和数据元“{element.name}”（{element.type.label}）不一致"
