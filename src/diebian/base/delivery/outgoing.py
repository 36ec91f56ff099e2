"""What of a lake table goes to one consumer: granted columns, rows of the region, in order."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from diebian.base.catalogue.public import ResourceLine
from diebian.base.exchange.public import GrantTerms
from diebian.base.lake.public import lake_table, quoted
from diebian.security.keys.public import sm3
from diebian.standards.masking import masked

from .refusals import ColumnsGone

if TYPE_CHECKING:  # its library is loaded by whoever opens it
    from diebian.base.lake.public import TableStore

AT_ONCE = 10_000  # rows in this process's memory


@dataclass(frozen=True)
class Cut:
    """`columns`: ours to the lake's; `types`: ours to the type that the consumer gets."""

    table: str
    columns: Mapping[str, str]
    types: Mapping[str, str]
    masked: frozenset[str]
    region_column: str  # the lake's; empty where the whole city is granted
    region: str

    @property
    def shape(self) -> str:
        told = [self.table, *self.columns.items(), *self.types.items(), sorted(self.masked)]
        return json.dumps([told, self.region_column, self.region], ensure_ascii=False)


def cut_of(lake: "TableStore", resource: ResourceLine, terms: GrantTerms) -> Cut:
    """Raises `ColumnsGone` where the table no longer has what was granted."""
    contract = resource.contract
    fields = contract["fields"]
    table = lake_table(contract["collection"]).name
    there = lake.columns(table)
    ours_of_region = contract.get("region", "") if terms.region else ""
    wanted = [*terms.columns, *([ours_of_region] if terms.region else [])]
    if gone := [one for one in wanted if fields.get(one) not in there]:
        raise ColumnsGone("、".join(gone))
    columns = {one: fields[one] for one in terms.columns}
    hidden = frozenset(terms.masked)
    return Cut(
        table=table,
        columns=columns,
        types={ours: "VARCHAR" if ours in hidden else there[columns[ours]] for ours in columns},
        masked=hidden,
        region_column=fields.get(ours_of_region, ""),
        region=terms.region,
    )


class Outgoing:
    """One reading of a cut at one snapshot. The checksum is of what was read so far."""

    def __init__(self, lake: "TableStore", cut: Cut, snapshot: int) -> None:
        self.lake, self.cut, self.snapshot = lake, cut, snapshot
        self.digest, self.count = b"", 0
        self._hidden = [place for place, one in enumerate(cut.columns, 1) if one in cut.masked]

    @property
    def checksum(self) -> str:
        return self.digest.hex()

    def total(self) -> int:
        row = self.lake.duck.execute(f"SELECT count(*) {self._from()}", self._values()).fetchone()
        return int(row[0]) if row else 0

    def touched(self, since: int) -> list[int]:
        told = self.lake.duck.execute(self.lake.touched(self.cut.table, since, self.snapshot))
        return [row[0] for row in told.fetchall()]

    def rows(self, touched: list[int] | None = None) -> Iterator[tuple[Any, ...]]:
        """The number in the lake, then the columns; all, or those of the numbers."""
        names = ", ".join(quoted(theirs) for theirs in self.cut.columns.values())
        values, only = self._values(), ""
        if touched is not None:
            joint = "AND" if values else "WHERE"
            only, values = f" {joint} rowid IN (SELECT unnest(?))", [*values, touched]
        duck = self.lake.duck.cursor()
        duck.execute(f"SELECT rowid, {names} {self._from()}{only} ORDER BY rowid", values)
        self.digest, self.count = b"", 0
        while rows := duck.fetchmany(AT_ONCE):
            cut = [self._cut(row) for row in rows] if self._hidden else rows
            self.digest = sm3(self.digest + "\n".join(map(_line, cut)).encode())
            self.count += len(cut)
            yield from cut
        duck.close()

    def _cut(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        told = list(row)
        for place in self._hidden:
            told[place] = None if told[place] is None else masked(str(told[place]))
        return tuple(told)

    def _from(self) -> str:
        source = f"FROM lake.{quoted(self.cut.table)} AT (VERSION => {self.snapshot})"
        if not self.cut.region:
            return source
        return f"{source} WHERE starts_with(CAST({quoted(self.cut.region_column)} AS VARCHAR), ?)"

    def _values(self) -> list[Any]:
        return [self.cut.region] if self.cut.region else []


def _line(row: tuple[Any, ...]) -> str:
    return "\x1f".join("\\N" if one is None else str(one) for one in row)
