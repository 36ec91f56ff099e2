"""All rules of a table as ONE statement: what was looked at, what failed, some failing keys.

Each row gets an answer for each rule (broken, kept, or not looked at), and rows with the same
answers are counted together: there are few such groups, and one aggregate keeps some keys of
each. That is half the work of counting every rule by itself, and a third of it in a small table.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from diebian.base.lake.public import DUCKDB, Dialect, LakeTable
from diebian.kernel import clock
from diebian.standards.freshness import is_late

from .kinds import KINDS, PERSON, TIMELY, UNIQUE
from .kinds.kind import Judged, Place
from .models import Rule
from .refusals import RuleUnclear

KEPT_KEYS = 20  # failing rows that are kept for each rule
LONGEST_VALUE = 100
ROWS = "#"  # a table that is held has its own name behind it


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
    """What is asked of one table, and how to read the answer."""

    place: Place
    rules: Sequence[tuple[Rule, Judged]]
    timely: Sequence[Rule]
    unclear: Sequence[Found]
    person: str  # the column that says whose row it is; empty where no rule says so

    @property
    def judged(self) -> str:
        """Every row with its answers, `r0` and so on. Only what is needed is carried upwards: each
        column of each level costs planning, and small tables are mostly planning.
        """
        place, kept = self.place, self._kept
        helpers = {name: sql for _, one in self.rules for name, sql in one.helpers.items()}
        source = f"{place.name_of(place.table)} t"
        if helpers:
            worked = [f"{sql} AS {name}" for name, sql in helpers.items()]
            picked = ", ".join([*self._needed, *worked])
            source = f"(SELECT {picked} FROM {source}{place.dialect.fence}) t"
        answers = [f"({one.answer}) AS r{at}" for at, (_, one) in enumerate(self.rules)]
        return f"SELECT {', '.join([*kept, *answers]) or 'NULL'} FROM {source}"

    @property
    def sql(self) -> str:
        broken = " OR ".join(self._answers)
        row = ", ".join(self._kept) or "NULL"
        keys = f"min(row({row}), {KEPT_KEYS}) FILTER (WHERE {broken})" if broken else "NULL"
        return self._grouped(keys)

    @property
    def counting(self) -> str:
        """The same without keys: what engines other than the lake's own understand, too."""
        return self._grouped("NULL")

    def _grouped(self, keys: str) -> str:
        answers = self._answers
        picked = [*answers, "count(*)", *map(self._newest, self.timely), keys]
        grouped = f" GROUP BY {', '.join(answers)}" if answers else ""
        return f"{self._read}SELECT {', '.join(picked)} FROM ({self.judged}) q{grouped}"

    def read(self, groups: Sequence[Sequence[Any]]) -> tuple[int, list[Found]]:
        """Rows of the table, and a finding for each rule."""
        width = len(self.rules)
        found = list(self.unclear)
        for place, (rule, judged) in enumerate(self.rules):
            looked = [group for group in groups if group[place] is not None]
            broken = [group for group in looked if group[place]]
            kept = [row for group in broken for row in group[-1] or ()]
            kept.sort(key=lambda row: [(value is None, value) for value in row])
            keys = [self._key(judged, row) for row in kept[:KEPT_KEYS]]
            counts = [sum(group[width] for group in some) for some in (looked, broken)]
            found.append(Found(rule, counts[0], counts[1], keys))
        for place, rule in enumerate(self.timely, start=width + 1):
            newest = max((one for one in (group[place] for group in groups) if one), default=None)
            found.append(self._timely(rule, newest))
        return sum(group[width] for group in groups), found

    @property
    def _read(self) -> str:
        """Where the table has another name in the statement: what gives it that name."""
        table, here = self.place.table, self.place.held.get(self.place.table.name)
        if not here:
            return ""
        picked, there = ", ".join(self._needed), replace(self.place, held={}).name_of(table)
        return f"WITH {here} AS MATERIALIZED (SELECT {picked} FROM {there}) "

    @property
    def _kept(self) -> list[str]:
        return [self.place.quoted(name) for name in self._columns]

    @property
    def _needed(self) -> list[str]:
        """Every column that the statement names."""
        place = self.place
        asked = [place.quoted(name) for name in place.table.types if name in self._asked]
        return list(dict.fromkeys([*self._kept, *asked]))

    @property
    def _answers(self) -> list[str]:
        return [f"r{place}" for place in range(len(self.rules))]

    def _newest(self, rule: Rule) -> str:
        column = rule.told.get("column")
        return f"max({self.place.quoted(column) if column else 'NULL'})"

    @cached_property
    def _columns(self) -> list[str]:
        """Of a row that is kept: its key first, so that the smallest keys are the ones kept."""
        shown = [name for _, one in self.rules for name in one.shown]
        whose = [self.person] if self.person else []
        moments = [rule.told["column"] for rule in self.timely if "column" in rule.told]
        return list(dict.fromkeys([*self.place.table.key, *shown, *whose, *moments]))

    @property
    def _asked(self) -> set[str]:
        """Every name that a rule was told: among them are all columns that its SQL may name."""
        told = [value for rule, _ in self.rules for value in rule.told.values()]
        listed = [one for value in told if isinstance(value, list) for one in value]
        return {str(one) for one in (*listed, *told) if isinstance(one, str)}

    def _key(self, judged: Judged, values: Sequence[Any]) -> dict[str, Any]:
        told = dict(zip(self._columns, map(_written, values), strict=False))
        return {
            "key": {name: told[name] for name in self.place.table.key},
            "shown": {name: told[name] for name in judged.shown},
            "person": told.get(self.person, ""),
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
    held: Mapping[str, str] | None = None,
    is_small: bool = False,
) -> Pass:
    """A rule that no longer fits its table (a column is gone) is told, and stops no other.

    A small table that a rule looks at twice is read once; `held` as for a `Place`.
    """
    here = {name: told for name, told in (held or {}).items() if name != table.name}
    if is_small and any(rule.kind == UNIQUE for rule in rules):
        here[table.name] = dialect.quoted(ROWS)
    place = Place(table, others, dialect, schema, here)
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
    return Pass(place, judged, timely, unclear, person)


def _written(value: Any) -> str:
    return "" if value is None else str(value)[:LONGEST_VALUE]


def _moment(told: Any) -> datetime | None:
    if isinstance(told, datetime):
        return told if told.tzinfo else told.replace(tzinfo=clock.CITY_TIME)
    if isinstance(told, date):  # the whole day counts
        return datetime.combine(told, time.max, clock.CITY_TIME)
    return None
