"""What a table's or a file's resource says of itself: written when it is mounted, read at each use.

Table: `collection`, `fields` (our column to the lake's), `items` (our column to its 信息项), and
`region`, our column of administrative divisions. File: `digest`, `name`, `size`, `media`.
"""

from collections.abc import Mapping
from typing import Any

from diebian.base.lake.public import LakeTable, Selection, TableUnknown, lake_table, read_rows

from .files import path_of
from .refusals import FileLost

WHOLE = "file"  # the one column that a file has


def table_contract(
    *, collection: str, fields: Mapping[str, str], items: Mapping[str, str], region: str = ""
) -> dict[str, Any]:
    told = {"collection": collection, "fields": dict(fields), "items": dict(items)}
    return {**told, "region": region} if region else told


def file_contract(*, digest: str, name: str, size: int, media: str) -> dict[str, Any]:
    told = {"digest": digest, "name": name, "size": size, "media": media}
    return {**told, "fields": {WHOLE: name}}


def probe_table(contract: dict[str, Any]) -> set[str]:
    """Reads the lake's schema and one row; gives our columns of which the lake's are there."""
    table = lake_table(contract["collection"])
    sample_of(table, list(contract["fields"].values())[:1])
    there = {column.name for column in table.columns}
    return {ours for ours, theirs in contract["fields"].items() if theirs in there}


def sample_of(table: LakeTable, columns: list[str]) -> dict[str, Any]:
    """The first row. Raises `TableUnknown` where nothing was collected yet, or no row is there."""
    if table.collected_at is None:
        raise TableUnknown(f"{table.title}还没有归集过")
    found = read_rows(table.name, Selection(columns=columns, limit=1, is_counted=False))
    if not found.rows:
        raise TableUnknown(f"{table.title}在湖里一行也没有，看不出对不对")
    return dict(zip(columns, found.rows[0], strict=True))


def probe_file(contract: dict[str, Any]) -> set[str]:
    """The bytes are there and are those that were stored."""
    if not path_of(contract["digest"]).is_file():
        raise FileLost(contract["name"])
    return set(contract["fields"])
