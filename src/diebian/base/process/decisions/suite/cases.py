"""Test cases of the suite, as it writes them."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from diebian.base.process.expressions.temporal import (
    read_date,
    read_duration,
    read_moment,
    read_time,
)
from diebian.base.process.expressions.values import Value
from diebian.base.process.tags import Tag, tags_of

XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
NUMBERS = frozenset({"decimal", "double", "integer", "int", "float", "long"})
MOMENTS = {
    "date": read_date, "time": read_time, "dateTime": read_moment, "duration": read_duration,
    "dayTimeDuration": read_duration, "yearMonthDuration": read_duration,
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    model: Path
    key: str
    node: str  # what is asked: a decision, or a service
    service: str
    data: dict[str, Tag]
    expected: Tag | None
    is_error: bool


def cases_of(file: Path) -> Iterator[Case]:
    root = tags_of(file.read_bytes())
    name = root.first("modelName")
    model = file.parent / (name.text.strip() if name is not None else "")
    for case in root.named("testCase"):
        data = {one.attributes["name"]: one for one in case.named("inputNode")}
        is_service = case.attributes.get("type") == "decisionService"
        for node in case.named("resultNode"):
            yield Case(
                model,
                case.key,
                node.attributes["name"],
                case.attributes.get("invocableName", "") if is_service else "",
                data,
                node.first("expected"),
                node.attributes.get("errorResult") == "true",
            )


def value_of(tag: Tag | None) -> Value:
    """Raises `Mistake` and `OutOfReach` for what cannot be held."""
    if tag is None or tag.attributes.get(f"{XSI}nil") == "true":
        return None
    if (items := tag.first("list")) is not None:
        return None if _is_nil(items) else [value_of(one) for one in items.named("item")]
    if parts := list(tag.named("component")):
        return {one.attributes["name"]: value_of(one) for one in parts}
    told = tag.first("value")
    if told is None or _is_nil(told):
        return None
    return _plain(told)


def _is_nil(tag: Tag) -> bool:
    return tag.attributes.get(f"{XSI}nil") == "true"


def _plain(tag: Tag) -> Value:
    kind = tag.attributes.get(f"{XSI}type", "xsd:string").split(":")[-1]
    if kind in NUMBERS:
        return Decimal(tag.text.strip())
    if kind == "boolean":
        return tag.text.strip() in ("true", "1")
    return MOMENTS[kind](tag.text.strip()) if kind in MOMENTS else tag.text
