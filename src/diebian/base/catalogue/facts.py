"""What is said about an entry, and how its items are written: one to a line.

    权利人 | 字符 | 200 | 3 | 个人信息 | owner

Name, type, length, level, personal information, and the column of the interface that carries it.
All but the name may be left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from diebian.standards.metadata import DataClass, ItemType, Level, Privacy, UpdateCycle
from diebian.standards.sharing import SharingType

from .refusals import ItemsUnreadable

MOST_ITEMS = 300
LONGEST_NAME = 100
TYPES = {label: ItemType(value) for value, label in ItemType.choices}
PRIVACY = {label: Privacy(value) for value, label in Privacy.choices} | {
    "个人": Privacy.PERSONAL,
    "敏感": Privacy.SENSITIVE,
}


@dataclass(frozen=True)
class ItemFacts:
    name: str
    type: ItemType = ItemType.TEXT
    length: str = ""
    level: int = Level.ONE
    privacy: Privacy = Privacy.NONE
    column: str = ""


@dataclass(frozen=True)
class EntryFacts:
    """A draft as its author means it. `responsible` is the person who answers questions."""

    title: str
    sharing: SharingType
    review_due: date
    sharing_basis: str = ""
    share_condition: str = ""
    summary: str = ""
    data_class: DataClass = DataClass.GENERAL
    level: int = Level.ONE
    update_cycle: UpdateCycle = UpdateCycle.IRREGULAR
    responsible: str = ""
    items: Sequence[ItemFacts] = ()


def items_in(text: str) -> list[ItemFacts]:
    """Raises `ItemsUnreadable` with a sentence for each line that is wrong."""
    found: list[ItemFacts] = []
    faults: list[str] = []
    for number, line in enumerate(text.replace("｜", "|").splitlines(), start=1):
        if not line.strip():
            continue
        item = _item([part.strip() for part in line.split("|")])
        if isinstance(item, str):
            faults.append(f"第 {number} 行：{item}")
        else:
            found.append(item)
    faults += _doubled(found)
    if len(found) > MOST_ITEMS:
        faults.append(f"最多 {MOST_ITEMS} 项，现在有 {len(found)} 项")
    if faults:
        raise ItemsUnreadable("；".join(faults), fields={"items": faults})
    return found


def line_of(item: ItemFacts) -> str:
    """The inverse, for editing."""
    parts = [item.name, item.type.label, item.length, str(item.level)]
    return " | ".join([*parts, item.privacy.label, item.column]).rstrip(" |")


def _item(parts: list[str]) -> ItemFacts | str:
    name, type_, length, level, privacy, column, *rest = [*parts, *[""] * (6 - len(parts))]
    faults = {
        "竖线分出的部分多于 6 个": bool(rest),
        f"名称应有 1 到 {LONGEST_NAME} 个字": not 0 < len(name) <= LONGEST_NAME,
        f"类型“{type_}”应是{'、'.join(TYPES)}之一": bool(type_) and type_ not in TYPES,
        f"长度“{length}”应是数字": not length.replace(",", "").isdecimal() and length != "",
        f"级别“{level}”应是 1 到 4": level not in {"", "1", "2", "3", "4"},
        f"“{privacy}”应是个人信息、敏感个人信息或非个人信息": bool(privacy)
        and privacy not in PRIVACY,
        f"接口列名“{column}”只能用字母、数字和下划线": column != ""
        and not (column.isascii() and column.isidentifier()),
    }
    wrong = next((sentence for sentence, is_so in faults.items() if is_so), None)
    return wrong or ItemFacts(
        name=name,
        type=TYPES.get(type_, ItemType.TEXT),
        length=length,
        level=int(level or Level.ONE),
        privacy=PRIVACY.get(privacy, Privacy.NONE),
        column=column,
    )


def _doubled(items: Sequence[ItemFacts]) -> list[str]:
    faults = []
    for what, values in (
        ("名称", [item.name for item in items]),
        ("接口列名", [item.column for item in items if item.column]),
    ):
        again = sorted({value for value in values if values.count(value) > 1})
        faults += [f"{what}“{value}”写了两次" for value in again]
    return faults
