"""What an engine of another kind is told of a table is enough to read it, at any snapshot.

The reader here follows the README's rule with Arrow alone, the one in `tests/lake/test_spark.py`
with Spark.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from diebian.base.lake.duck import platform_place
from diebian.base.lake.files import MADE_BY, POSITION, FileColumn, LakeFiles
from diebian.base.lake.store import TableStore

NUMBER = b"PARQUET:field_id"
Row = tuple[Any, ...]


@pytest.fixture
def lake(lake_place: Path) -> Iterator[TableStore]:
    """Rows change and go, a column comes, files are joined, and once more a row goes."""
    assert platform_place().folder.is_relative_to(lake_place)
    with TableStore(platform_place()) as store:
        rows = "SELECT i AS id, '样例' || i AS name FROM range(1, 6) r(i)"
        _batch(store, lambda: store.create("t", {"id": "BIGINT", "name": "VARCHAR"}, rows))
        changed = "SELECT id, '改过' AS name FROM (VALUES (2), (3), (6)) v(id)"
        _batch(store, lambda: store.merge("t", ["id"], ["id", "name"], changed))
        _batch(store, lambda: store.remove("t", ["id"], "SELECT 1 AS id"))
        _batch(store, lambda: store.add_column("t", "more", "INTEGER"))
        for number in (7, 8):
            rows = f"SELECT {number} AS id, 'x' AS name, 1 AS more"
            _batch(store, lambda rows=rows: store.append("t", rows))
        store.duck.execute("CALL ducklake_merge_adjacent_files('lake', 't')").fetchall()
        _batch(store, lambda: store.remove("t", ["id"], "SELECT 8 AS id"))
        yield store


def test_other_engines_read_the_rows_of_every_snapshot(lake: TableStore) -> None:
    first, last = lake.oldest() + 1, lake.snapshot()
    assert last - first >= 5
    for at in range(first, last + 1):
        if lake.duck.execute(f"SELECT count(*) FROM ducklake_list_files('lake', 't', "
                             f"snapshot_version => {at})").fetchone() != (0,):  # fmt: skip
            files = lake.files("t", at)
            assert sorted(_read(files)) == lake.read("t", at).order("id").fetchall(), at
    now = lake.files("t")
    assert now.with_deletes
    assert len([*_plain(now)]) > lake.count("t")  # whoever forgets what is gone reads too much


def test_the_columns_are_those_of_the_snapshot(lake: TableStore) -> None:
    then, now = lake.files("t", lake.oldest() + 1), lake.files("t")
    assert [one.name for one in then.columns] == ["id", "name"]
    assert [(one.name, one.type) for one in now.columns][-1] == ("more", "INTEGER")
    assert len({one.field for one in now.columns}) == 3


def _batch(store: TableStore, work: Any) -> None:
    with store.writing(batch="b", message="样例", note={}):
        work()


def _plain(files: LakeFiles) -> Iterator[Row]:
    for path in files.files:
        yield from _values(path, files.columns)


def _read(files: LakeFiles) -> Iterator[Row]:
    for path, deletes in files.files.items():
        listed = _values(deletes, (POSITION, MADE_BY)) if deletes else []
        gone = {row[0] for row in listed if _is_in(row, files)}
        for place, row in enumerate(_values(path, (*files.columns, MADE_BY))):
            if place not in gone and _is_in(row, files):
                yield row[:-1]


def _is_in(row: Row, files: LakeFiles) -> bool:
    return row[-1] is None or row[-1] <= files.snapshot


def _values(path: str, columns: tuple[FileColumn, ...]) -> list[Row]:
    table = pq.read_table(path)
    place = {int(one.metadata[NUMBER]): at for at, one in enumerate(table.schema)}
    empty = [None] * table.num_rows
    told = [table.column(place[one.field]).to_pylist() if one.field in place else empty
            for one in columns]  # fmt: skip
    return list(zip(*told, strict=True))
