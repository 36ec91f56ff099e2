"""A base as a table that is delivered: the records that are read, from build to build.

The number of a build is the state, the entity's number is the key: what changed since a build is
whatever began or ended after it. All is read in one transaction, so that no build, and nothing
that is forgotten meanwhile, comes between.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from psycopg import sql

from diebian.base.catalogue.public import ResourceLine
from diebian.base.delivery.public import (
    MASKED,
    ColumnsGone,
    Origin,
    Reading,
    SourceEnded,
    Taken,
)
from diebian.base.exchange.public import GrantTerms

from .answering import SOURCE, fields_of
from .leave import hold_leaves, is_still_given
from .models import Base, Build, GoldenRecord
from .plan import Kind, Plan, plan_of
from .refusals import NothingBuilt
from .selectors import build_now, source_titles

SLUG = "base-table"  # what a contract names
DATE, TEXT = "DATE", "VARCHAR"  # in the words of whoever makes the consumer's table
STOP_SECONDS = 2.0  # for a word to our own database
AT_ONCE = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
NOW = "r.base_id = {base} AND r.since <= {at} AND (r.until IS NULL OR r.until > {at})"
BETWEEN = (
    "SELECT t.number FROM {table} t WHERE t.base_id = {base} "
    "AND (t.since > {since} AND t.since <= {at} OR t.until > {since} AND t.until <= {at})"
)
# Half of a SHA-256: secret is the salt, so the name says nothing of the entity's number.
NAME = (
    "CAST(left(encode(sha256(convert_to({salt} || chr(31) || {number}, 'UTF8')), 'hex'), 32) "
    "AS uuid)"
)


@dataclass(frozen=True)
class Cut:
    """What is granted of a base, as its current build has it. `columns`: ours to the base's."""

    base: Base
    build: Build
    plan: Plan
    titles: Sequence[str]  # of the tables that feed it, in the plan's order
    columns: Mapping[str, str]
    masked: frozenset[str]
    region_column: str  # the base's; empty where the whole city is granted
    region: str
    salt: str


class Records:
    """A `delivery.Reading` of one cut."""

    is_keyed = True

    def __init__(self, cut: Cut) -> None:
        self.cut, self.snapshot = cut, cut.build.number
        self._since: int | None = None
        self._line = connection.connection  # this thread's; `stop` comes from another

    @property
    def types(self) -> Mapping[str, str]:
        return {ours: self._type(ours, theirs) for ours, theirs in self.cut.columns.items()}

    @property
    def shape(self) -> str:
        """With the tables' titles, where one of them is told; a newer declaration tells by itself
        whatever else is other: it writes every record anew.
        """
        cut = self.cut
        has_source = any(theirs.endswith(SOURCE) for theirs in cut.columns.values())
        told = [cut.base.slug, *self.types.items(), sorted(cut.masked), cut.region_column,
                cut.region, list(cut.titles) if has_source else []]  # fmt: skip
        return json.dumps([told, dict(cut.columns)], ensure_ascii=False)

    def oldest(self) -> int:
        return self.cut.base.forgotten

    def total(self) -> int:
        return int(self._one("SELECT count(*) {from_}"))

    def count_changed(self) -> int:
        return int(self._one("SELECT count(*) {from_} AND r.number IN ({touched})"))

    def follow(self, since: int) -> bool:
        self._since = since
        return bool(self._one("SELECT EXISTS ({touched})"))

    def rows(self, *, is_followed: bool) -> Iterator[bytes]:
        only = " AND r.number IN ({touched})" if is_followed else ""
        return self._text(f"SELECT {{name}}, {{columns}} {{from_}}{only} ORDER BY 1")

    def touched(self) -> Iterator[bytes]:
        asked = "SELECT {name} FROM (SELECT DISTINCT number FROM ({touched}) d) r ORDER BY 1"
        return self._text(asked)

    def stop(self) -> None:
        self._line.cancel_safe(timeout=STOP_SECONDS)

    def values(self, limit: int) -> list[tuple[Any, ...]]:
        """As they are, in the order of the numbers: masked by whoever shows them."""
        columns = sql.SQL(", ").join(self._value(theirs) for theirs in self.cut.columns.values())
        asked = self._asked("SELECT {values} {from_} ORDER BY r.number LIMIT {limit}",
                            values=columns, limit=sql.Literal(limit))  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(asked.as_string())
            return list(cursor.fetchall())

    def _one(self, template: str) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(self._asked(template).as_string())
            return cursor.fetchone()[0]

    def _text(self, template: str) -> Iterator[bytes]:
        told = self._asked(template).as_string()
        asked = f"COPY ({told}) TO STDOUT (FORMAT csv, FORCE_QUOTE *)"
        with connection.cursor() as cursor, cursor.copy(asked) as copy:
            for part in copy:
                yield bytes(part)

    def _asked(self, template: str, **more: sql.Composable) -> sql.Composed:
        cut = self.cut
        words = {
            "table": sql.Identifier(GoldenRecord._meta.db_table),
            "base": sql.Literal(cut.base.pk),
            "at": sql.Literal(self.snapshot),
            "since": sql.Literal(self._since),
        }
        name = sql.SQL(NAME).format(salt=sql.Literal(cut.salt), number=sql.SQL("r.number"))
        return sql.SQL(template).format(
            from_=self._from(words),
            touched=sql.SQL(BETWEEN).format(**words),
            name=name,
            columns=sql.SQL(", ").join(self._told(*pair) for pair in cut.columns.items()),
            **more,
        )

    def _from(self, words: Mapping[str, sql.Composable]) -> sql.Composable:
        told = sql.SQL(f"FROM {{table}} r WHERE {NOW}").format(**words)
        if not self.cut.region:
            return told
        place = self._value(self.cut.region_column)
        return sql.SQL("{} AND starts_with({}, {})").format(
            told, place, sql.Literal(self.cut.region)
        )

    def _told(self, ours: str, theirs: str) -> sql.Composable:
        value = self._value(theirs)
        return sql.SQL(MASKED).format(value) if ours in self.cut.masked else value

    def _value(self, name: str) -> sql.Composable:
        """A column's value, or which table it comes from."""
        if not name.endswith(SOURCE):
            return sql.SQL("(r.values ->> {})").format(sql.Literal(name))
        titles = sql.SQL(", ").join(map(sql.Literal, self.cut.titles))
        place = sql.SQL("CAST(r.chosen -> {} ->> 0 AS integer)").format(
            sql.Literal(name.removesuffix(SOURCE))
        )
        return sql.SQL("(ARRAY[{}]::text[])[1 + {}]").format(titles, place)

    def _type(self, ours: str, theirs: str) -> str:
        if ours in self.cut.masked or theirs.endswith(SOURCE):
            return TEXT
        return DATE if self.cut.plan.column(theirs).kind == Kind.DATE else TEXT


@contextmanager
def _opened(found: ResourceLine, terms: GrantTerms, salt: str) -> Iterator[Reading]:
    with _records(found, terms, salt) as told:
        yield told


@contextmanager
def _records(found: ResourceLine, terms: GrantTerms, salt: str) -> Iterator[Records]:
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute(AT_ONCE)
        yield Records(_cut(found, terms, salt))


def _cut(found: ResourceLine, terms: GrantTerms, salt: str) -> Cut:
    """Raises `NothingBuilt`, `SourceEnded`, `ColumnsGone`."""
    contract = found.contract
    base = Base.objects.select_related("owner").get(slug=contract["base"])
    build = build_now(base)
    if build is None:
        raise NothingBuilt
    if not is_still_given(build):
        raise SourceEnded
    plan, fields = plan_of(build.version.plan), contract["fields"]
    there = fields_of(plan)
    ours_of_region = contract.get("region", "") if terms.region else ""
    wanted = [*terms.columns, *([ours_of_region] if terms.region else [])]
    if gone := [one for one in wanted if fields.get(one) not in there]:
        raise ColumnsGone("、".join(gone))
    return Cut(
        base=base,
        build=build,
        plan=plan,
        titles=source_titles(plan),
        columns={one: fields[one] for one in terms.columns},
        masked=frozenset(terms.masked),
        region_column=fields.get(ours_of_region, ""),
        region=terms.region,
        salt=salt,
    )


def _read(found: ResourceLine, terms: GrantTerms, limit: int) -> Taken:
    with _records(found, terms, "") as told:
        return Taken(told.values(limit), told.total(), told.snapshot)


def _moments(found: Sequence[ResourceLine]) -> Mapping[str, datetime | None]:
    """When the build that is read was done."""
    slugs = {one.contract["base"] for one in found}
    rows = Build.objects.filter(base__slug__in=slugs, number=F("base__built"))
    done = dict(rows.values_list("base__slug", "ended_at"))
    return {one.slug: done.get(one.contract["base"]) for one in found}


def _hold(found: ResourceLine, snapshot: int | None) -> bool:
    rows = Build.objects.select_related("base__owner", "version")
    read = rows.filter(base__slug=found.contract["base"], number=snapshot or 0).first()
    return read is not None and hold_leaves(read)


ORIGIN = Origin(slug=SLUG, made="建库", opened=_opened, read=_read, moments=_moments, hold=_hold)
