"""What is said about an entry, and how its items are written: one to a line.

    权利人 | 字符 | 30 | 3 | 个人信息 | owner | 不予共享 | DE0001

Name, type, length, level, personal information, the column of the interface that carries it, the
sharing type where it is not the entry's, and the identifier of its 数据元. All but the name may be
left out.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from diebian.standards.elements import IDENTIFIER
from diebian.standards.metadata import DataClass, ItemType, Level, Privacy, UpdateCycle
from diebian.standards.sharing import OpenType, SharingType
from diebian.standards.themes import Theme

from .refusals import ItemsUnreadable

MOST_ITEMS = 300
LONGEST_NAME, LONGEST_LENGTH, LONGEST_COLUMN = 100, 10, 60
PARTS = 8
LENGTH = re.compile(r"[0-9]+(,[0-9]+)?")  # signs, or signs and those behind the point
TYPES = {label: ItemType(value) for value, label in ItemType.choices}
PRIVACY = {label: Privacy(value) for value, label in Privacy.choices} | {
    "个人": Privacy.PERSONAL,
    "敏感": Privacy.SENSITIVE,
}
SHARING = {label: SharingType(value) for value, label in SharingType.choices}


@dataclass(frozen=True)
class ItemFacts:
    name: str
    type: ItemType = ItemType.TEXT
    length: str = ""
    level: int = Level.ONE
    privacy: Privacy = Privacy.NONE
    column: str = ""
    sharing: SharingType | None = None  # None: as its entry
    element: str = ""  # identifier of the 数据元 that it is


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
    theme: Theme | None = None
    open_type: OpenType = OpenType.CLOSED
    items: Sequence[ItemFacts] = ()


def items_in(text: str) -> list[ItemFacts]:
    """Raises `ItemsUnreadable` with a sentence for each line that is wrong."""
    lines = list(enumerate(text.replace("｜", "|").splitlines(), start=1))
    told = [(number, line) for number, line in lines if line.strip()]
    if len(told) > MOST_ITEMS:
        too_many = f"最多 {MOST_ITEMS} 项，现在有 {len(told)} 项"
        raise ItemsUnreadable(too_many, fields={"items": [too_many]})
    found: list[ItemFacts] = []
    faults: list[str] = []
    for number, line in told:
        item = item_from([part.strip() for part in line.split("|")])
        if isinstance(item, str):
            faults.append(f"第 {number} 行：{item}")
        else:
            found.append(item)
    faults += doubled(found)
    if faults:
        raise ItemsUnreadable("；".join(faults), fields={"items": faults})
    return found


def line_of(item: ItemFacts) -> str:
    """The inverse, for editing."""
    parts = [item.name, item.type.label, item.length, str(item.level)]
    sharing = item.sharing.label if item.sharing else ""
    parts += [item.privacy.label, item.column, sharing, item.element]
    return " | ".join(parts).rstrip(" |")


def item_from(parts: Sequence[str]) -> ItemFacts | str:
    """An item from its written parts, or the sentence that says what is wrong with them."""
    wrong = next((sentence for _, sentence in item_faults(parts)), None)
    if wrong is not None:
        return wrong
    name, type_, length, level, privacy, column, sharing, element = _parts(parts)
    return ItemFacts(
        name=name,
        type=TYPES.get(type_, ItemType.TEXT),
        length=length,
        level=int(level or Level.ONE),
        privacy=PRIVACY.get(privacy, Privacy.NONE),
        column=column,
        sharing=SHARING.get(sharing),
        element=element,
    )


def item_faults(parts: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Place of the part and what is wrong with it."""
    name, type_, length, level, privacy, column, sharing, element = _parts(parts)
    if len(parts) > PARTS:
        yield PARTS, f"竖线分出的部分多于 {PARTS} 个"
    if not 0 < len(name) <= LONGEST_NAME:
        yield 0, f"名称应有 1 到 {LONGEST_NAME} 个字"
    if type_ and type_ not in TYPES:
        yield 1, f"类型“{type_}”应是{'、'.join(TYPES)}之一"
    if length and not (LENGTH.fullmatch(length) and len(length) <= LONGEST_LENGTH):
        yield 2, f"长度“{length}”应是数字"
    if level not in {"", "1", "2", "3", "4"}:
        yield 3, f"级别“{level}”应是 1 到 4"
    if privacy and privacy not in PRIVACY:
        yield 4, f"“{privacy}”应是个人信息、敏感个人信息或非个人信息"
    if column and not (
        column.isascii() and column.isidentifier() and len(column) <= LONGEST_COLUMN
    ):
        yield 5, f"接口列名“{column}”只能用字母、数字和下划线"
    if sharing and sharing not in SHARING:
        yield 6, f"共享类型“{sharing}”应是{'、'.join(SHARING)}之一"
    if element and not re.fullmatch(IDENTIFIER, element, re.ASCII):
        yield 7, f"数据元“{element}”应是标识符，例 DE0001"


def _parts(parts: Sequence[str]) -> Sequence[str]:
    return [*parts, *[""] * PARTS][:PARTS]


def doubled(items: Sequence[ItemFacts]) -> list[str]:
    faults = []
    for what, values in (
        ("名称", [item.name for item in items]),
        ("接口列名", [item.column for item in items if item.column]),
    ):
        again = sorted(value for value, times in Counter(values).items() if times > 1)
        faults += [f"{what}“{value}”写了两次" for value in again]
    return faults
