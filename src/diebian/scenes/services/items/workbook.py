"""Items as a workbook and as JSON, out and in. A cell says what a field of the form says."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from diebian.base.catalogue.public import SheetUnreadable, opened_workbook, workbook_with

from .facts import ItemFacts
from .forms import LISTS, MARKS, VersionForm, told_of
from .told import LABELS, Names

SHEET, CODE, WHY = "事项", "编号", "修改的理由"
COLUMNS = {
    "name": LABELS["name"], "objects": LABELS["objects"], "conditions": LABELS["conditions"],
    "situations": "情形", "materials": "材料", "fields_told": "表单项",
    "promised_days": LABELS["promised_days"], "statutory_days": LABELS["statutory_days"],
    "statutory_unit": LABELS["statutory_unit"], "statutory_source": LABELS["statutory_source"],
    "fee": LABELS["fee"], "basis": LABELS["basis"], "result": LABELS["result"],
    "windows": LABELS["windows"], "words": LABELS["words"], "city_wide": LABELS["city_wide"],
    "cross_ways": LABELS["cross_region"], "asks_true_will": LABELS["asks_true_will"],
    "is_joint": LABELS["is_joint"], "process": LABELS["process"],
}  # fmt: skip
YES, NO = "是", "否"
MOST, MOST_BYTES = 1000, 5 * 1024**2
FORMAT = "diebian-items/1"
JSON_SIGNS = (b"{", b"\xef\xbb\xbf{")


@dataclass(frozen=True)
class Fault:
    at: str  # B3, or the item's code
    sentence: str


@dataclass(frozen=True)
class Sent:
    """One item of what came in. `at`: where each field stands, for its faults."""

    code: str
    why: str
    told: Mapping[str, Any]
    at: Mapping[str, str]


def workbook_of(rows: Iterable[tuple[str, ItemFacts]], names: Names) -> bytes:
    header = [CODE, *COLUMNS.values(), WHY]
    lines = [[code, *_cells(facts, names), ""] for code, facts in rows]
    return workbook_with(SHEET, header, lines)


def json_of(rows: Iterable[tuple[str, ItemFacts]], names: Names) -> bytes:
    told = {
        "format": FORMAT,
        "items": [{"code": code, WHY_KEY: "", **told_of(facts, names)} for code, facts in rows],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


WHY_KEY = "why"


def sent_in(content: bytes) -> list[Sent]:
    """Raises SheetUnreadable for what is neither, with a sentence."""
    if len(content) > MOST_BYTES:
        raise SheetUnreadable("文件超过 5 MB，请分几次上传")
    sent = _json(content) if content.lstrip().startswith(JSON_SIGNS) else _workbook(content)
    if len(sent) > MOST:
        raise SheetUnreadable(f"一次最多 {MOST} 个事项，现在 {len(sent)} 个")
    return sent


def form_of(sent: Sent, known: Mapping[str, str]) -> VersionForm:
    return VersionForm(dict(sent.told), known=known)


def faults_of(form: VersionForm, sent: Sent) -> list[Fault]:
    return [
        Fault(sent.at.get(name, sent.code), f"{COLUMNS.get(name, name)}：{sentence}")
        for name, sentences in form.errors.items()
        for sentence in sentences
    ]


def _cells(facts: ItemFacts, names: Names) -> list[str]:
    told = told_of(facts, names)
    return [_cell(name, told[name]) for name in COLUMNS]


def _cell(name: str, value: Any) -> str:
    if name in MARKS:
        return YES if value else NO
    if isinstance(value, list):
        return "、".join(value)
    return "" if value is None else str(value)


def _workbook(content: bytes) -> list[Sent]:
    header, *rows = [*opened_workbook(content, [SHEET])[SHEET]] or [[]]
    names = {label: name for name, label in COLUMNS.items()} | {CODE: CODE, WHY: WHY_KEY}
    places = {
        names[str(cell.value).strip()]: place
        for place, cell in enumerate(header)
        if str(cell.value).strip() in names
    }
    if missing := [label for label, name in names.items() if name not in places]:
        raise SheetUnreadable(f"第一行没有“{'”“'.join(missing)}”这几列。请先下载再改")
    return [_row(row, places) for row in rows]


def _row(row: Sequence[Any], places: Mapping[str, int]) -> Sent:
    values = {name: _text(row[place]) for name, place in places.items() if place < len(row)}
    at = {name: row[place].at for name, place in places.items() if place < len(row)}
    told: dict[str, Any] = {name: values.get(name, "") for name in COLUMNS}
    for name in LISTS:
        told[name] = [one for one in told[name].split("、") if one and one != NO]
    for name in MARKS:
        told[name] = "on" if told[name] == YES else ""
    return Sent(values.get(CODE, ""), values.get(WHY_KEY, ""), told, at)


def _text(cell: Any) -> str:
    if cell.is_formula or cell.is_error:
        raise SheetUnreadable(f"{cell.at} 是公式或错误值，请改成文字")
    if isinstance(cell.value, float) and cell.value.is_integer():
        return str(int(cell.value))
    return "" if cell.value is None else str(cell.value).strip()


def _json(content: bytes) -> list[Sent]:
    try:
        told = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise SheetUnreadable("不是完好的 JSON") from error
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise SheetUnreadable(f'JSON 里要写 "format": "{FORMAT}"')
    items = told.get("items")
    if not isinstance(items, list) or not all(isinstance(one, dict) for one in items):
        raise SheetUnreadable("JSON 里的 items 应是一串事项")
    return [_told(one) for one in items]


def _told(one: Mapping[str, Any]) -> Sent:
    code, why = str(one.get("code", ""))[:40], str(one.get(WHY_KEY, ""))
    told: dict[str, Any] = {}
    for name in COLUMNS:
        value = one.get(name)
        if name in MARKS:
            told[name] = "on" if value is True else ""
        elif name in LISTS:
            told[name] = [str(part) for part in value] if isinstance(value, list) else []
        else:
            told[name] = "" if value is None or isinstance(value, list | dict) else str(value)
    return Sent(code, why, told, {})
