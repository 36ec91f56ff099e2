"""All rules of a table as ONE statement: what was looked at, what failed, some failing keys.

DuckDB runs it over the lake; `bench/` runs the same rules, without keys, on PostgreSQL.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from diebian.base.lake.public import LakeTable, quoted
from diebian.kernel import clock

from .kinds import KINDS, PERSON, TIMELY
from .kinds.conditions import is_late
from .kinds.dialect import DUCKDB, Dialect
from .kinds.kind import Judged, Place
from .models import Rule
from .refusals import RuleUnclear

KEPT_KEYS = 20  # failing rows that are kept for each rule
LONGEST_VALUE = 100


@dataclass(frozen=True)
class Found:
    """What one rule found. `sentence` says why it could not be asked: then nothing is known."""

    rule: Rule
    checked: int
    failed: int
    keys: Sequence[Mapping[str, Any]] = ()
    sentence: str = ""


@dataclass(frozen=True)
class Pass:
    """A statement, and how to read its one row."""

    sql: str
    place: Place
    rules: Sequence[tuple[Rule, Judged]]
    timely: Sequence[Rule]
    unclear: Sequence[Found]
    person: str  # the column that says whose row it is; empty where no rule says so
    has_keys: bool

    def read(self, row: Sequence[Any]) -> tuple[int, list[Found]]:
        """Rows of the table, and a finding for each rule."""
        rows, *rest = row
        found, width = [*self.unclear], 3 if self.has_keys else 2
        for number, (rule, judged) in enumerate(self.rules):
            checked, failed, *keys = rest[number * width : (number + 1) * width]
            kept = [self._key(judged, one) for one in (keys[0] or [] if keys else [])]
            found.append(Found(rule, checked, failed, kept))
        newest = rest[len(self.rules) * width :]
        found += [self._timely(rule, at) for rule, at in zip(self.timely, newest, strict=True)]
        return rows, found

    def _key(self, judged: Judged, values: Sequence[Any]) -> dict[str, Any]:
        told = [_written(value) for value in values]
        key, shown = self.place.table.key, [*judged.shown]
        whose = told[len(key) + len(shown)] if self.person else ""
        return {
            "key": dict(zip(key, told, strict=False)),
            "shown": dict(zip(shown, told[len(key) :], strict=False)),
            "person": whose,
        }

    def _timely(self, rule: Rule, newest: Any) -> Found:
        at = newest if rule.told.get("column") else self.place.table.collected_at
        late = is_late(_moment(at), self.place.table.update_cycle, clock.now())
        return Found(rule, 1, int(late))


def pass_over(
    table: LakeTable,
    rules: Sequence[Rule],
    others: Mapping[str, LakeTable],
    *,
    dialect: Dialect = DUCKDB,
    schema: str = "lake",
    has_keys: bool = True,
) -> Pass:
    """A rule that no longer fits its table (a column is gone) is told, and stops no other."""
    place = Place(table, others, dialect, schema)
    judged, timely, unclear = [], [], []
    for rule in rules:
        try:
            KINDS[rule.kind].checked(rule.told, place)
            if rule.kind == TIMELY:
                timely.append(rule)
            else:
                judged.append((rule, KINDS[rule.kind].judged(rule.told, place)))
        except RuleUnclear as error:
            unclear.append(Found(rule, 0, 0, sentence=f"没有查：{error}"))
    person = next((str(one.told["column"]) for one, _ in judged if one.kind == PERSON), "")
    told = Pass("", place, judged, timely, unclear, person, has_keys)
    return replace(told, sql=_sql(told))


def _sql(told: Pass) -> str:
    place = told.place
    table, fence = place.name_of(place.table), place.dialect.fence
    helpers = {name: sql for _, one in told.rules for name, sql in one.helpers.items()}
    source = f"{table} t"
    if helpers:
        worked = ", ".join(f"{sql} AS {name}" for name, sql in helpers.items())
        source = f"(SELECT *, {worked} FROM {table} t{fence}) t"
    flags, counts = [], ["count(*)"]
    for number, (_, one) in enumerate(told.rules):
        flags.append(f"({one.fails}) AS f{number}")
        checked = f"count(*) FILTER (WHERE a{number})"
        if one.applies != "true":
            flags.append(f"({one.applies}) AS a{number}")
        counts += ["count(*)" if one.applies == "true" else checked]
        counts += [f"count(*) FILTER (WHERE f{number})"]
        if told.has_keys:
            counts.append(f"min({_kept(told, one)}, {KEPT_KEYS}) FILTER (WHERE f{number})")
    for rule in told.timely:
        column = rule.told.get("column")
        counts.append(f"max({quoted(column)})" if column else "NULL")
    looked = f"SELECT *, {', '.join(flags)} FROM {source}" if flags else f"SELECT * FROM {source}"
    return f"SELECT {', '.join(counts)} FROM ({looked}) q"


def _kept(told: Pass, one: Judged) -> str:
    names = [*told.place.table.key, *one.shown, *([told.person] if told.person else [])]
    return f"row({', '.join(quoted(name) for name in names) or 'NULL'})"


def _written(value: Any) -> str:
    return "" if value is None else str(value)[:LONGEST_VALUE]


def _moment(told: Any) -> datetime | None:
    if isinstance(told, datetime):
        return told if told.tzinfo else told.replace(tzinfo=clock.CITY_TIME)
    if isinstance(told, date):  # the whole day counts
        return datetime.combine(told, time.max, clock.CITY_TIME)
    return None
