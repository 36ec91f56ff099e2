"""What a kind of rule is: what it asks of whoever declares it, and how it judges a row in SQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Protocol

from diebian.base.lake.public import DUCKDB, Dialect, LakeTable
from diebian.base.quality.refusals import RuleUnclear

Told = Mapping[str, Any]
NUMBERS = ("BIGINT", "INTEGER", "SMALLINT", "HUGEINT", "DOUBLE", "FLOAT", "DECIMAL")
MOMENTS = ("DATE", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE")
LONGEST = 300


class Input(StrEnum):
    COLUMN = "column"  # of the table itself
    COLUMNS = "columns"
    OTHER = "other"  # another table of the lake
    OTHER_COLUMN = "other_column"
    RELATION = "relation"
    TEXT = "text"
    LINES = "lines"


@dataclass(frozen=True)
class Asked:
    name: str
    label: str
    input: Input = Input.COLUMN
    is_needed: bool = True
    hint: str = ""


@dataclass(frozen=True)
class Place:
    """The table that a rule is about, and those that it may look into.

    `held`: SQL names for tables, by their names in the lake, that are at hand already. Each look
    into the lake asks its catalogue, which takes as long as some thousand rows.
    """

    table: LakeTable
    others: Mapping[str, LakeTable] = field(default_factory=dict)
    dialect: Dialect = DUCKDB
    schema: str = "lake"
    held: Mapping[str, str] = field(default_factory=dict)

    def column(self, told: Told, name: str = "column") -> str:
        return self.quoted(self.known(str(told.get(name, ""))))

    def known(self, column: str) -> str:
        if column not in self.table.types:
            raise RuleUnclear(f"“{self.table.title}”没有列“{column}”")
        return column

    def type_of(self, told: Told, name: str = "column") -> str:
        return self.table.types[self.known(str(told.get(name, "")))]

    def text(self, told: Told, name: str = "column") -> str:
        """The column as text, whatever its type."""
        column = self.column(told, name)
        is_text = self.type_of(told, name) == "VARCHAR"
        return column if is_text else self.dialect.text_of(column)

    def filled(self, told: Told, name: str = "column") -> str:
        """SQL: true where something stands; what is empty is the affair of one kind alone."""
        column = self.column(told, name)
        is_text = self.type_of(told, name) == "VARCHAR"
        return f"{column} <> ''" if is_text else f"{column} IS NOT NULL"

    def other(self, told: Told) -> LakeTable:
        slug = str(told.get("other", ""))
        if slug not in self.others:
            raise RuleUnclear(f"湖里没有“{slug}”这张表")
        return self.others[slug]

    def other_column(self, told: Told, name: str) -> str:
        column, other = str(told.get(name, "")), self.other(told)
        if column not in other.types:
            raise RuleUnclear(f"“{other.title}”没有列“{column}”")
        return self.quoted(column)

    def name_of(self, table: LakeTable) -> str:
        return self.held.get(table.name) or f"{self.schema}.{self.quoted(table.name)}"

    def quoted(self, name: str) -> str:
        return self.dialect.quoted(name)

    def value_of(self, value: str, type_: str) -> str:
        """As SQL, in the type of the column that it is compared with."""
        if type_.startswith(NUMBERS):
            return format(Decimal(value), "f")
        told = self.dialect.literal(value)
        return told if type_ == "VARCHAR" else f"CAST({told} AS {self.dialect.type_of(type_)})"


@dataclass(frozen=True)
class Judged:
    """SQL over one row: `fails` is asked where it `applies`, and is never unknown there.

    Without `applies` it is asked everywhere, and unknown where there is nothing to look at.
    `shown`: columns whose values stand beside the key of a failing row. `helpers` are worked out
    once for each row, before, and may be named in `fails`.
    """

    fails: str
    shown: tuple[str, ...]
    applies: str = ""
    helpers: Mapping[str, str] = field(default_factory=dict)

    @property
    def answer(self) -> str:
        """True where the rule is broken, false where it is kept, null where it is not asked."""
        return f"CASE WHEN {self.applies} THEN {self.fails} END" if self.applies else self.fails


class Kind(Protocol):
    @property
    def slug(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def says(self) -> str:
        """To whoever chooses."""

    @property
    def asks(self) -> Sequence[Asked]: ...

    def checked(self, told: Told, place: Place) -> dict[str, Any]:
        """What is kept of what was told. Raises `RuleUnclear` with a sentence."""

    def words(self, told: Told) -> str:
        """The rule as a sentence. `other_title` is told beside `other`."""

    def judged(self, told: Told, place: Place) -> Judged: ...


def text_of(told: Told, name: str, label: str) -> str:
    value = str(told.get(name, "")).strip()
    is_readable = value.replace("\u3000", " ").isprintable()  # the wide space is text here
    if not value or len(value) > LONGEST or not is_readable:
        raise RuleUnclear(f"请写明{label}，不超过 {LONGEST} 个字")
    return value


def fitting(value: str, type_: str, label: str) -> str:
    """The value if the lake's type can hold it; asked now, so that no run falls over it."""
    try:
        if type_.startswith(NUMBERS):
            if not Decimal(value).is_finite():
                raise ValueError
        elif type_ == "DATE":
            date.fromisoformat(value)
        elif type_.startswith("TIMESTAMP"):
            datetime.fromisoformat(value)
    except (ValueError, InvalidOperation) as error:
        raise RuleUnclear(f"{label}“{value}”和这一列的类型（{type_}）对不上") from error
    return value
