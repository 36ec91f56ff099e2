"""CSV files: a header, rows as wide as it, values that keep their rules, keys that are unique."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from .faults import Fault
from .text import read_text
from .words import FREE, Rule

Row = Mapping[str, str]


@dataclass(frozen=True)
class Spec:
    """`unique`: groups of columns that no two rows share; the first group is the key."""

    columns: Mapping[str, Rule]
    unique: tuple[tuple[str, ...], ...]
    optional: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Table:
    """Rows of one file with the line of each.

    `is_sound`: the header was complete, and no row fell out or has a broken key. What refers to an
    unsound table is not asked: one broken row would be told a hundred times over.
    """

    file: str
    rows: list[Row] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    is_sound: bool = False

    def __iter__(self) -> Iterator[tuple[int, Row]]:
        return zip(self.lines, self.rows, strict=True)

    def by(self, column: str) -> dict[str, Row]:
        return {row[column]: row for row in self.rows}

    def fault(self, line: int, sentence: str) -> Fault:
        return Fault(self.file, line, sentence)


def read_table(file: Path, spec: Spec, faults: list[Fault]) -> Table:
    text = read_text(file, faults)
    records = [] if text is None else list(_records(file.name, text, faults))
    if not records:
        return Table(file.name)
    (_, header), *body = records
    if wrong := list(_header_faults(file.name, header, spec)):
        faults.extend(wrong)
        return Table(file.name)
    kept = [(line, cells) for line, cells in body if len(cells) == len(header)]
    faults.extend(
        Fault(file.name, line, f"有 {len(cells)} 列，应有 {len(header)} 列，请看逗号和引号")
        for line, cells in body
        if len(cells) != len(header)
    )
    table = Table(
        file.name,
        [dict(zip(header, cells, strict=True)) for _, cells in kept],
        [line for line, _ in kept],
        is_sound=len(kept) == len(body),
    )
    wrong = list(_value_faults(table, spec))
    faults.extend(wrong)
    if wrong and spec.unique:  # a key that is wrong is missed by all that refer to it
        keys = set(spec.unique[0])
        broken = {fault.line for fault in wrong if any(f"{key} " in fault.sentence for key in keys)}
        table = replace(table, is_sound=table.is_sound and not broken)
    for group in spec.unique:
        faults.extend(_doubles(table, group))
    return table


def _records(name: str, text: str, faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line it begins on; a quoted cell may hold several lines."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            faults.append(Fault(name, begins, "引号没有成对，从这一行起读不下去"))
            return
        if cells:
            yield begins, cells
        else:
            faults.append(Fault(name, begins, "空行，请删去"))
        begins = reader.line_num + 1


def _header_faults(name: str, header: list[str], spec: Spec) -> Iterator[Fault]:
    if not set(header) & set(spec.columns):
        yield Fault(name, 1, f"第一行应是列名：{','.join(spec.columns)}")
        return
    if missing := [one for one in spec.columns if one not in (*header, *spec.optional)]:
        yield Fault(name, 1, f"缺少列：{'、'.join(missing)}")
    if unknown := [one for one in header if one not in spec.columns]:
        yield Fault(name, 1, f"不认识的列：{'、'.join(unknown)}")
    if doubled := sorted({one for one in header if header.count(one) > 1}):
        yield Fault(name, 1, f"列名重复：{'、'.join(doubled)}")


def _value_faults(table: Table, spec: Spec) -> Iterator[Fault]:
    checked = [(name, rule) for name, rule in spec.columns.items() if rule is not FREE]
    for line, row in table:
        for name, rule in checked:
            if name in row and not rule.is_right(row[name]):
                yield table.fault(line, f"{name} {rule.sentence}，写的是“{row[name]}”")


def _doubles(table: Table, group: tuple[str, ...]) -> Iterator[Fault]:
    seen: dict[tuple[str, ...], int] = {}
    for line, row in table:
        key = tuple(row[name] for name in group)
        first = seen.setdefault(key, line)
        if first != line:
            told = "、".join(key)
            yield table.fault(line, f"{'、'.join(group)} 与第 {first} 行重复：{told}")
