"""Which columns of a table may be opened, which may not and why, and how coarse each becomes.

A column is allowed or not by what its item in the catalogue says. A column that the catalogue does
not describe is not opened: nobody has classified it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from diebian.base.lake.public import LakeTable
from diebian.standards.metadata import DataClass, Level, Privacy
from diebian.standards.opening import HIGHEST_OPEN
from diebian.standards.sharing import OpenType, SharingType

MOST_WIDTH = 1_000_000_000
DATES = {"DATE", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE"}
TEXTS = {"VARCHAR"}
NOT_FOR_FILES = {"BLOB"}
NO_NUMBERS = {*DATES, *TEXTS, "BOOLEAN", "TIME"}
# Words in a name by which one usually knows somebody again: ticked beforehand, not more.
LIKELY = ("日期", "时间", "年", "地址", "坐落", "区划", "乡镇", "村", "街道", "性别", "年龄",
          "民族", "职业", "学历", "面积", "类型", "类别", "单位", "事项")  # fmt: skip


class How(StrEnum):
    """How a value is told: as it is, or coarser."""

    AS_IS = "as_is"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    COUNTY = "county"
    FIRST = "first"
    BAND = "band"


HOW_WORDS: Mapping[How, str] = {
    How.AS_IS: "原样",
    How.MONTH: "只到月",
    How.QUARTER: "只到季度",
    How.YEAR: "只到年",
    How.COUNTY: "只到区县",
    How.FIRST: "只留开头几个字",
    How.BAND: "分档（只写起点）",
}
NEEDS_WIDTH = {How.FIRST: "留几个字", How.BAND: "每档多大"}


@dataclass(frozen=True)
class OpenColumn:
    """`width`: for a band its size, for a beginning its number of characters."""

    name: str
    title: str
    meaning: str = ""
    how: How = How.AS_IS
    width: int = 0
    is_quasi: bool = False  # others may know this value of somebody
    is_summed: bool = False  # an amount that adds up: the pictures show totals, not means

    @property
    def told(self) -> str:
        """What the public reads of it: how coarse it has been made."""
        extra = {
            How.FIRST: f"只留前 {self.width} 个字",
            How.BAND: f"每 {self.width} 一档，写的是起点",
        }
        coarse = extra.get(self.how, "" if self.how == How.AS_IS else HOW_WORDS[self.how])
        return "；".join(one for one in (self.meaning, coarse) if one)


@dataclass(frozen=True)
class ColumnLine:
    """A column of the table as the data manager meets it."""

    name: str
    type: str
    title: str
    level: str
    privacy: str
    reasons: Sequence[str]  # why it cannot be opened; none: it can
    hows: Sequence[How]
    is_likely_quasi: bool


@dataclass(frozen=True)
class TableLines:
    reasons: Sequence[str]  # why nothing of this table can be opened
    columns: Sequence[ColumnLine]
    must_check: bool  # its entry holds personal information: its rows are about people


def lines_of(entry: Any, table: LakeTable) -> TableLines:
    """`entry` is the catalogue's row: what it says of each item decides."""
    items = list(entry.items.all())
    by_name = {item.column.lower(): item for item in items if item.column}
    by_name |= {item.name.lower(): item for item in items}
    columns = [_line(name, type_, by_name.get(name.lower()))
               for name, type_ in table.types.items()]  # fmt: skip
    must_check = any(item.privacy != Privacy.NONE for item in items)
    return TableLines(reasons_of_entry(entry), columns, must_check)


def reasons_of_entry(entry: Any) -> list[str]:
    told = []
    if entry.state != "published":
        told.append("目录还没有发布，或已撤销")
    if entry.open_type == OpenType.CLOSED:
        told.append("目录写的是“不予开放”。要开放，先在目录里提出变更")
    if entry.open_type == OpenType.CONDITIONAL:
        told.append("目录写的是“有条件开放”，只能由人申请后提供，不能放在网上任人下载")
    if entry.data_class != DataClass.GENERAL:
        told.append(f"{entry.get_data_class_display()}不能开放")
    if entry.level > HIGHEST_OPEN:
        told.append(f"数据级别是 {entry.get_level_display()}，{HIGHEST_OPEN.label}以下才能开放")
    return told


def column_in(told: Mapping[str, Any]) -> OpenColumn:
    """What `asdict` made of it."""
    return OpenColumn(**{**told, "how": How(told["how"])})


def _line(name: str, type_: str, item: Any) -> ColumnLine:
    title = item.name if item else name
    return ColumnLine(
        name=name,
        type=type_,
        title=title,
        level=item.get_level_display() if item else "",
        privacy=item.get_privacy_display() if item else "",
        reasons=_reasons(type_, item),
        hows=_hows(type_, item),
        is_likely_quasi=any(word in title for word in LIKELY),
    )


def _reasons(type_: str, item: Any) -> list[str]:
    if item is None:
        return ["目录里没有写这一列，没有人给它定过级别"]
    told = []
    if item.privacy != Privacy.NONE:
        told.append(f"是{item.get_privacy_display()}（个人信息保护法 第二十五条：不得公开）")
    if item.level > HIGHEST_OPEN:
        told.append(f"级别是 {Level(item.level).label}，{HIGHEST_OPEN.label}以下才能开放")
    if item.sharing in {SharingType.NEVER, SharingType.CONDITIONAL}:
        told.append(f"这一项写的是“{item.get_sharing_display()}”")
    if type_ in NOT_FOR_FILES:
        told.append("是二进制内容，放不进表格文件")
    return told


def _hows(type_: str, item: Any) -> list[How]:
    if type_ in DATES or (item is not None and item.type in {"D", "T"}):
        return [How.AS_IS, How.MONTH, How.QUARTER, How.YEAR]
    if type_ in TEXTS:
        return [How.AS_IS, How.COUNTY, How.FIRST]
    return [How.AS_IS] if type_ in {"BOOLEAN", "TIME"} else [How.AS_IS, How.BAND]
