"""The workbook that goes out and comes in: its sheets, its columns, what each may hold."""

from collections.abc import Mapping

from django.db.models import Choices

from diebian.base.catalogue.snapshot import LABELS
from diebian.standards.metadata import DataClass, ItemType, Level, Privacy, UpdateCycle
from diebian.standards.sharing import OpenType, SharingType
from diebian.standards.themes import Theme

ENTRIES, ITEMS, HELP = "目录", "信息项", "填写说明"
ENTRY_COLUMNS: Mapping[str, str] = {label: name for name, label in LABELS.items()}
NUMBER = "编号"  # of an entry that is there already: by it a title can be changed
NEEDED = ("名称", "共享类型", "复核期限")
OF_ENTRY = "目录名称"
ELEMENT = "数据元"
ITEM_COLUMNS = (
    OF_ENTRY, "信息项名称", "类型", "长度", "级别", "个人信息", "接口列名", "共享类型", ELEMENT,
)  # fmt: skip
ITEM_NEEDED = (OF_ENTRY, "信息项名称")
LONGEST: Mapping[str, int] = {
    "title": 200,
    "summary": 500,
    "sharing_basis": 300,
    "share_condition": 300,
    "responsible": 100,
}
CLOSED: Mapping[str, type[Choices]] = {
    "theme": Theme,
    "sharing": SharingType,
    "open_type": OpenType,
    "data_class": DataClass,
    "level": Level,
    "update_cycle": UpdateCycle,
}
ITEM_CLOSED: Mapping[str, type[Choices]] = {
    "类型": ItemType,
    "级别": Level,
    "个人信息": Privacy,
    "共享类型": SharingType,
}
MOST_ENTRIES, MOST_ROWS, MOST_COLUMNS = 1_000, 50_000, 40
MOST_BYTES, MOST_UNPACKED, MOST_PARTS = 5 * 1024**2, 20 * 1024**2, 200
