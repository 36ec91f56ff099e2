"""The Parquet files of a lake table at a snapshot: what an engine other than DuckDB has to read.

How they are to be read stands in the README under 别的引擎. Told from DuckLake's own list of files
and from its catalogue; nothing of it is our own format.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class FileColumn:
    """Found in each file by `field`, never by name: an older file has none of a newer column."""

    name: str
    type: str  # the lake's own word
    field: int


# DuckLake's own columns, by the numbers that its format fixes: which row of its file is gone; by
# which snapshot a row, or its end, came, where a compacted file has those of several.
POSITION = FileColumn("pos", "BIGINT", 2147483645)
MADE_BY = FileColumn("_ducklake_internal_snapshot_id", "BIGINT", 2147483539)


@dataclass(frozen=True)
class LakeFiles:
    table: str
    snapshot: int
    columns: tuple[FileColumn, ...]
    files: Mapping[str, str | None]  # a file of rows: the file of positions that are gone from it

    @property
    def with_deletes(self) -> dict[str, str]:
        return {rows: gone for rows, gone in self.files.items() if gone}
