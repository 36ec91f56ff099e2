"""Names and types that go into SQL. A name is always quoted; a type is one of these or refused."""

import re
from datetime import datetime

from diebian.standards.metadata import ItemType

from .refusals import ColumnsUnclear, TypeUnknown

PLAIN = ("VARCHAR", "BIGINT", "INTEGER", "SMALLINT", "DOUBLE", "FLOAT", "BOOLEAN", "DATE",
         "TIMESTAMP", "TIMESTAMP WITH TIME ZONE", "TIME", "BLOB", "HUGEINT")  # fmt: skip
DECIMAL = re.compile(r"DECIMAL\((\d{1,2}),(\d{1,2})\)")
LAKE_TABLE = re.compile(r"[a-z][a-z0-9_]{0,62}")
WIDEST_DECIMAL = 38
PUSH = "_push"  # the watermark of what departments push: the number of a push
LONGEST = 63  # bytes of a name, as PostgreSQL counts
MOST_COLUMNS = 1000
EMPTY_SIGN = "\0"  # no text of PostgreSQL has it: neither our book, nor who receives a table
TYPE_WORDS = {"VARCHAR": "文字", "BIGINT": "整数", "INTEGER": "整数", "SMALLINT": "整数",
              "HUGEINT": "整数", "DOUBLE": "小数", "FLOAT": "小数", "BOOLEAN": "是否",
              "DATE": "日期", "TIMESTAMP": "日期时间", "TIME": "时间", "BLOB": "二进制",
              "TIMESTAMP WITH TIME ZONE": "日期时间"}  # fmt: skip
ITEM_TYPES = {"VARCHAR": ItemType.TEXT, "TIME": ItemType.TEXT, "BOOLEAN": ItemType.TEXT,
              "DATE": ItemType.DATE, "TIMESTAMP": ItemType.MOMENT, "BLOB": ItemType.BINARY,
              "TIMESTAMP WITH TIME ZONE": ItemType.MOMENT}  # fmt: skip


def quoted(name: str) -> str:
    """An identifier for DuckDB and PostgreSQL, whatever stands in it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def rows_at(table: str, at: int | datetime | None = None) -> str:
    """A lake table as it is, or was, to stand after FROM."""
    when = "" if at is None else f" AT (TIMESTAMP => {literal(str(at))})"
    when = f" AT (VERSION => {at})" if isinstance(at, int) else when
    return f"lake.{quoted(table)}{when}"


def checked_type(text: str) -> str:
    told = text.upper().replace(", ", ",").strip()
    told = "TIMESTAMP WITH TIME ZONE" if told == "TIMESTAMPTZ" else told
    if told in PLAIN:
        return told
    found = DECIMAL.fullmatch(told)
    if found and int(found[2]) <= int(found[1]) <= WIDEST_DECIMAL and int(found[1]) > 0:
        return told
    raise TypeUnknown(text)


def type_words(type_: str) -> str:
    return TYPE_WORDS.get(type_, "数")


def checked_names(names: list[str]) -> list[str]:
    """Each is there, is short enough and comes once, upper and lower case alike."""
    for name in names:
        if not name.strip() or len(name.encode()) > LONGEST or not name.isprintable():
            raise ColumnsUnclear(f"列名“{name[:40]}”是空的、太长或含有看不见的字符")
    low = [name.lower() for name in names]
    twice = (
        sorted({name for name in low if low.count(name) > 1}) if len(set(low)) < len(low) else []
    )
    if twice:
        raise ColumnsUnclear(f"列名“{'、'.join(twice)}”出现不止一次")
    if len(names) > MOST_COLUMNS:
        raise ColumnsUnclear(f"最多 {MOST_COLUMNS} 列，现在有 {len(names)} 列")
    return names


def item_type(type_: str) -> ItemType:
    """What a catalogue calls it. What is neither day nor moment nor bytes nor text is a number."""
    return ITEM_TYPES.get(type_, ItemType.NUMBER)
