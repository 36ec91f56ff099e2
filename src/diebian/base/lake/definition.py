"""What a collection's definition says, as data; how two of them differ, and what that asks for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .models import Collection, Mode, Schedule

ONCE = ("may_shrink", "whole_anew")  # said for one time only, and no part of the definition
# What a page asks of a source beside its table; a city's folder may tell more, which stays.
ASKED = {"format", "rows", "page", "first", "size", "size_value", "since", "success", "op",
         "sequence", "overlap", "none", "method", "separator", "between", "encoding"}  # fmt: skip
LABELS = {
    "title": "名称",
    "table": "源表、文件名或路径",
    "mode": "方式",
    "key": "主键",
    "watermark_column": "水位列",
    "schedule": "多久一次",
    "columns": "列",
    "options": "其他约定",
    "minutes": "最多收多少分钟",
    "bad_percent": "隔离超过百分之几告诉人",
    "keep_days": "隔离的行留多少天",
    "past_days": "湖里的过去至少留多少天",
    "push_days": "推送的原文进湖后留多少天",
}
TERMS = ("minutes", "bad_percent", "keep_days", "past_days", "push_days")
QUIET = {"title", "schedule", *TERMS}  # of what the lake holds they change nothing


@dataclass(frozen=True)
class Difference:
    label: str
    was: str
    will: str


@dataclass(frozen=True)
class Effects:
    """What a change does to the columns; `is_whole`: everything has to be read again."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    retyped: tuple[str, ...]
    is_rekeyed: bool
    is_whole: bool

    @property
    def touched(self) -> frozenset[str]:
        """Columns that whoever uses them will meet otherwise."""
        return frozenset({*self.removed, *self.retyped})


def definition_of(one: Collection) -> dict[str, Any]:
    columns = {told["name"]: told["type"] for told in one.columns}
    options = {name: value for name, value in one.options.items() if name not in ONCE}
    plain = ("title", "table", "mode", "watermark_column", "schedule", *TERMS)
    told = {name: getattr(one, name) for name in plain}
    return {**told, "key": list(one.key), "columns": columns, "options": options}


def options_shown(options: Mapping[str, Any]) -> dict[str, str]:
    """Those that a page asks, as it asks them."""
    flags = {"success", "none"}
    return {
        name: f"{value['field']} = {value['value']}" if name in flags else str(value)
        for name, value in options.items()
        if name in ASKED
    }


def options_as_told(was: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """What the page did not ask stays; a number that was told as it was stays a number."""
    shown = options_shown(was)
    kept = {name: value for name, value in was.items() if name not in {*ASKED, *ONCE}}
    changed = {
        name: was[name] if shown.get(name) == value else value for name, value in told.items()
    }
    return kept | changed


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    for name, label in LABELS.items():
        was, will = before.get(name), after.get(name)
        if name == "columns":
            yield from _columns(was or {}, will or {})
        elif was != will:
            yield Difference(label, _words(name, was), _words(name, will))


def effects_of(before: Mapping[str, Any], after: Mapping[str, Any]) -> Effects:
    was, will = before["columns"], after["columns"]
    changed = {name for name in LABELS if before.get(name) != after.get(name)} - QUIET
    removed = tuple(name for name in was if name not in will)
    added = tuple(name for name in will if name not in was)
    retyped = tuple(name for name in will if name in was and was[name] != will[name])
    if not (added or retyped):  # a column less needs nothing to be read again
        changed -= {"columns"}
    return Effects(added, removed, retyped, before["key"] != after["key"], bool(changed))


def _columns(was: Mapping[str, str], will: Mapping[str, str]) -> Iterator[Difference]:
    for name in dict.fromkeys([*was, *will]):
        if was.get(name) != will.get(name):
            yield Difference(f"列 {name}", was.get(name, "没有"), will.get(name, "不收了"))


def _words(name: str, value: Any) -> str:
    if value in (None, "", [], {}):
        return "没有"
    if name == "mode":
        return str(Mode(value).label)
    if name == "schedule":
        return str(Schedule(value).label)
    if isinstance(value, list):
        return "、".join(map(str, value))
    if isinstance(value, dict):
        return "；".join(f"{key} = {told}" for key, told in sorted(value.items()))
    return str(value)
