"""What is mounted of the lake, told by the lake itself."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from diebian.base.catalogue.public import Kind, mounted_contracts
from diebian.base.lake.public import lake_tables, open_lake, rows_at

if TYPE_CHECKING:
    from diebian.base.lake.public import TableStore

AT_ONCE = 100  # tables that are counted in one statement


def rows_mounted() -> tuple[int, int]:
    """Tables that are mounted and really there, and the rows of all of them."""
    contracts = mounted_contracts(Kind.TABLE).values()
    slugs = sorted({one["collection"] for one in contracts if "collection" in one})
    names = {one.name for one in lake_tables(slugs)} if slugs else set()
    with open_lake() as lake:
        there = sorted(names & set(lake.tables()))
        parts = [there[at : at + AT_ONCE] for at in range(0, len(there), AT_ONCE)]
        return len(there), sum(_counted(lake, part) for part in parts)


def _counted(lake: "TableStore", tables: Sequence[str]) -> int:
    """In one statement: for each by itself the lake looks up its snapshot anew."""
    told = " UNION ALL ".join(f"(FROM {rows_at(one)} SELECT count(*) AS n)" for one in tables)
    row = lake.duck.execute(f"FROM ({told}) SELECT sum(n)").fetchone()
    return int(row[0]) if row else 0
