"""Papers, questions and form fields as lines of text: in the form, and in the cells of a workbook.

居民户口簿 | 婚姻状况=已婚、离异 | 本人声明代替 | 只要首页
购房合同 | | | 原件 | 10
婚姻状况 | 您结婚了吗？ | 已婚、未婚 | 人在本市=是 | 离异的选未婚
配偶姓名 | 户口登记 | 婚姻状况=已婚
入职日期 | | | 日期
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from diebian.scenes.services.materials.resolving import Way

from .facts import FIELD_KINDS, MOST_LATER, Demand, FormField, ItemFacts, Situation
from .told import Names

Part = TypeVar("Part")
BAR, LONGEST, MOST = "|", 500, 200
PLAIN = "text"
KINDS: Mapping[str, str] = {label: kind for kind, label in FIELD_KINDS.items()} | {"": PLAIN}
WAYS: Mapping[str, str] = {str(way.label): way.value for way in Way} | {"": ""}


class LineWrong(ValueError):
    """The sentence that is told; which line it was is added where lines are counted."""


def materials_in(text: str, known: Mapping[str, str]) -> tuple[Demand, ...]:
    """`known`: every name, alias and code of the register to its code."""

    def one(cells: Sequence[str]) -> Demand:
        name, when, way, note, later = cells
        code = known.get(name, "")
        if way not in WAYS:
            raise LineWrong(f"“{way}”应是{'、'.join(filter(None, WAYS))}之一，或不写")
        return Demand(code, "" if code else name, conditions(when), WAYS[way], note, _days(later))

    return tuple(_lines(text, 5, one))


def situations_in(text: str) -> tuple[Situation, ...]:
    def one(cells: Sequence[str]) -> Situation:
        slug, question, choices, when, says = cells
        if not question:
            raise LineWrong("没有写问题")
        return Situation(slug, question, tuple(_listed(choices)), conditions(when), says)

    return tuple(_lines(text, 5, one))


def fields_in(text: str) -> tuple[FormField, ...]:
    def one(cells: Sequence[str]) -> FormField:
        label, origin, when, kind = cells
        if kind not in KINDS:
            raise LineWrong(f"“{kind}”应是{'、'.join(filter(None, KINDS))}之一，或不写")
        return FormField(label, origin=origin, when=conditions(when), kind=KINDS[kind])

    return tuple(_lines(text, 4, one))


def conditions(text: str) -> dict[str, list[str]]:
    """婚姻状况=已婚、离异；人在本市=是"""
    told: dict[str, list[str]] = {}
    for part in filter(None, text.replace(";", "；").split("；")):
        slug, equals, values = part.partition("=")
        if not equals or not _listed(values):
            raise LineWrong(f"“{part}”应写成 情形=选项")
        told[slug.strip()] = _listed(values)
    return told


def materials_of(facts: ItemFacts, names: Names) -> str:
    labels = {value: label for label, value in WAYS.items() if label and value}
    return "\n".join(
        _line(names.materials.get(one.material, one.name or one.material), conditions_of(one.when),
              labels.get(one.way, ""), one.note, str(one.later or ""))
        for one in facts.materials
    )  # fmt: skip


def situations_of(facts: ItemFacts) -> str:
    return "\n".join(
        _line(one.slug, one.question, "、".join(one.choices),
              conditions_of(one.asked_when), one.says)
        for one in facts.situations
    )  # fmt: skip


def fields_of(facts: ItemFacts) -> str:
    return "\n".join(
        _line(one.label, one.origin, conditions_of(one.when),
              "" if one.kind == PLAIN else FIELD_KINDS[one.kind])
        for one in facts.fields
    )  # fmt: skip


def _lines(text: str, cells: int, read: Callable[[Sequence[str]], Part]) -> Iterator[Part]:
    rows = [row for row in text.replace("\r\n", "\n").split("\n") if row.strip()]
    if len(rows) > MOST:
        raise LineWrong(f"最多 {MOST} 行")
    for number, row in enumerate(rows, start=1):
        told = [cell.strip() for cell in row.replace("｜", BAR).split(BAR)]
        try:
            if len(row) > LONGEST:
                raise LineWrong(f"超过 {LONGEST} 个字")
            if len(told) > cells:
                raise LineWrong(f"竖线多了，最多 {cells} 格")
            if not told[0]:
                raise LineWrong("第一格没有写")
            yield read([*told, *[""] * (cells - len(told))])
        except LineWrong as wrong:
            raise LineWrong(f"第 {number} 行：{wrong}") from wrong


def _days(text: str) -> int:
    """容缺: in how many working days it may follow; nothing written: it may not."""
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= MOST_LATER):
        raise LineWrong(f"“{text}”应是 1 到 {MOST_LATER} 的工作日数，或不写")
    return int(text)


def _listed(text: str) -> list[str]:
    return [
        one.strip()
        for one in text.replace(",", "、").replace("，", "、").split("、")
        if one.strip()
    ]


def conditions_of(when: Mapping[str, Sequence[str]]) -> str:
    return "；".join(f"{slug}={'、'.join(values)}" for slug, values in when.items())


def _line(*cells: str) -> str:
    return f" {BAR} ".join(cells).rstrip(f" {BAR}")
