"""What of a lake table goes to one consumer: granted columns, rows of the region, in order."""

import json
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from pyarrow.csv import WriteOptions, write_csv

from diebian.base.catalogue.public import ResourceLine
from diebian.base.exchange.public import GrantTerms
from diebian.base.lake.public import lake_table, literal, quoted, rows_at

from .consumer import NAME
from .origins import MASKED
from .refusals import ColumnsGone

if TYPE_CHECKING:  # its library is loaded by whoever opens it
    from diebian.base.lake.public import TableStore

AT_ONCE = 50_000  # rows in this process's memory
THREADS = 2  # nothing goes out before all rows are in order: nobody else works until then
TOUCHED = "stage.touched"
COUNTED = "SELECT count(*) FROM stage.touched"
OPTIONS = WriteOptions(include_header=False, quoting_style="all_valid")  # null is nothing


@dataclass(frozen=True)
class Cut:
    """`columns`: ours to the lake's; `types`: ours to the type that the consumer gets. `key`: the
    lake's; `salt`: secret, so that a row's name says nothing of its key and is another elsewhere.
    """

    table: str
    key: tuple[str, ...]
    salt: str
    columns: Mapping[str, str]
    types: Mapping[str, str]
    masked: frozenset[str]
    region_column: str  # the lake's; empty where the whole city is granted
    region: str

    @property
    def shape(self) -> str:
        told = [
            self.table,
            self.key,
            *self.columns.items(),
            *self.types.items(),
            sorted(self.masked),
        ]
        return json.dumps(
            [told, sorted(self.masked), self.region_column, self.region], ensure_ascii=False
        )


def cut_of(lake: "TableStore", resource: ResourceLine, terms: GrantTerms, salt: str) -> Cut:
    """Raises `ColumnsGone` where the table no longer has what was granted."""
    contract = resource.contract
    fields = contract["fields"]
    table = lake_table(contract["collection"])
    there = lake.columns(table.name)
    ours_of_region = contract.get("region", "") if terms.region else ""
    wanted = [*terms.columns, *([ours_of_region] if terms.region else [])]
    if gone := [one for one in wanted if fields.get(one) not in there]:
        raise ColumnsGone("、".join(gone))
    columns = {one: fields[one] for one in terms.columns}
    hidden = frozenset(terms.masked)
    return Cut(
        table=table.name,
        key=table.key,
        salt=salt,
        columns=columns,
        types={ours: "VARCHAR" if ours in hidden else there[columns[ours]] for ours in columns},
        masked=hidden,
        region_column=fields.get(ours_of_region, ""),
        region=terms.region,
    )


class Outgoing:
    """One reading of a cut at one snapshot, as the CSV that PostgreSQL's COPY takes."""

    def __init__(self, lake: "TableStore", cut: Cut, snapshot: int) -> None:
        self.lake, self.cut, self.snapshot = lake, cut, snapshot
        self._asked = lake.duck  # what an answer is waited for from

    @property
    def shape(self) -> str:
        return self.cut.shape

    @property
    def types(self) -> Mapping[str, str]:
        return self.cut.types

    @property
    def is_keyed(self) -> bool:
        return bool(self.cut.key)

    def oldest(self) -> int:
        return self.lake.oldest()

    def total(self) -> int:
        row = self.lake.duck.execute(f"SELECT count(*) {self._from()}", self._values()).fetchone()
        return int(row[0]) if row else 0

    def count_changed(self) -> int:
        """Of the rows that `follow` noted those that are there now: they are what is sent."""
        asked = f"SELECT count(*) {self._from()}{self._only()}"
        row = self.lake.duck.execute(asked, self._values()).fetchone()
        return int(row[0]) if row else 0

    def follow(self, since: int) -> bool:
        """Notes the keys of all rows that may be other than at `since`; whether there are any."""
        key = self.cut.key or tuple(self.cut.columns.values())
        told = self.lake.touched(self.cut.table, key, since, self.snapshot)
        self.lake.duck.execute(f"CREATE OR REPLACE TABLE {TOUCHED} AS {told}")
        row = self.lake.duck.execute(COUNTED).fetchone()
        return bool(row and row[0])

    def touched(self) -> Iterator[bytes]:
        asked = f"SELECT {self._name()} AS name FROM {TOUCHED} ORDER BY 1"  # noqa: S608  quoted
        return self._text(asked, [])

    def rows(self, *, is_followed: bool) -> Iterator[bytes]:
        """The row's name, then the columns; all, or those that `follow` noted."""
        values, only = self._values(), self._only() if is_followed else ""
        told = ", ".join(self._told(*pair) for pair in self.cut.columns.items())
        asked = f"SELECT {self._name()} AS {quoted(NAME)}, {told} {self._from()}{only} ORDER BY 1"
        return self._text(asked, values)

    def stop(self) -> None:
        """A cursor is a connection of its own: what the lake's is told does not reach it."""
        self._asked.interrupt()

    def _name(self) -> str:
        """Half of a SHA-256 as a UUID. Where a table has no key, the place in the lake: it lasts
        until the next batch, which sends all anew.
        """
        parts = [f"CAST({quoted(one)} AS VARCHAR)" for one in self.cut.key] or ["rowid::VARCHAR"]
        text = f"concat_ws(chr(31), {literal(self.cut.salt)}, {', '.join(parts)})"
        return f"CAST(CAST(left(sha256({text}), 32) AS UUID) AS VARCHAR)"

    def _told(self, ours: str, theirs: str) -> str:
        """In words that PostgreSQL reads as the same value."""
        name = quoted(theirs)
        text = f"CAST({name} AS VARCHAR)"
        if self.cut.types[ours] == "BLOB":
            text = f"'\\x' || lower(hex({name}))"
        if ours in self.cut.masked:
            text = MASKED.format(text)
        return f"{text} AS {quoted(ours)}"

    def _text(self, asked: str, values: list[Any]) -> Iterator[bytes]:
        return _ahead(self._parts(asked, values))

    def _parts(self, asked: str, values: list[Any]) -> Iterator[bytes]:
        duck = self._asked = self.lake.duck.cursor()
        duck.execute(f"SET threads = {THREADS}")
        for batch in duck.execute(asked, values).to_arrow_reader(AT_ONCE):
            out = pa.BufferOutputStream()
            write_csv(batch, out, OPTIONS)
            yield out.getvalue().to_pybytes()
        self._asked = self.lake.duck
        duck.close()

    def _from(self) -> str:
        source = f"FROM {rows_at(self.cut.table, self.snapshot)}"
        if not self.cut.region:
            return source
        return f"{source} WHERE starts_with(CAST({quoted(self.cut.region_column)} AS VARCHAR), ?)"

    def _only(self) -> str:
        key = ", ".join(quoted(one) for one in self.cut.key)
        joint = "AND" if self.cut.region else "WHERE"
        return f" {joint} ({key}) IN (SELECT ({key}) FROM {TOUCHED})"  # noqa: S608  quoted

    def _values(self) -> list[Any]:
        return [self.cut.region] if self.cut.region else []


def _ahead(parts: Iterator[bytes]) -> Iterator[bytes]:
    """The next part is made while the consumer's database takes this one."""
    with ThreadPoolExecutor(1, "outgoing") as pool:
        coming = pool.submit(next, parts, None)
        while (part := coming.result()) is not None:
            coming = pool.submit(next, parts, None)
            yield part
