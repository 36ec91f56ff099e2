"""What an entry says, as data that can be kept, and what one such state changes of another."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from diebian.standards.metadata import DataClass, ItemType, Level, Privacy, UpdateCycle
from diebian.standards.sharing import OpenType, SharingType
from diebian.standards.themes import Theme

from .facts import EntryFacts, ItemFacts, line_of
from .models import Entry

LABELS = {
    "title": "名称",
    "summary": "摘要",
    "theme": "主题",
    "sharing": "共享类型",
    "sharing_basis": "不予共享的依据",
    "share_condition": "共享条件",
    "open_type": "开放类型",
    "data_class": "数据分类",
    "level": "数据级别",
    "update_cycle": "更新周期",
    "responsible": "责任人",
    "review_due": "复核期限",
}
Snapshot = Mapping[str, Any]


@dataclass(frozen=True)
class Difference:
    what: str
    was: str
    will: str


def facts_of(entry: Entry) -> EntryFacts:
    own = {name: getattr(entry, name) for name in LABELS}
    items = [
        ItemFacts(
            item.name,
            ItemType(item.type),
            item.length,
            item.level,
            Privacy(item.privacy),
            item.column,
            SharingType(item.sharing) if item.sharing else None,
            item.element_id or "",
        )
        for item in entry.items.all()
    ]
    return _typed({**own, "items": items})


def kept(facts: EntryFacts) -> dict[str, Any]:
    """As JSON that PostgreSQL keeps."""
    return {
        **asdict(facts),
        "review_due": facts.review_due.isoformat(),
        "items": [asdict(item) for item in facts.items],
    }


def facts_in(kept_facts: Snapshot | None) -> EntryFacts:
    """What `kept` made of it."""
    data = kept_facts or {}
    items = [
        ItemFacts(
            **{
                **item,
                "type": ItemType(item["type"]),
                "privacy": Privacy(item["privacy"]),
                "sharing": SharingType(item["sharing"]) if item["sharing"] else None,
            }
        )
        for item in data["items"]
    ]
    due = date.fromisoformat(data["review_due"])
    return _typed({**data, "review_due": due, "items": items})


def differences(was: EntryFacts, will: EntryFacts) -> Iterator[Difference]:
    for name, label in LABELS.items():
        before, after = getattr(was, name), getattr(will, name)
        if before != after:
            yield Difference(label, told(before), told(after))
    before_items = {item.name: item for item in was.items}
    after_items = {item.name: item for item in will.items}
    for name in [*before_items, *(one for one in after_items if one not in before_items)]:
        old, new = before_items.get(name), after_items.get(name)
        if old != new:
            yield Difference(
                f"信息项“{name}”", line_of(old) if old else "", line_of(new) if new else ""
            )
    if list(before_items) != list(after_items) and set(before_items) == set(after_items):
        yield Difference("信息项的顺序", "、".join(before_items), "、".join(after_items))


def _typed(told: Snapshot) -> EntryFacts:
    known = {field.name for field in fields(EntryFacts)}
    return EntryFacts(
        **{
            **{name: value for name, value in told.items() if name in known},
            "sharing": SharingType(told["sharing"]),
            "data_class": DataClass(told["data_class"]),
            "level": int(told["level"]),
            "update_cycle": UpdateCycle(told["update_cycle"]),
            "open_type": OpenType(told["open_type"]),
            "theme": Theme(told["theme"]) if told["theme"] else None,
            "items": tuple(told["items"]),
        }
    )


def told(fact: Any) -> str:
    if isinstance(fact, int):
        return Level(fact).label
    return str(getattr(fact, "label", fact if fact is not None else ""))
