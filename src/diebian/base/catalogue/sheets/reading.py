"""From rows to entries. Every fault has its sheet, its cell and a sentence; none stops the rest."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from diebian.base.catalogue.agreeing import element_fault
from diebian.base.catalogue.facts import MOST_ITEMS, EntryFacts, ItemFacts, doubled, item_from
from diebian.base.catalogue.facts import item_faults as faults_of_item
from diebian.base.catalogue.refusals import BasisMissing, OpenTooWide
from diebian.base.elements.public import DataElement, elements_named
from diebian.standards.metadata import DataClass, Level, UpdateCycle
from diebian.standards.sharing import OpenType, SharingType

from .cells import day, one_of, plain
from .columns import (
    CLOSED,
    ELEMENT,
    ENTRIES,
    ENTRY_COLUMNS,
    ITEM_CLOSED,
    ITEM_COLUMNS,
    ITEM_NEEDED,
    ITEMS,
    LONGEST,
    MOST_ENTRIES,
    NEEDED,
    NUMBER,
)
from .opening import Cell, Rows

DEFAULTS: Mapping[str, Any] = {
    "theme": None,
    "open_type": OpenType.CLOSED,
    "data_class": DataClass.GENERAL,
    "level": Level.ONE,
    "update_cycle": UpdateCycle.IRREGULAR,
}
Row = Mapping[str, Cell]
NOTHING = Cell("", None)  # where the sheet has no such column


@dataclass(frozen=True)
class Fault:
    sheet: str
    cell: str  # empty: the whole sheet
    sentence: str


@dataclass(frozen=True)
class Line:
    """`number`: what stands in its cell, empty for a new entry; `at` and `number_at`: where."""

    facts: EntryFacts
    at: str
    number: str = ""
    number_at: str = ""


@dataclass
class Reading:
    """`lines` can be taken as they are; `wrong` entries have a fault somewhere."""

    lines: list[Line] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    wrong: int = 0


def read(sheets: Mapping[str, Rows]) -> Reading:
    """What the workbook says by itself; whether it fits what is there is `matching`'s."""
    found = Reading()
    columns = (*ENTRY_COLUMNS, NUMBER)
    entries = _table(ENTRIES, sheets[ENTRIES], columns, NEEDED, found.faults)
    items = _table(ITEMS, sheets[ITEMS], ITEM_COLUMNS, ITEM_NEEDED, found.faults)
    if entries is None or items is None:
        return found
    if len(entries) > MOST_ENTRIES:
        found.faults.append(
            Fault(ENTRIES, "", f"一次最多 {MOST_ENTRIES} 条，现在 {len(entries)} 条")
        )
        return found
    if not entries:
        found.faults.append(Fault(ENTRIES, "A2", "还没有填写目录，第二行起一行一条"))
    told, strays = _items(entries, items)
    found.faults += strays
    first_at: dict[str, str] = {}
    for row in entries:
        read_row = _entry(row, told, first_at)
        if isinstance(read_row, EntryFacts):
            at = row["名称"].at
            number = plain(row.get(NUMBER, NOTHING))[0]
            found.lines.append(Line(read_row, at, number, _at(row, NUMBER, at)))
        else:
            found.wrong += 1
            found.faults += read_row
    return found


def _table(
    sheet: str, rows: Rows, known: Sequence[str], needed: Sequence[str], faults: list[Fault]
) -> list[Row] | None:
    """The rows by column; None when the header is not what it must be."""
    cells = [cell for cell in (rows[0] if rows else []) if not cell.is_empty]
    if faulty := [Fault(sheet, cell.at, plain(cell)[1]) for cell in cells if plain(cell)[1]]:
        faults += faulty
        return None
    header = {cell.at: plain(cell)[0] for cell in cells}
    names = list(header.values())
    wrong = [
        Fault(sheet, at, f"不认识的列“{name}”。可以写：{'、'.join(known)}")
        for at, name in header.items()
        if name not in known
    ]
    wrong += [
        Fault(sheet, at, f"列名“{name}”写了两次")
        for place, (at, name) in enumerate(header.items())
        if name in names[:place]
    ]
    if missing := [name for name in needed if name not in names]:
        wrong.append(Fault(sheet, "1:1", f"第一行缺少列：{'、'.join(missing)}"))
    faults += wrong
    if wrong:
        return None
    return [
        {
            plain(head)[0]: cell
            for head, cell in zip(rows[0], row, strict=False)
            if not head.is_empty
        }
        for row in rows[1:]
    ]


def _entry(
    row: Row,
    told: Mapping[str, Sequence[tuple[ItemFacts | None, Sequence[Fault]]]],
    first_at: dict[str, str],
) -> EntryFacts | list[Fault]:
    values: dict[str, Any] = {}
    number = row.get(NUMBER, NOTHING)
    _, sentence = plain(number)
    faults = [Fault(ENTRIES, number.at, sentence)] if sentence else []
    for label, name in ENTRY_COLUMNS.items():
        cell = row.get(label, NOTHING)
        value, sentence = _value(name, cell)
        if sentence or (cell.is_empty and label in NEEDED):
            faults.append(Fault(ENTRIES, cell.at, sentence or f"{label}必填"))
        values[name] = DEFAULTS.get(name, "") if cell.is_empty else value
    title, at = values["title"], row["名称"].at
    if title and first_at.setdefault(title, at) != at:
        faults.append(Fault(ENTRIES, at, f"和 {first_at[title]} 重名"))
        return faults
    items = [item for item, wrong in told.get(title, []) if item is not None and not wrong]
    faults += [fault for _, wrong in told.get(title, []) for fault in wrong]
    faults += [Fault(ENTRIES, at, sentence) for sentence in doubled(items)]
    if len(items) > MOST_ITEMS:
        faults.append(Fault(ENTRIES, at, f"最多 {MOST_ITEMS} 个信息项，现在有 {len(items)} 个"))
    faults += _together(row, values, items)
    return faults or EntryFacts(**values, items=tuple(items))


def _together(row: Row, values: Mapping[str, Any], items: Sequence[ItemFacts]) -> Iterator[Fault]:
    """What single cells cannot know; the same rules as those of the page."""
    at = row["名称"].at
    withheld = {values["sharing"], *(item.sharing for item in items)}
    if SharingType.NEVER in withheld and not values["sharing_basis"]:
        yield Fault(ENTRIES, _at(row, "不予共享的依据", at), BasisMissing.title)
    if values["open_type"] == OpenType.UNCONDITIONAL and (values["level"] or 0) >= Level.THREE:
        yield Fault(ENTRIES, _at(row, "开放类型", at), OpenTooWide.title)


def _items(
    entries: Sequence[Row], items: Sequence[Row]
) -> tuple[Mapping[str, list[tuple[ItemFacts | None, Sequence[Fault]]]], list[Fault]]:
    """By title of their entry; and those whose entry is not in the workbook."""
    titles = {plain(row["名称"])[0] for row in entries}
    known = elements_named(plain(row[ELEMENT])[0] for row in items if ELEMENT in row)
    told: dict[str, list[tuple[ItemFacts | None, Sequence[Fault]]]] = defaultdict(list)
    strays = []
    for row in items:
        of = row[ITEM_COLUMNS[0]]
        title, sentence = plain(of)
        if sentence or title not in titles:
            strays.append(Fault(ITEMS, of.at, sentence or f"“{ENTRIES}”表里没有这条目录：{title}"))
        else:
            told[title].append(_item(row, known))
    return told, strays


def _item(row: Row, known: Mapping[str, DataElement]) -> tuple[ItemFacts | None, Sequence[Fault]]:
    parts: list[str] = []
    faults: list[Fault] = []
    for label in ITEM_COLUMNS[1:]:
        cell = row.get(label, NOTHING)
        value, sentence = plain(cell)
        if label in ITEM_CLOSED and not cell.is_empty and not sentence:
            chosen, sentence = one_of(cell, ITEM_CLOSED[label])
            value = str(int(chosen)) if label == "级别" and chosen else value
        if sentence:
            faults.append(Fault(ITEMS, cell.at, sentence))
        parts.append("" if sentence else value)
    name = row[ITEM_COLUMNS[1]].at
    for place, sentence in [] if faults else faults_of_item(parts):
        label = ITEM_COLUMNS[place + 1]
        faults.append(Fault(ITEMS, _at(row, label, name), sentence))
    item = None if faults else item_from(parts)
    if isinstance(item, ItemFacts) and (sentence := element_fault(item, known)):
        faults.append(Fault(ITEMS, _at(row, ELEMENT, name), sentence))
    return (item if isinstance(item, ItemFacts) else None), faults


def _value(name: str, cell: Cell) -> tuple[Any, str]:
    if cell.is_empty:
        return None, ""
    if name == "review_due":
        return day(cell)
    if name in CLOSED:
        return one_of(cell, CLOSED[name])
    text, sentence = plain(cell)
    if not sentence and len(text) > LONGEST[name]:
        sentence = f"最多 {LONGEST[name]} 个字，现在有 {len(text)} 个"
    return text, sentence


def _at(row: Row, label: str, otherwise: str) -> str:
    return row[label].at if label in row else otherwise
